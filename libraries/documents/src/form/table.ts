/** Where the cells of a block stand: from rows of widths, as in a table of HTML, to places on the sheet. */
import type { Block, Cell, Row } from './form.ts';

export type PlacedCell = {
  readonly cell: Cell;
  /** From the sheet's left edge. */
  readonly x: number;
  readonly width: number;
  readonly rows: number;
};

export type PlacedRow = {
  readonly row: Row;
  readonly cells: readonly PlacedCell[];
  /** Where a cell of a row above reaches into this row: no rule is drawn there. */
  readonly covered: readonly (readonly [number, number])[];
};

type Span = { readonly x: number; readonly toX: number; rowsLeft: number };

const near = (a: number, b: number) => Math.abs(a - b) < 0.01;

export function placeRows(block: Block): { readonly rows: readonly PlacedRow[]; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const right = block.left + block.width;
  let spans: Span[] = [];
  const rows = block.rows.map((row, i): PlacedRow => {
    const covered = spans.map(({ x, toX }) => [x, toX] as const);
    const past = (x: number): number => {
      const span = spans.find((it) => near(it.x, x));
      return span === undefined ? x : past(span.toX);
    };
    let x = block.left;
    const own: Span[] = [];
    const cells = row.cells.map((cell): PlacedCell => {
      x = past(x);
      const placed = { cell, x, width: cell.width, rows: cell.rows ?? 1 };
      if (placed.rows > 1) own.push({ x, toX: x + cell.width, rowsLeft: placed.rows });
      x += cell.width;
      return placed;
    });
    x = past(x);
    if (!near(x, right)) faults.push(`row ${i + 1} ends at ${x.toFixed(2)} mm, its block at ${right.toFixed(2)}`);
    if (own.length > 0 && (row.each !== undefined || row.when !== undefined))
      faults.push(`row ${i + 1} comes and goes, and has a cell over more rows`);
    spans = [...spans, ...own].filter((span) => --span.rowsLeft > 0);
    return { row, cells, covered };
  });
  if (spans.length > 0) faults.push('a cell stands over more rows than there are');
  return { rows, faults };
}

/** The stretches between `from` and `to` that are not covered. */
export function uncovered(
  from: number,
  to: number,
  covered: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const stretches: (readonly [number, number])[] = [];
  let at = from;
  for (const [x, toX] of [...covered].sort((a, b) => a[0] - b[0])) {
    if (x - at > 0.01) stretches.push([at, x]);
    at = Math.max(at, toX);
  }
  if (to - at > 0.01) stretches.push([at, to]);
  return stretches;
}
