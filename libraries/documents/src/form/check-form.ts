/** What is wrong with a form, in words for whoever wrote it; nothing is drawn with a form that has faults. */
import { Compile } from 'typebox/compile';
import { GlyphMissing, glyphsOf } from '../font/text-glyphs.ts';
import type { TrueTypeFont } from '../font/true-type.ts';
import { pointsPerMm } from './fitting.ts';
import { type Block, type Cell, Form, type Furniture, type Section } from './form.ts';
import { placeRows } from './table.ts';
import { placesIn, withoutPlaces } from './words.ts';

export const pageMm = { width: 210, height: 297 } as const;
/** Words of the frame that a form may name. */
export const framePlaces: readonly string[] = [
  'documentNumber', 'page', 'pages', 'issuedOn', 'municipalityName', 'certifierTitle', 'certifierName',
]; // biome-ignore format: one list

let shape: ReturnType<typeof Compile<typeof Form>> | undefined;

function faultsOfShape(form: unknown): readonly string[] {
  shape ??= Compile(Form);
  if (shape.Check(form)) return [];
  return [...shape.Errors(form)].slice(0, 20).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

/** All blocks of a form with their names. */
export function allBlocksOf({ flow }: Form): readonly (readonly [string, Block])[] {
  const opening = flow.opening === undefined ? [] : [['opening', flow.opening.block] as const];
  const inSections = flow.sections.flatMap((section, i) =>
    blocksOf(section).map(([name, block]) => [`section ${i + 1}, ${name}`, block] as const),
  );
  return [...opening, ...inSections];
}

export function blocksOf(section: Section): readonly (readonly [string, Block])[] {
  const blocks = Object.entries(section.blocks);
  return section.header === undefined ? blocks : [...blocks, ['header', section.header]];
}

/** All words that a form itself brings onto paper. */
export function wordsOf(form: Form): readonly string[] {
  const labels = allBlocksOf(form).flatMap(([, { rows }]) =>
    rows.flatMap(({ cells }) => cells.flatMap((cell) => ('label' in cell ? [cell.label] : []))),
  );
  const fixed = form.furniture.flatMap((it) => ('text' in it ? [it.text] : 'watermark' in it ? [it.watermark] : []));
  const end = form.flow.end === undefined ? [] : [form.flow.end.text, form.flow.end.next];
  return [...labels, ...fixed, ...end, ...Object.values(form.texts)].map((words) => withoutPlaces(words));
}

class Faults {
  readonly all: string[] = [];
  add(where: string, ...what: readonly string[]): void {
    for (const it of what) this.all.push(`${where}: ${it}`);
  }
}

function checkCell(faults: Faults, where: string, form: Form, cell: Cell, heightMm: number): void {
  if ('label' in cell) {
    const strange = placesIn(cell.label).filter((name) => form.texts[name] === undefined);
    faults.add(where, ...strange.map((name) => `its label names {${name}}, which is no text of the form`));
  }
  if (!('field' in cell)) return;
  const fit = form.fits[cell.fit];
  if (fit === undefined) faults.add(where, `${cell.field} fits as "${cell.fit}", and there is no such fit`);
  else if (fit.minSizePt / pointsPerMm > heightMm)
    faults.add(where, `${cell.field} is ${heightMm} mm high, lower than its smallest type`);
  if (cell.asked !== undefined && form.texts.omitted === undefined)
    faults.add(where, `${cell.field} may be left out, and there is no text "omitted"`);
  if (cell.absent !== undefined && form.texts[cell.absent] === undefined)
    faults.add(where, `${cell.field} has no text "${cell.absent}" for when it is absent`);
}

function checkBlock(faults: Faults, where: string, form: Form, block: Block): void {
  const { rows, faults: misplaced } = placeRows(block);
  faults.add(where, ...misplaced);
  if (block.left + block.width > pageMm.width) faults.add(where, 'reaches over the edge of the sheet');
  const height = block.rows.reduce((sum, row) => sum + (row.each === undefined ? row.height : 0), 0);
  if (height > form.flow.bottom - form.flow.top && block.parts === undefined)
    faults.add(where, `is ${height} mm high and does not go on any sheet`);
  for (const [i, { cells }] of rows.entries()) {
    for (const { cell, rows: over } of cells) {
      const tall = block.rows.slice(i, i + over).reduce((sum, row) => sum + row.height, 0);
      checkCell(faults, `${where}, row ${i + 1}`, form, cell, tall);
    }
  }
}

/** Furniture without which no paper leaves: a number on every sheet, a certifier and a seal on the last. */
function checkEssentials(faults: Faults, furniture: readonly Furniture[]): void {
  const says = (name: string, when: readonly string[]) =>
    furniture.some(
      (it) => 'text' in it && when.includes(it.on) && it.when === undefined && placesIn(it.text).includes(name),
    );
  for (const name of ['documentNumber', 'page', 'pages'])
    if (!says(name, ['every'])) faults.add('furniture', `{${name}} does not stand on every sheet`);
  for (const name of ['issuedOn', 'certifierTitle', 'certifierName'])
    if (!says(name, ['last', 'every'])) faults.add('furniture', `{${name}} does not stand on the last sheet`);
  if (!furniture.some((it) => 'seal' in it && it.on !== 'first'))
    faults.add('furniture', 'there is no place for the seal');
  if (!furniture.some((it) => 'watermark' in it && it.on === 'every' && it.when === 'specimen'))
    faults.add('furniture', 'a specimen would look like the real thing: no watermark when "specimen"');
}

function checkFurniture(faults: Faults, form: Form): void {
  for (const [i, it] of form.furniture.entries()) {
    const where = `furniture ${i + 1}`;
    if ('text' in it) {
      if (form.fits[it.fit] === undefined) faults.add(where, `there is no fit "${it.fit}"`);
      if (it.x + it.width > pageMm.width) faults.add(where, 'reaches over the edge of the sheet');
    }
  }
  checkEssentials(faults, form.furniture);
}

function checkFits(faults: Faults, form: Form): void {
  for (const [name, { sizePt, minSizePt }] of Object.entries(form.fits))
    if (minSizePt > sizePt) faults.add(`fit ${name}`, 'its smallest size is above its size');
  const { end, top, bottom } = form.flow;
  if (bottom <= top || bottom > pageMm.height) faults.add('flow', 'its bottom is not below its top, or off the sheet');
  if (end !== undefined && form.fits[end.fit] === undefined) faults.add('flow', `there is no fit "${end.fit}"`);
}

function checkGlyphs(faults: Faults, form: Form, font: TrueTypeFont): void {
  for (const words of wordsOf(form)) {
    try {
      glyphsOf(font, { text: words });
    } catch (error) {
      if (!(error instanceof GlyphMissing)) throw error;
      faults.add(`“${words}”`, `the font has no glyph for ${error.character}`);
    }
  }
}

/** Empty: the form can be used. */
export function faultsOfForm(given: unknown, font: TrueTypeFont): readonly string[] {
  const misshapen = faultsOfShape(given);
  if (misshapen.length > 0) return misshapen;
  const form = given as Form;
  const faults = new Faults();
  checkFits(faults, form);
  checkFurniture(faults, form);
  for (const [i, section] of form.flow.sections.entries()) {
    if (Object.keys(section.blocks).length === 0) faults.add(`section ${i + 1}`, 'has no block');
  }
  for (const [name, block] of allBlocksOf(form)) checkBlock(faults, name, form, block);
  checkGlyphs(faults, form, font);
  return faults.all;
}
