/** Fills a compiled form: one PDF for each sheet. The same input gives the same bytes. */
import { hash } from 'node:crypto';
import { japaneseEraText, type RegisterText } from '@dokodemo/domain';
import { glyphsOf, widthOf } from '../font/text-glyphs.ts';
import { type PdfaPart, pageWidth } from '../pdf/pdf-file.ts';
import type { CompiledForm, CompiledRow } from './compile-form.ts';
import { cellPaddingMm, labelContent, ruleAbove, rulesBetween } from './draw-row.ts';
import {
  type DocumentFrame,
  type Filling,
  holds,
  NotRenderable,
  type Rendered,
  type RenderedSheet,
} from './filling.ts';
import { middleOfType, pointsPerMm } from './fitting.ts';
import type { Fit, Furniture } from './form.ts';
import { layOut, type Page, type PlacedPiece, type Strip, setValue } from './lay-out.ts';
import { boxAt, down, n, ruleFrom, Sheet, textAt } from './sheet.ts';
import type { PlacedCell } from './table.ts';
import { asText, fillWords } from './words.ts';

const largestSealMm = 25;

class Renderer {
  readonly #form: CompiledForm;
  readonly #filling: Filling;
  readonly #frame: DocumentFrame;
  readonly #pages: readonly Page[];
  readonly #part: PdfaPart;
  /** What places in words stand for, but for the page. */
  readonly #said: ReadonlyMap<string, string | RegisterText>;

  constructor(form: CompiledForm, filling: Filling, frame: DocumentFrame, part: PdfaPart) {
    this.#form = form;
    this.#filling = { ...filling, flags: { ...filling.flags, specimen: frame.specimen } };
    this.#frame = frame;
    this.#part = part;
    this.#pages = layOut(form, this.#filling);
    const values = Object.entries(filling.values ?? {}).filter(([, value]) => !Array.isArray(value));
    this.#said = new Map([
      ...(values as [string, string | RegisterText][]),
      ['documentNumber', frame.documentNumber],
      ['pages', String(this.#pages.length)],
      ['issuedOn', japaneseEraText(frame.issuedOn)],
      ['municipalityName', frame.municipalityName],
      ['certifierTitle', frame.certifier.title],
      ['certifierName', frame.certifier.name],
    ]);
  }

  sheets(): readonly RenderedSheet[] {
    return this.#pages.map((page, i) => this.#sheet(page, i + 1));
  }

  #words(words: string, page: number): RegisterText {
    const filled = fillWords(words, (name) => (name === 'page' ? String(page) : this.#said.get(name)));
    if ('missing' in filled) throw new NotRenderable('FORM_INCOMPLETE', `${filled.missing}: nobody says it`);
    return filled;
  }

  #sheet(page: Page, number: number): RenderedSheet {
    const sheet = new Sheet(this.#form.store, this.#form.template);
    const { flow, title } = this.#form.form;
    const last = number === this.#pages.length;
    const here = this.#form.furniture.filter(
      (it) =>
        (it.on === 'every' || (it.on === 'first' && number === 1) || (it.on === 'last' && last)) &&
        holds('when' in it ? it.when : undefined, this.#filling, this.#filling),
    );
    this.#proof(sheet);
    const isAbove = (it: Furniture) => 'watermark' in it || ('y' in it && it.y < flow.top);
    for (const it of here) if (isAbove(it)) this.#furniture(sheet, it, number);
    for (const piece of page.pieces) this.#piece(sheet, piece);
    this.#end(sheet, page, last);
    for (const it of here) if (!isAbove(it)) this.#furniture(sheet, it, number);
    this.#checkCode(sheet);
    const name = `${this.#words(title, number).text} ${this.#frame.documentNumber} ${number}/${this.#pages.length}`;
    const pdf = sheet.finish(name, this.#frame.issuedAt, this.#part);
    return { pdf, digest: hash('sha256', pdf), said: sheet.said };
  }

  /** Under everything, so that rules and characters stay whole. */
  #proof(sheet: Sheet): void {
    const { proof } = this.#frame;
    if (proof === undefined || (proof.ground === undefined && proof.mark === undefined)) return;
    const k = pointsPerMm;
    sheet.beginArtifact();
    if (proof.ground !== undefined) sheet.ground(proof.ground);
    if (proof.mark !== undefined) {
      const { image, leftMm, topMm, sideMm } = proof.mark;
      sheet.image(image, leftMm * k, down(topMm + sideMm), sideMm * k, sideMm * k);
    }
    sheet.end();
  }

  #checkCode(sheet: Sheet): void {
    const { proof } = this.#frame;
    if (proof === undefined) return;
    const line = glyphsOf(this.#form.store.font, {
      text: `${proof.electronic === true ? '電子証明書（electronic copy）　' : ''}照合コード　${proof.checkCode}`,
    });
    const sizePt = 8.5;
    const x = (pageWidth - (widthOf(line) / 1000) * sizePt) / 2;
    sheet.begin('P');
    sheet.raw(textAt(sheet.hex(line), x, down(291.4) - middleOfType * sizePt, sizePt));
    sheet.end();
    sheet.said.push(proof.checkCode);
  }

  #end(sheet: Sheet, { bottomMm }: Page, last: boolean): void {
    const { end, bottom } = this.#form.form.flow;
    const words = this.#form.end;
    if (end === undefined || words === undefined || bottom - bottomMm < 8) return;
    const said = this.#words(last ? words.text : words.next, 0);
    this.#text(sheet, said, { ...end, x: end.left, y: bottomMm + 1, height: 7 }, 'end');
  }

  #text(
    sheet: Sheet,
    words: RegisterText,
    it: { x: number; y: number; width: number; height: number; fit: string; align: string; heading?: true },
    field: string,
  ): void {
    const fit = this.#form.form.fits[it.fit] as Fit;
    const { fitted } = setValue(this.#form.store.font, field, [words], it.width, it.height, fit);
    const k = pointsPerMm;
    sheet.begin(it.heading === true ? 'H1' : 'P');
    const [line] = fitted.lines;
    if (it.align === 'spread' && fitted.lines.length === 1 && line !== undefined && line.length > 1) {
      const natural = (widthOf(line) / 1000) * fitted.sizePt * fitted.condense;
      const gap = Math.max(0, (it.width * k - natural) / (line.length - 1));
      const y = down(it.y + it.height / 2) - middleOfType * fitted.sizePt;
      sheet.raw(textAt(sheet.hex(line), it.x * k, y, fitted.sizePt, fitted.condense, gap));
    } else {
      const align = it.align === 'spread' ? 'left' : (it.align as 'left' | 'center' | 'right');
      sheet.lines(fitted, it.x * k, down(it.y), it.width * k, it.height * k, align);
    }
    sheet.end();
    sheet.said.push(words.text);
  }

  #furniture(sheet: Sheet, it: Furniture, page: number): void {
    if ('text' in it) {
      this.#text(sheet, this.#words(it.text, page), it, it.text.replaceAll(/[^A-Za-z]+/g, ' ').trim() || 'a text');
      return;
    }
    sheet.beginArtifact();
    const k = pointsPerMm;
    if ('seal' in it) {
      const { widthMm, image } = this.#frame.certifier.seal;
      const heightMm = (widthMm * image.height) / image.width;
      const [x, y] = [it.centerX - widthMm / 2, it.centerY + heightMm / 2];
      sheet.image(image, x * k, down(y), widthMm * k, heightMm * k);
    } else if ('box' in it) sheet.raw(boxAt(it.x * k, down(it.y), it.width * k, it.height * k, it.box));
    else if ('rule' in it) sheet.raw(ruleFrom(it.x * k, down(it.y), it.toX * k, down(it.toY), it.rule));
    else this.#watermark(sheet, it, page);
    sheet.end();
  }

  #watermark(sheet: Sheet, it: Extract<Furniture, { watermark: string }>, page: number): void {
    const line = glyphsOf(this.#form.store.font, this.#words(it.watermark, page));
    const angle = (it.degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const half = ((widthOf(line) / 1000) * it.sizePt) / 2;
    const drop = it.sizePt * middleOfType;
    const x = it.centerX * pointsPerMm - half * cos + drop * sin;
    const y = down(it.centerY) - half * sin - drop * cos;
    sheet.raw(
      `BT ${n(it.gray)} g /F ${n(it.sizePt)} Tf 0 Tc 100 Tz ${cos.toFixed(4)} ${sin.toFixed(4)} ${(-sin).toFixed(4)} ${cos.toFixed(4)} ${n(x)} ${n(y)} Tm <${sheet.hex(line)}> Tj ET 0 g`,
    );
    sheet.said.push(line.map(({ text }) => text).join(''));
  }

  #piece(sheet: Sheet, { block, strips, still, topMm, heightMm }: PlacedPiece): void {
    const { left, width, framePt } = block.block;
    // A block in a frame of its own has its upper rule from the frame; one in the sheet's frame only where it asks for it.
    const top = this.#form.form.flow.top;
    const isRuledAbove = (i: number) =>
      i > 0 || (framePt === 0 && topMm > top + 0.01 && strips[0]?.row.row.rulePt !== undefined);
    let y = topMm;
    for (const [i, strip] of strips.entries()) {
      sheet.raw(`q 1 0 0 1 0 ${n(down(y))} cm`);
      const heightOf = (cell: PlacedCell) => {
        if (cell.rows === 1) return strip.heightMm;
        let height = 0;
        for (const it of strips) if (it.at >= strip.at && it.at < strip.at + cell.rows) height += it.heightMm;
        return height;
      };
      this.#strip(sheet, strip, heightOf, still);
      const rules = [
        isRuledAbove(i) ? (still ? strip.row.above : ruleAbove(block.block, strip.row.placed)) : '',
        still ? strip.row.between : rulesBetween(block.block, strip.row.placed, heightOf),
      ].filter((it) => it !== '');
      if (rules.length > 0) {
        sheet.beginArtifact();
        for (const it of rules) sheet.raw(it);
        sheet.end();
      }
      sheet.raw('Q');
      y += strip.heightMm;
    }
    if (framePt === 0) return;
    sheet.beginArtifact();
    const k = pointsPerMm;
    sheet.raw(boxAt(left * k, down(topMm), width * k, heightMm * k, framePt));
    sheet.end();
  }

  #strip(sheet: Sheet, strip: Strip, heightOf: (cell: PlacedCell) => number, still: boolean): void {
    if (strip.row.cells.every(({ cell }) => 'blank' in cell)) return;
    sheet.begin('P');
    for (const [i, placed] of strip.row.cells.entries()) {
      this.#cell(sheet, strip, strip.row, i, still ? undefined : heightOf(placed), heightOf(placed));
    }
    sheet.end();
  }

  #cell(sheet: Sheet, strip: Strip, row: CompiledRow, i: number, moved: number | undefined, heightMm: number): void {
    const placed = row.cells[i];
    if (placed === undefined) return;
    const k = pointsPerMm;
    const { cell, x, width, label } = placed;
    if (label !== undefined) {
      sheet.raw(moved === undefined ? placed.still : labelContent(label, this.#form.hexOf, moved));
      return;
    }
    const image = strip.images[i];
    if (image !== undefined && 'image' in cell) {
      const imageHeight = (image.widthMm * image.image.height) / image.image.width;
      const left = x + (width - image.widthMm) / 2;
      const bottom = -(heightMm + imageHeight) / 2;
      sheet.image(image.image, left * k, bottom * k, image.widthMm * k, imageHeight * k);
    }
    const value = strip.values[i];
    if (value === undefined || !('field' in cell)) return;
    const room = (width - 2 * cellPaddingMm) * k;
    sheet.lines(value.fitted, (x + cellPaddingMm) * k, 0, room, heightMm * k, cell.align ?? 'left');
    sheet.said.push(...value.said);
  }
}

/** Everything that a paper must have before anything is drawn. */
function checkFrame({ certifier }: DocumentFrame): void {
  if (certifier.title === '' || asText(certifier.name).text === '')
    throw new NotRenderable('FORM_INCOMPLETE', 'no certifier');
  if (certifier.seal.widthMm > largestSealMm)
    throw new NotRenderable('FORM_INCOMPLETE', `a seal is at most ${largestSealMm} mm wide`);
}

export function renderForm(form: CompiledForm, filling: Filling, frame: DocumentFrame, part: PdfaPart = 2): Rendered {
  try {
    checkFrame(frame);
    return { ok: true, sheets: new Renderer(form, filling, frame, part).sheets() };
  } catch (error) {
    if (error instanceof NotRenderable) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
}
