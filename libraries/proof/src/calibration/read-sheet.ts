/** A calibration sheet out of a scan: what each of its fields shows, and whether it is the paper or a copy of it. */
import { groundPerMm } from '../originality/word-mask.ts';
import type { GrayImage } from '../read/gray-image.ts';
import type { ReadCodes } from '../read/read-codes.ts';
import { findSheet, type NotSeen } from './find-sheet.ts';
import { type FieldReading, measureFields } from './measure-fields.ts';
import { calibrationLayout, type SheetLayout } from './sheet-layout.ts';

export type SheetReading = { readonly dpi: number; readonly fields: readonly FieldReading[] };

/** A wider error leaves open whether the word shows. */
const sureBy = 4;
const widest = 1;

export async function readSheet(
  picture: GrayImage,
  read: ReadCodes,
  layout: SheetLayout = calibrationLayout,
): Promise<SheetReading | NotSeen> {
  const seen = await findSheet(picture, read, layout, groundPerMm);
  if ('fault' in seen) return seen;
  const fields = measureFields(seen.dark, layout);
  if (fields === undefined || fields.some(({ error }) => sureBy * error > widest)) return { fault: 'too-uneven' };
  return { dpi: seen.dpi, fields };
}

/** Bare paper and fine dots differ by this much, at least where a printer keeps them. */
const fineDotsSeen = 0.6;
/** A printer that loses some kinds of fine dots prints the others pale; a copier keeps those that it keeps dark. */
const mostApart = 2.3;
/** Two scans of one paper differ by less. */
const sameWithin = 0.6;

/** No field has kept its fine dots, or some have kept them all and others none. */
export function looksLikeACopy({ fields }: SheetReading): boolean {
  const tones = fields.map(({ tone }) => tone);
  return Math.max(...tones) < fineDotsSeen || Math.max(...tones) - Math.min(...tones) > mostApart;
}

/** A copy shows the word more in one field at least; this shows it in none more than the paper does. */
export const looksLikeTheOriginal = ({ fields }: SheetReading, original: SheetReading): boolean =>
  fields.every(({ deltaL }, i) => deltaL - (original.fields[i]?.deltaL ?? 0) < sameWithin);
