/** What of a row is the form's own: labels and rules, as content in points from the row's upper edge. */
import { widthOf } from '../font/text-glyphs.ts';
import { type Line, leading, middleOfType, pointsPerMm } from './fitting.ts';
import type { Block } from './form.ts';
import { boxAt, ruleFrom, textAt } from './sheet.ts';
import { type PlacedCell, type PlacedRow, uncovered } from './table.ts';

export const cellPaddingMm = 1.4;
export const labelSizePt = 7.5;
const thinRulePt = 0.35;
const narrowestLabel = 0.65;
/** Room for a label's line beside its rules. */
const labelEdgeMm = 1.2;

export type SetLabel = { readonly lines: readonly Line[]; readonly placed: PlacedCell };

function spreadLine(line: Line, hex: string, x: number, room: number, y: number, size: number): string {
  const natural = (widthOf(line) / 1000) * size;
  const free = room - natural;
  if (free <= 0) return textAt(hex, x, y, size, room / natural);
  // Two characters do not stand at the edges: what is left over is shared out at both ends, too.
  const gap = Math.min(free / (line.length + 0.4), size * 1.6);
  return textAt(hex, x + (free - gap * (line.length - 1)) / 2, y, size, 1, gap);
}

/** Is the label wider than its cell at its narrowest? */
export function labelFits({ lines, placed: { cell, width } }: SetLabel): boolean {
  if (!('label' in cell) || cell.align === 'down') return true;
  const size = cell.sizePt ?? labelSizePt;
  const room = (width - 2 * labelEdgeMm) * pointsPerMm;
  return lines.every((line) => (widthOf(line) / 1000) * size * narrowestLabel <= room);
}

export function labelContent(label: SetLabel, hexOf: (line: Line) => string, heightMm: number): string {
  const { lines, placed } = label;
  const { cell, width } = placed;
  if (!('label' in cell)) return '';
  const size = cell.sizePt ?? labelSizePt;
  const x = (placed.x + labelEdgeMm) * pointsPerMm;
  const room = (width - 2 * labelEdgeMm) * pointsPerMm;
  const middle = (-heightMm * pointsPerMm) / 2;
  if (cell.align === 'down') return labelDown(lines.flat(), hexOf, x + room / 2, heightMm * pointsPerMm, size);
  let y = middle + (((lines.length - 1) * leading) / 2 - middleOfType) * size;
  const content: string[] = [];
  for (const line of lines) {
    const hex = hexOf(line);
    const natural = (widthOf(line) / 1000) * size;
    if ((cell.align ?? 'spread') === 'spread' && line.length > 1) content.push(spreadLine(line, hex, x, room, y, size));
    else {
      const condense = Math.min(1, room / natural);
      const shift = cell.align === 'left' ? 0 : (room - natural * condense) / 2;
      content.push(textAt(hex, x + shift, y, size, condense));
    }
    y -= leading * size;
  }
  return content.join('\n');
}

function labelDown(line: Line, hexOf: (line: Line) => string, centerX: number, height: number, size: number): string {
  const step = Math.min(size * 2, (height * 0.9) / line.length);
  const first = -height / 2 + ((line.length - 1) * step) / 2 - middleOfType * size;
  return line
    .map((glyph, i) => textAt(hexOf([glyph]), centerX - (glyph.width / 2000) * size, first - i * step, size))
    .join('\n');
}

/** The rule above a row, not through cells that stand over it. */
export function ruleAbove(block: Block, { row, covered }: PlacedRow): string {
  const width = row.rulePt ?? thinRulePt;
  if (width === 0) return '';
  return uncovered(block.left, block.left + block.width, covered)
    .map(([x, toX]) => ruleFrom(x * pointsPerMm, 0, toX * pointsPerMm, 0, width))
    .join('\n');
}

/** A box around what stands in the cell's middle. */
function boxOf({ x, width }: PlacedCell, heightMm: number): string {
  const [edgeX, edgeY] = [Math.max(2, width * 0.2), Math.max(0.6, (heightMm - 6) / 2)];
  const k = pointsPerMm;
  return boxAt((x + edgeX) * k, -edgeY * k, (width - 2 * edgeX) * k, (heightMm - 2 * edgeY) * k, 0.7);
}

/** The rules between cells; `heightOf`: of a cell that may stand over more rows, in millimetres. */
export function rulesBetween(block: Block, { cells }: PlacedRow, heightOf: (cell: PlacedCell) => number): string {
  const rules: string[] = [];
  for (const placed of cells) {
    const { cell } = placed;
    const x = placed.x * pointsPerMm;
    if (placed.x - block.left > 0.01 && cell.joined === undefined)
      rules.push(ruleFrom(x, 0, x, -heightOf(placed) * pointsPerMm, thinRulePt));
    if (cell.boxed !== undefined) rules.push(boxOf(placed, heightOf(placed)));
  }
  return rules.join('\n');
}
