/** What a form is made of: tables of rows and cells, as data. Millimetres; sizes of type in points. */
import type { Fit } from './fitting.ts';

export type Cell<Field extends string> = {
  readonly label: string;
  readonly labelWidth: number;
  readonly field: Field;
  readonly valueWidth: number;
  readonly fit: Fit;
};

export type Row<Field extends string> = { readonly height: number; readonly cells: readonly Cell<Field>[] };

export type Block<Field extends string> = {
  /** From the sheet's left edge. */
  readonly left: number;
  readonly width: number;
  /** A narrow first column over all rows, for the number of the person. */
  readonly numberWidth: number;
  readonly rows: readonly Row<Field>[];
};

export const cellPadding = 1.4;
export const labelSizePt = 7.5;

export function blockHeight(block: Block<string>): number {
  return block.rows.reduce((sum, { height }) => sum + height, 0);
}

/** All label texts, for the template's glyphs. */
export function labelsOf(block: Block<string>): readonly string[] {
  return block.rows.flatMap(({ cells }) => cells.map(({ label }) => label));
}

/** Where each field's value goes, relative to the block's top. */
export type Place<Field extends string> = {
  readonly field: Field;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
};

export function placesOf<Field extends string>(block: Block<Field>): readonly Place<Field>[] {
  let y = 0;
  return block.rows.flatMap(({ height, cells }) => {
    let x = block.left + block.numberWidth;
    const places = cells.map(({ field, labelWidth, valueWidth, fit }) => {
      const place = { field, x: x + labelWidth + cellPadding, y, width: valueWidth - 2 * cellPadding, height, fit };
      x += labelWidth + valueWidth;
      return place;
    });
    y += height;
    return places;
  });
}
