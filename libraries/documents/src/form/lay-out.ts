/** From a filling to pages: which rows there are, how high each becomes, on which sheet and where it stands. */
import type { RegisterText } from '@dokodemo/domain';
import { GlyphMissing, glyphsOf } from '../font/text-glyphs.ts';
import type { TrueTypeFont } from '../font/true-type.ts';
import type { CompiledBlock, CompiledForm, CompiledRow, CompiledSection } from './compile-form.ts';
import { cellPaddingMm } from './draw-row.ts';
import { type Filling, holds, NotRenderable, type TrueSizeImage } from './filling.ts';
import { type Fitted, fitParagraphs, leading, pointsPerMm } from './fitting.ts';
import type { Cell, Fit } from './form.ts';
import { paragraphsOf } from './words.ts';

/** A value set in its cell. */
export type SetValue = {
  readonly said: readonly string[];
  readonly fitted: Fitted;
};

/** One row as it will stand on paper. */
export type Strip = {
  readonly row: CompiledRow;
  /** Which of the block's rows it is: a row that is repeated stands more than once, one that is not shown not at all. */
  readonly at: number;
  heightMm: number;
  /** By cell. */
  readonly values: readonly (SetValue | undefined)[];
  readonly images: readonly (TrueSizeImage | undefined)[];
};

/** A block, or the part of it that goes on one sheet. */
export type Piece = {
  readonly block: CompiledBlock;
  readonly strips: readonly Strip[];
  /** Everything is at its own height: labels and rules stand as they were compiled. */
  readonly still: boolean;
  readonly heightMm: number;
};

export type PlacedPiece = Piece & { readonly topMm: number };
export type Page = { readonly pieces: PlacedPiece[]; bottomMm: number };

/** Above and below the text of a row that grows. */
const growthPaddingMm = 1.6;

function setParagraphs(
  font: TrueTypeFont,
  field: string,
  texts: readonly RegisterText[],
): readonly (readonly ReturnType<typeof glyphsOf>[number][])[] {
  try {
    return texts.map((text) => glyphsOf(font, text));
  } catch (error) {
    if (error instanceof GlyphMissing) throw new NotRenderable('GLYPH_MISSING', `${field}: ${error.character}`);
    throw error;
  }
}

export function setValue(
  font: TrueTypeFont,
  field: string,
  texts: readonly RegisterText[],
  widthMm: number,
  heightMm: number,
  fit: Fit,
): SetValue {
  const fitted = fitParagraphs(setParagraphs(font, field, texts), widthMm, heightMm, fit);
  if (fitted === undefined) throw new NotRenderable('TEXT_OVERFLOW', `${field}: longer than its box at its smallest`);
  return { fitted, said: texts.map(({ text }) => text) };
}

function textsOfCell(
  form: CompiledForm,
  cell: Extract<Cell, { field: string }>,
  entry: Filling,
  whole: Filling,
): readonly RegisterText[] {
  const { texts } = form.form;
  if (cell.asked !== undefined && !holds(cell.asked, entry, whole)) return [{ text: texts.omitted ?? '' }];
  const value = entry.values?.[cell.field];
  if (value !== undefined) return paragraphsOf(value);
  if (cell.absent === undefined)
    throw new NotRenderable('FORM_INCOMPLETE', `${cell.field}: the form has this field and nobody fills it`);
  return [{ text: texts[cell.absent] ?? '' }];
}

function imageOfCell(name: string, width: number, heightMm: number, entry: Filling): TrueSizeImage {
  const image = entry.images?.[name];
  if (image === undefined)
    throw new NotRenderable('FORM_INCOMPLETE', `${name}: the form has this image and nobody gives it`);
  const imageHeight = (image.widthMm * image.image.height) / image.image.width;
  // True size or not at all: an impression made smaller is another seal.
  if (image.widthMm > width || imageHeight > heightMm)
    throw new NotRenderable('TEXT_OVERFLOW', `${name}: larger than its box`);
  return image;
}

/** The height that a cell has before anything grows: of its row and those that it stands over. */
function heightBefore({ block }: CompiledBlock, at: number, count: number, entry: Filling, whole: Filling): number {
  let sum = 0;
  for (let i = at; i < at + count; i++) {
    const row = block.rows[i];
    if (row !== undefined && row.each === undefined && holds(row.when, entry, whole)) sum += row.height;
  }
  return count === 1 ? (block.rows[at]?.height ?? 0) : sum;
}

function stripOf(form: CompiledForm, block: CompiledBlock, at: number, entry: Filling, whole: Filling): Strip {
  const row = block.rows[at] as CompiledRow;
  const { grows, height } = row.row;
  let heightMm = height;
  const images: (TrueSizeImage | undefined)[] = [];
  const values = row.cells.map(({ cell, width, rows }, i) => {
    const tall = heightBefore(block, at, rows, entry, whole);
    if ('image' in cell) images[i] = imageOfCell(cell.image, width, tall, entry);
    if (!('field' in cell)) return undefined;
    const fit = form.form.fits[cell.fit] as Fit;
    const room = width - 2 * cellPaddingMm;
    const box = grows === true ? Number.POSITIVE_INFINITY : tall;
    const value = setValue(form.store.font, cell.field, textsOfCell(form, cell, entry, whole), room, box, fit);
    const { lines, sizePt } = value.fitted;
    if (grows === true && lines.length > 1)
      heightMm = Math.max(heightMm, (((lines.length - 1) * leading + 1) * sizePt) / pointsPerMm + growthPaddingMm);
    return value;
  });
  return { row, at, heightMm, values, images };
}

function checkNames(block: CompiledBlock, known: ReadonlySet<string>, entry: Filling): void {
  for (const name of Object.keys(entry.values ?? {}))
    if (!known.has(name)) throw new Error(`the form's ${block.name} has no field ${name}: a value would be lost`);
}

function pieceOf(form: CompiledForm, block: CompiledBlock, entry: Filling, whole: Filling): Piece {
  const known = entry === whole ? form.fields : block.fields;
  checkNames(block, known, entry);
  const strips: Strip[] = [];
  for (const [i, { row }] of block.rows.entries()) {
    if (!holds(row.when, entry, whole)) continue;
    if (row.each === undefined) strips.push(stripOf(form, block, i, entry, whole));
    else
      for (const line of entry.lists?.[row.each] ?? []) {
        checkNames(block, block.fields, line);
        strips.push(stripOf(form, block, i, line, whole));
      }
  }
  return measured(block, strips);
}

function measured(block: CompiledBlock, strips: readonly Strip[]): Piece {
  const heightMm = strips.reduce((sum, strip) => sum + strip.heightMm, 0);
  const still = block.rigid || strips.every((strip, i) => strip.at === i && strip.heightMm === strip.row.row.height);
  return { block, strips, heightMm, still: still && strips.length === block.rows.length };
}

/** Rows that stay together: under one cell, or bound by the form. */
function groupsOf(strips: readonly Strip[]): readonly (readonly Strip[])[] {
  const groups: Strip[][] = [];
  let group: Strip[] = [];
  let boundTo = 0;
  for (const [i, strip] of strips.entries()) {
    group.push(strip);
    boundTo = Math.max(boundTo, strip.at + 1, ...strip.row.cells.map(({ rows }) => strip.at + rows));
    const next = strips[i + 1];
    // A row that is repeated may be parted from its own next; one under a cell that stands over it may not.
    const free = next === undefined || next.at >= boundTo || (next.at === strip.at && boundTo === strip.at + 1);
    if (free && strip.row.row.withNext === undefined) {
      groups.push(group);
      group = [];
    }
  }
  return group.length === 0 ? groups : [...groups, group];
}

const heightOf = (strips: readonly Strip[]) => strips.reduce((sum, { heightMm }) => sum + heightMm, 0);

class Pages {
  readonly all: Page[] = [];
  readonly #form: CompiledForm;
  readonly #opening: Piece | undefined;

  constructor(form: CompiledForm, opening: Piece | undefined) {
    this.#form = form;
    this.#opening = opening;
    this.#open();
  }

  get page(): Page {
    return this.all.at(-1) as Page;
  }

  #open(): void {
    const { flow, maxSheets } = this.#form.form;
    if (this.all.length === maxSheets) throw new NotRenderable('PAGE_LIMIT', `more than ${maxSheets} sheets`);
    this.all.push({ pieces: [], bottomMm: flow.top });
    if (this.#opening === undefined) return;
    this.put(this.#opening, 0);
    this.page.bottomMm += flow.opening?.gap ?? 0;
  }

  /** Nothing but what every sheet has. */
  get isFresh(): boolean {
    return this.page.pieces.length === (this.#opening === undefined ? 0 : 1);
  }

  nextSheet(): void {
    this.#open();
  }

  room(): number {
    return this.#form.form.flow.bottom - this.page.bottomMm + 0.001;
  }

  put(piece: Piece, gap: number): void {
    const topMm = this.page.bottomMm + gap;
    this.page.pieces.push({ ...piece, topMm });
    this.page.bottomMm = topMm + piece.heightMm;
  }
}

/** Lays one section's pieces on the sheets. */
function laySection(
  pages: Pages,
  { section, header }: CompiledSection,
  headerPiece: Piece | undefined,
  pieces: readonly Piece[],
): void {
  let onSheet = 0;
  let above = pages.isFresh ? 0 : (section.above ?? section.gap);
  const start = (needed: number): void => {
    const head = headerPiece?.heightMm ?? 0;
    const full = section.perSheet !== undefined && onSheet >= section.perSheet;
    const headed = onSheet > 0 ? 0 : head;
    if (full || above + headed + needed > pages.room()) {
      // A sheet that has nothing on it will not become roomier.
      if (pages.isFresh) throw new NotRenderable('TEXT_OVERFLOW', 'a row: higher than a sheet');
      pages.nextSheet();
      onSheet = 0;
      above = 0;
      if (head + needed > pages.room()) throw new NotRenderable('TEXT_OVERFLOW', 'a row: higher than a sheet');
    }
    if (onSheet === 0 && headerPiece !== undefined && header !== undefined) {
      pages.put(headerPiece, above);
      above = 0;
    }
  };
  for (const piece of pieces) {
    if (piece.block.block.parts === undefined) {
      start(piece.heightMm);
      pages.put(piece, above);
    } else {
      let open: Strip[] = [];
      const close = () => {
        if (open.length > 0) pages.put(measured(piece.block, open), above);
        open = [];
      };
      for (const group of groupsOf(piece.strips)) {
        const height = heightOf(group);
        if (above + heightOf(open) + height > pages.room() || open.length === 0) {
          close();
          start(height);
        }
        open.push(...group);
      }
      close();
    }
    onSheet++;
    above = section.gap;
  }
}

export function layOut(form: CompiledForm, whole: Filling): readonly Page[] {
  const pages = new Pages(form, form.opening === undefined ? undefined : pieceOf(form, form.opening, whole, whole));
  for (const compiled of form.sections) {
    const { section, blocks, header } = compiled;
    if (!holds(section.when, whole, whole)) continue;
    const first = blocks.values().next().value as CompiledBlock;
    const entries = section.each === undefined ? [whole] : (whole.lists?.[section.each] ?? []);
    const pieces = entries.map((entry) => {
      const block = entry.block === undefined ? first : blocks.get(entry.block);
      if (block === undefined) throw new Error(`the form has no block ${entry.block}`);
      return pieceOf(form, block, entry, whole);
    });
    laySection(pages, compiled, header === undefined ? undefined : pieceOf(form, header, whole, whole), pieces);
  }
  return pages.all;
}
