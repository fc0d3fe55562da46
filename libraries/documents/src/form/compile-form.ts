/** A form made ready, once: labels set, rules drawn, glyph numbers given. Filling it is then mostly putting together. */
import type { GlyphStore } from '../font/glyph-store.ts';
import { glyphsOf } from '../font/text-glyphs.ts';
import { blocksOf, faultsOfForm, wordsOf } from './check-form.ts';
import { labelContent, labelFits, ruleAbove, rulesBetween, type SetLabel } from './draw-row.ts';
import type { Line } from './fitting.ts';
import type { Block, Form, Furniture, Row, Section } from './form.ts';
import { makeTemplate, Sheet, type Template } from './sheet.ts';
import { type PlacedCell, type PlacedRow, placeRows } from './table.ts';
import { fillWords, placesIn } from './words.ts';

export class FormError extends Error {
  readonly faults: readonly string[];
  constructor(formId: string, faults: readonly string[]) {
    super(`The form “${formId}” cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

export type CompiledCell = PlacedCell & {
  /** Of a label, at the row's own height. */
  readonly still: string;
  readonly label: SetLabel | undefined;
};

export type CompiledRow = {
  readonly row: Row;
  readonly placed: PlacedRow;
  readonly cells: readonly CompiledCell[];
  readonly above: string;
  /** Rules between cells, at the rows' own heights. */
  readonly between: string;
};

export type CompiledBlock = {
  readonly name: string;
  readonly block: Block;
  readonly rows: readonly CompiledRow[];
  /** No row comes, goes or grows: everything stands where it was compiled. */
  readonly rigid: boolean;
  readonly fields: ReadonlySet<string>;
};

export type CompiledSection = {
  readonly section: Section;
  readonly blocks: ReadonlyMap<string, CompiledBlock>;
  readonly header: CompiledBlock | undefined;
};

export type CompiledForm = {
  readonly form: Form;
  readonly store: GlyphStore;
  readonly template: Template;
  readonly opening: CompiledBlock | undefined;
  readonly sections: readonly CompiledSection[];
  /** Furniture with the form's own texts put in; places of frame and data are left. */
  readonly furniture: readonly Furniture[];
  readonly end: { readonly text: string; readonly next: string } | undefined;
  /** Names of values that furniture or blocks without a list of their own take from the data itself. */
  readonly fields: ReadonlySet<string>;
  readonly hexOf: (line: Line) => string;
};

/** Digits, dates and the like stand on every paper; with the template they are set once. */
const usual = '0123456789-/,.年月日令和平成昭大正明治元男女見本県市町村区丁目番地号　 （）【】－';

function fieldsOf(block: Block): ReadonlySet<string> {
  return new Set(
    block.rows.flatMap(({ cells }) =>
      cells.flatMap((cell) => ('field' in cell ? [cell.field] : 'image' in cell ? [cell.image] : [])),
    ),
  );
}

function compileBlock(
  form: Form,
  store: GlyphStore,
  hexOf: (line: Line) => string,
  name: string,
  block: Block,
  faults: string[],
): CompiledBlock {
  const { rows } = placeRows(block);
  const heightOver = (i: number, count: number) =>
    block.rows.slice(i, i + count).reduce((sum, { height }) => sum + height, 0);
  const compiled = rows.map((placed, i): CompiledRow => {
    const cells = placed.cells.map((it): CompiledCell => {
      if (!('label' in it.cell)) return { ...it, still: '', label: undefined };
      const words = inOwnTexts(it.cell.label, form.texts);
      const label = { placed: it, lines: words.split('\n').map((text) => glyphsOf(store.font, { text })) };
      if (!labelFits(label)) faults.push(`${name}, row ${i + 1}: “${words}” is wider than its cell`);
      return { ...it, label, still: labelContent(label, hexOf, heightOver(i, it.rows)) };
    });
    return {
      row: placed.row,
      placed,
      cells,
      above: ruleAbove(block, placed),
      between: rulesBetween(block, placed, (cell) => heightOver(i, cell.rows)),
    };
  });
  const rigid = block.rows.every(
    ({ when, grows, each }) => when === undefined && grows === undefined && each === undefined,
  );
  return { name, block, rows: compiled, rigid, fields: fieldsOf(block) };
}

/** Puts the form's own texts into words; places of frame and data stay. */
function inOwnTexts(words: string, texts: Form['texts']): string {
  const filled = fillWords(words, (name) => texts[name] ?? `{${name}}`);
  return 'missing' in filled ? words : filled.text;
}

/** `ownTexts`: a municipality's words in place of the form's; only texts that the form has. Throws FormError. */
export function compileForm(given: unknown, store: GlyphStore, ownTexts: Form['texts'] = {}): CompiledForm {
  const faults = [...faultsOfForm(given, store.font)];
  const formId = (given as { formId?: unknown }).formId;
  if (faults.length > 0) throw new FormError(String(formId), faults);
  const base = given as Form;
  const unknown = Object.keys(ownTexts).filter((name) => base.texts[name] === undefined);
  if (unknown.length > 0)
    throw new FormError(
      base.formId,
      unknown.map((name) => `it has no text "${name}"`),
    );
  const form: Form = { ...base, texts: { ...base.texts, ...ownTexts } };
  faults.push(...faultsOfForm(form, store.font));
  if (faults.length > 0) throw new FormError(form.formId, faults);
  const template = makeTemplate(store, [...wordsOf(form), usual]);
  const pen = new Sheet(store, template);
  const hexOf = (line: Line) => pen.hex(line);
  const compile = (name: string, block: Block) => compileBlock(form, store, hexOf, name, block, faults);
  const sections = form.flow.sections.map(
    (section): CompiledSection => ({
      section,
      blocks: new Map(Object.entries(section.blocks).map(([name, block]) => [name, compile(name, block)])),
      header: section.header === undefined ? undefined : compile('header', section.header),
    }),
  );
  const opening = form.flow.opening === undefined ? undefined : compile('opening', form.flow.opening.block);
  if (faults.length > 0) throw new FormError(form.formId, faults);
  const furniture = form.furniture.map((it) =>
    'text' in it
      ? { ...it, text: inOwnTexts(it.text, form.texts) }
      : 'watermark' in it
        ? { ...it, watermark: inOwnTexts(it.watermark, form.texts) }
        : it,
  );
  const { end } = form.flow;
  const own = form.flow.sections.flatMap((section) =>
    blocksOf(section)
      .filter(([name]) => section.each === undefined || name === 'header')
      .flatMap(([, block]) => [...fieldsOf(block)]),
  );
  const said = [...furniture.flatMap((it) => ('text' in it ? placesIn(it.text) : [])), ...placesIn(form.title)];
  return {
    form,
    store,
    template,
    opening,
    sections,
    furniture,
    end: end && { text: inOwnTexts(end.text, form.texts), next: inOwnTexts(end.next, form.texts) },
    fields: new Set([...own, ...(opening?.fields ?? []), ...said]),
    hexOf,
  };
}
