/** The marks in the sheet's corners: QR codes that say what it is, which corner this is, and what its fields are. */

import type { BitImage } from '../bit-image.ts';
import { qrSymbol, version2Q } from '../qr/qr-symbol.ts';
import { type SheetLayout, sheetVersion } from './sheet-layout.ts';

const symbol = qrSymbol(version2Q);
const corners = 'abcd';

/** What a mark says of its sheet. */
export type SaidByMark = { readonly version: number; readonly corner: number; readonly order: string };

/** Profiles by their first letters, in the order of the fields. */
export const orderOf = ({ fields }: SheetLayout): string => fields.map(({ profile }) => profile.name[0]).join('');

/** One dot a module. */
export function drawCornerMark(layout: SheetLayout, corner: number): BitImage {
  return symbol.encode(new TextEncoder().encode(`DKC${sheetVersion}${corners[corner]}${orderOf(layout)}`));
}

/** Undefined: no mark of a calibration sheet. */
export function readCornerMark(bytes: Uint8Array): SaidByMark | undefined {
  const [, version, corner = '', order = ''] =
    /^DKC(\d)([abcd])([a-z]{1,14})$/.exec(new TextDecoder().decode(bytes)) ?? [];
  return version === undefined ? undefined : { version: Number(version), corner: corners.indexOf(corner), order };
}
