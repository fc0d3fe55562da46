/** From one snapshot of the register to the sheets of a residence certificate. The same input gives the same bytes. */
import { createHash } from 'node:crypto';
import {
  type AddresseeNumber,
  japaneseEraText,
  type MunicipalityCode,
  type RegisterText,
  type ResidenceOptions,
  type ResidenceSnapshot,
  type Resident,
} from '@dokodemo/domain';
import { personValues } from '../certificates/residence/residence-fields.ts';
import * as form from '../certificates/residence/residence-form.ts';
import { loadFont } from '../font/font-file.ts';
import { type GlyphStore, openGlyphStore } from '../font/glyph-store.ts';
import { GlyphMissing } from '../font/text-glyphs.ts';
import { readTrueType } from '../font/true-type.ts';
import type { BitImage } from '../pdf/pdf-file.ts';
import { drawSeal } from '../seal/seal-drawing.ts';
import { type Fit, fitText } from './fitting.ts';
import { type Block, blockHeight, labelSizePt, labelsOf, type Place, placesOf } from './form.ts';
import { makeTemplate, Sheet, type Template } from './sheet.ts';

export type OfficialSeal = { readonly widthMm: number; readonly image: BitImage };

export type Certifier = {
  /** 職名 with the prefecture's name: 「見本県どこでも市長」. */
  readonly title: string;
  readonly name: RegisterText;
  readonly seal: OfficialSeal;
};

export type DocumentFrame = {
  readonly municipality: MunicipalityCode;
  readonly municipalityName: string;
  readonly documentNumber: string;
  /** ISO day; printed in the Japanese calendar. */
  readonly issuedOn: string;
  /** ISO 8601 with offset: when the file says that it was made. */
  readonly issuedAt: string;
  readonly certifier: Certifier;
  /** Marks every sheet 見本. */
  readonly specimen: boolean;
};

export type ResidenceOrder = {
  readonly snapshot: ResidenceSnapshot;
  readonly options: ResidenceOptions;
  /** Who is shown, in order. */
  readonly memberNumbers: readonly AddresseeNumber[];
  readonly frame: DocumentFrame;
};

export type RenderedSheet = {
  /** One complete PDF. */
  readonly pdf: Uint8Array;
  /** SHA-256 of its bytes, hex. */
  readonly digest: string;
  /** What was filled in, in order; labels are not repeated here. */
  readonly said: readonly string[];
};

export type Rendered =
  | { readonly ok: true; readonly sheets: readonly RenderedSheet[] }
  | {
      readonly ok: false;
      readonly code: 'GLYPH_MISSING' | 'TEXT_OVERFLOW' | 'PAGE_LIMIT' | 'FORM_INCOMPLETE';
      /** Which field, and what is wrong with it; no personal data. */
      readonly detail: string;
    };

export type FormEngine = {
  renderResidenceCertificate(order: ResidenceOrder): Rendered;
  /** A seal for specimens. */
  drawSeal(legend: string, widthMm: number): OfficialSeal;
};

class TextOverflow extends Error {}

type CompiledBlock<Field extends string> = {
  readonly content: string;
  readonly places: readonly Place<Field>[];
  readonly height: number;
};

const pointsPerMm = 72 / 25.4;
const top = 47;
const blockGap = 0.6;

/** Rules and labels of a block as a content stream, drawn once with the block's top at the sheet's top. */
function compileBlock<Field extends string>(
  store: GlyphStore,
  template: Template,
  block: Block<Field>,
): CompiledBlock<Field> {
  const sheet = new Sheet(store, template);
  const height = blockHeight(block);
  const right = block.left + block.width;
  let y = 0;
  for (const [i, row] of block.rows.entries()) {
    if (i > 0) sheet.rule(block.left + block.numberWidth, y, right, y, 0.35);
    let x = block.left + block.numberWidth;
    for (const [k, cell] of row.cells.entries()) {
      if (k > 0) sheet.rule(x, y, x, y + row.height, 0.5);
      sheet.rule(x + cell.labelWidth, y, x + cell.labelWidth, y + row.height, 0.35);
      const size = labelSizePt;
      const natural = ([...cell.label].length * size) / pointsPerMm;
      const room = cell.labelWidth - 3;
      const baseline = y + row.height / 2 + (size * 0.38) / pointsPerMm;
      if (natural > room)
        sheet.line({ text: cell.label }, x + 1.5, baseline, room, 'center', { sizePt: size, condense: room / natural });
      else sheet.line({ text: cell.label }, x + 1.5, baseline, room, 'spread', { sizePt: size });
      x += cell.labelWidth + cell.valueWidth;
    }
    y += row.height;
  }
  if (block.numberWidth > 0) sheet.rule(block.left + block.numberWidth, 0, block.left + block.numberWidth, height, 0.5);
  for (const [x1, y1, x2, y2] of [
    [block.left, 0, right, 0],
    [block.left, height, right, height],
    [block.left, 0, block.left, height],
    [right, 0, right, height],
  ] as const) {
    sheet.rule(x1, y1, x2, y2, 0.9);
  }
  return { content: sheet.drawn(), places: placesOf(block), height };
}

export function openFormEngine(options: { readonly fontDirectory?: string } = {}): FormEngine {
  const font = readTrueType(loadFont(options.fontDirectory));
  const store = openGlyphStore(font);
  const labels = [form.householdBlock, form.japaneseBlock, form.foreignBlock].flatMap((block) => labelsOf(block));
  const template = makeTemplate(store, [...labels, ...form.fixedTexts]);
  const household = compileBlock(store, template, form.householdBlock);
  const persons = {
    japanese: compileBlock(store, template, form.japaneseBlock),
    foreign: compileBlock(store, template, form.foreignBlock),
  };

  const put = (
    sheet: Sheet,
    text: RegisterText,
    x: number,
    y: number,
    boxWidth: number,
    height: number,
    fit: Fit,
    field: string,
  ): void => {
    let fitted: ReturnType<typeof fitText>;
    try {
      fitted = fitText(font, text, boxWidth, height, fit);
    } catch (error) {
      if (error instanceof GlyphMissing) throw new GlyphMissing(`${field}: ${error.character}`);
      throw error;
    }
    if (fitted === undefined) throw new TextOverflow(`${field}: longer than its box at its smallest`);
    const { lines, sizePt, condense } = fitted;
    const leading = (sizePt * 1.15) / pointsPerMm;
    const first = y + height / 2 - ((lines.length - 1) * leading) / 2 + (sizePt * 0.38) / pointsPerMm;
    for (const [i, line] of lines.entries()) sheet.glyphs(line, x, first + i * leading, { sizePt, condense });
  };

  const drawBlock = <Field extends string>(
    sheet: Sheet,
    block: CompiledBlock<Field>,
    y: number,
    values: Partial<Record<Field, RegisterText>>,
  ): void => {
    sheet.raw(`q 1 0 0 1 0 ${(-y * pointsPerMm).toFixed(2)} cm\n${block.content}\nQ`);
    for (const { field, x, y: dy, width, height, fit } of block.places) {
      const value = values[field];
      if (value === undefined) throw new Error(`the form has a field ${field} and nobody fills it`);
      put(sheet, value, x, y + dy, width, height, fit, field);
    }
  };

  const drawSheet = (order: ResidenceOrder, shown: readonly Resident[], page: number, pages: number): RenderedSheet => {
    const { frame, snapshot } = order;
    const sheet = new Sheet(store, template);
    if (frame.specimen) {
      for (const y of [95, 205]) sheet.watermark(form.specimenText, 105, y, 150, 24, 0.9);
    }
    sheet.line({ text: form.titleText }, form.left, 20, form.width, 'center', { sizePt: 20 });
    if (frame.specimen) drawSpecimenMark(sheet);
    const { address, addressDetail, headName } = snapshot.household;
    const wholeAddress =
      addressDetail === undefined
        ? address
        : { text: `${address.text}　${addressDetail.text}`, glyphs: { ...address.glyphs, ...addressDetail.glyphs } };
    drawBlock(sheet, household, 26, {
      address: wholeAddress,
      head: order.options.headAndRelationship ? (headName ?? { text: form.noneText }) : { text: form.omittedText },
    });
    let y = top;
    for (const [i, resident] of shown.entries()) {
      const block = persons[resident.particulars.kind];
      drawBlock(sheet, block, y, personValues(resident, order.options));
      const number = String((page - 1) * form.personsPerSheet + i + 1);
      sheet.line({ text: number }, form.left, y + block.height / 2 + 1.3, 6, 'center', { sizePt: 10 });
      y += block.height + blockGap;
    }
    if (page === pages && shown.length < form.personsPerSheet)
      sheet.line({ text: form.endText }, form.left, y + 8, form.width, 'center', { sizePt: 10 });
    if (page === pages) drawCertification(sheet, order);
    sheet.line({ text: `発行番号　${frame.documentNumber}　${page}/${pages}` }, form.left, 286, form.width, 'right', {
      sizePt: 8.5,
    });
    const pdf = sheet.finish(`住民票の写し ${frame.documentNumber} ${page}/${pages}`, frame.issuedAt);
    return { pdf, digest: createHash('sha256').update(pdf).digest('hex'), said: sheet.said };
  };

  const drawSpecimenMark = (sheet: Sheet): void => {
    const [x, y, w, h] = [form.left + form.width - 24, 11.5, 24, 11] as const;
    for (const [x1, y1, x2, y2] of [
      [x, y, x + w, y],
      [x, y + h, x + w, y + h],
      [x, y, x, y + h],
      [x + w, y, x + w, y + h],
    ] as const)
      sheet.rule(x1, y1, x2, y2, 1.2);
    sheet.line({ text: '見　本' }, x, y + 7.6, w, 'center', { sizePt: 16 });
  };

  const drawCertification = (sheet: Sheet, { frame, snapshot, memberNumbers }: ResidenceOrder): void => {
    const everybody =
      snapshot.household.members.filter(({ standing }) => standing === 'present').length === memberNumbers.length;
    sheet.line(
      { text: everybody ? form.certification.all : form.certification.some },
      form.left + 4,
      250,
      form.width - 8,
      'left',
      { sizePt: 11 },
    );
    sheet.line({ text: japaneseEraText(frame.issuedOn) }, form.left + 10, 260, 80, 'left', { sizePt: 11 });
    const { title, name, seal } = frame.certifier;
    put(
      sheet,
      { text: title },
      form.left + 52,
      266,
      54,
      8,
      { sizePt: 12.5, minSizePt: 8, minCondense: 0.7, maxLines: 1 },
      'certifier title',
    );
    put(
      sheet,
      name,
      form.left + 110,
      266,
      38,
      8,
      { sizePt: 14, minSizePt: 9, minCondense: 0.7, maxLines: 1 },
      'certifier name',
    );
    const sealLeft = form.left + form.width - seal.widthMm - 4;
    sheet.image('Seal', seal.image, sealLeft, 268.5 - seal.widthMm / 2, seal.widthMm);
    sheet.line({ text: form.sealNote }, form.left + 110, 279, 38, 'left', { sizePt: 7 });
  };

  return {
    drawSeal: (legend, widthMm) => ({ widthMm, image: drawSeal(font, legend, widthMm) }),
    renderResidenceCertificate(order) {
      const { certifier } = order.frame;
      if (certifier.title === '' || certifier.name.text === '')
        return { ok: false, code: 'FORM_INCOMPLETE', detail: 'no certifier' };
      if (certifier.seal.widthMm > 25)
        return { ok: false, code: 'FORM_INCOMPLETE', detail: 'a seal is at most 25 mm wide' };
      const byNumber = new Map(order.snapshot.household.members.map((member) => [member.addresseeNumber, member]));
      const shown = order.memberNumbers.map((number) => byNumber.get(number));
      if (shown.length === 0 || shown.includes(undefined))
        return { ok: false, code: 'FORM_INCOMPLETE', detail: 'a member is not in the snapshot' };
      const pages = Math.ceil(shown.length / form.personsPerSheet);
      if (pages > form.maxSheets) return { ok: false, code: 'PAGE_LIMIT', detail: `${pages} sheets` };
      try {
        return {
          ok: true,
          sheets: Array.from({ length: pages }, (_, i) =>
            drawSheet(
              order,
              shown.slice(i * form.personsPerSheet, (i + 1) * form.personsPerSheet) as Resident[],
              i + 1,
              pages,
            ),
          ),
        };
      } catch (error) {
        if (error instanceof GlyphMissing) return { ok: false, code: 'GLYPH_MISSING', detail: error.character };
        if (error instanceof TextOverflow) return { ok: false, code: 'TEXT_OVERFLOW', detail: error.message };
        throw error;
      }
    },
  };
}
