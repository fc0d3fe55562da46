/** Where things stand on a calibration sheet, in dots of 600 dpi from its upper left corner. */
import { type GroundProfile, groundProfiles, pageDots, usualProfile } from '../background/ground.ts';
import { markModules } from '../front-mark.ts';

/** Another arrangement, or other dots in a profile, is another version: what is read is what was printed. */
export const sheetVersion = 1;

export const dotsPerMm = 600 / 25.4;
/** Of a cell of the word. */
export const cellDots = usualProfile.large.pitch;
export const dotsPerModule = 12;
export const markDots = markModules * dotsPerModule;

export type Spot = { readonly left: number; readonly top: number };

export type SheetLayout = {
  readonly width: number;
  readonly height: number;
  /** Upper left, upper right, lower left, lower right. */
  readonly marks: readonly [Spot, Spot, Spot, Spot];
  readonly fields: readonly (Spot & { readonly profile: GroundProfile })[];
  /** Of a field, in cells; and the cell of the word's tile with which each begins. */
  readonly cells: { readonly width: number; readonly height: number; readonly fromX: number; readonly fromY: number };
};

export const mm = (value: number): number => Math.round(value * dotsPerMm);

const edge = mm(9);
const [nearRight, nearFoot] = [pageDots.width - edge - markDots, pageDots.height - edge - markDots];
const columnsMm = [10, 107.9] as const;
const rowsMm = [83.5, 147, 210.5] as const;

/** A4, two columns and three rows: a field for each profile, from thin to fat. What is left over is for words. */
export const calibrationLayout: SheetLayout = {
  ...pageDots,
  marks: [
    { left: edge, top: edge },
    { left: nearRight, top: edge },
    { left: edge, top: nearFoot },
    { left: nearRight, top: nearFoot },
  ],
  fields: groundProfiles.map((profile, i) => ({
    profile,
    left: mm(columnsMm[i % 2] as number),
    top: mm(rowsMm[i >> 1] as number),
  })),
  cells: { width: 136, height: 84, fromX: 13, fromY: 14 },
};

export const fieldDots = ({ cells }: SheetLayout) => ({
  width: cells.width * cellDots,
  height: cells.height * cellDots,
});
