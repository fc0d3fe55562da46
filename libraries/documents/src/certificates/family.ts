/**
 * What all certificates of the house have in common, so that they look like one family: margins, title, the number on
 * every sheet, certification and seal on the last, the marks of a specimen. As data, for the forms.
 */
import type { Cell, Fit, Form, Furniture } from '../form/form.ts';

export const left = 15;
export const width = 180;
export const right = left + width;

export const thickPt = 1;
export const middlePt = 0.6;

export const fits: Record<string, Fit> = {
  title: { sizePt: 20, minSizePt: 14, minCondense: 0.7, maxLines: 1 },
  mark: { sizePt: 15, minSizePt: 15, minCondense: 1, maxLines: 1 },
  certification: { sizePt: 11.5, minSizePt: 9, minCondense: 0.7, maxLines: 2 },
  date: { sizePt: 11.5, minSizePt: 11.5, minCondense: 1, maxLines: 1 },
  certifierTitle: { sizePt: 12.5, minSizePt: 8, minCondense: 0.6, maxLines: 1 },
  certifierName: { sizePt: 15, minSizePt: 9, minCondense: 0.6, maxLines: 1 },
  note: { sizePt: 7, minSizePt: 6, minCondense: 0.7, maxLines: 1 },
  foot: { sizePt: 8.5, minSizePt: 6.5, minCondense: 0.7, maxLines: 1 },
  end: { sizePt: 10.5, minSizePt: 10.5, minCondense: 1, maxLines: 1 },
};

export const texts: Record<string, string> = {
  omitted: '（省略）',
  none: '－',
  specimen: '見本',
  sealNote: 'この印は黒色です。',
  end: '以　下　余　白',
  next: '（次の用紙に続く）',
};

/** Title, marks and foot. `titleText` may have places. */
export function heading(titleText: string): Furniture[] {
  const mark = { x: right - 24, y: 12, width: 24, height: 10 };
  return [
    ...[97, 207].map(
      (centerY): Furniture => ({
        watermark: '{specimen}', on: 'every', when: 'specimen', centerX: 105, centerY, sizePt: 150, degrees: 24, gray: 0.92,
      }), // biome-ignore format: one object
    ),
    { text: titleText, on: 'every', x: left + 26, y: 11, width: width - 52, height: 12, fit: 'title', align: 'center', heading: true },
    { box: 1.2, on: 'every', when: 'specimen', ...mark },
    { text: '見　本', on: 'every', when: 'specimen', ...mark, fit: 'mark', align: 'center' },
  ]; // biome-ignore format: one row each
}

export function foot(): Furniture[] {
  return [
    { rule: 0.35, on: 'every', x: left, y: 283.5, toX: right, toY: 283.5 },
    { text: '{municipalityName}', on: 'every', x: left, y: 284.5, width: 70, height: 5, fit: 'foot', align: 'left' },
    { text: '発行番号　{documentNumber}　{page}/{pages}', on: 'every', x: left + 70, y: 284.5, width: width - 70, height: 5, fit: 'foot', align: 'right' },
  ]; // biome-ignore format: one row each
}

/** 認証文, date, 職名・氏名 and 公印, on the last sheet alone. `sentences`: each with the flag under which it is said. */
export function certification(
  topMm: number,
  sentences: readonly { readonly text: string; readonly when?: string }[],
): Furniture[] {
  return [
    ...sentences.map(
      (sentence): Furniture => ({
        ...sentence, on: 'last', x: left + 3, y: topMm, width: width - 6, height: 9, fit: 'certification', align: 'left',
      }), // biome-ignore format: one object
    ),
    { text: '{issuedOn}', on: 'last', x: left + 10, y: topMm + 10.5, width: 70, height: 6, fit: 'date', align: 'left' },
    { text: '{certifierTitle}', on: 'last', x: left + 28, y: topMm + 19, width: 66, height: 9, fit: 'certifierTitle', align: 'right' },
    { text: '{certifierName}', on: 'last', x: left + 100, y: topMm + 19, width: 46, height: 9, fit: 'certifierName', align: 'left' },
    { text: '{sealNote}', on: 'last', x: left + 100, y: topMm + 29, width: 46, height: 4, fit: 'note', align: 'left' },
    { seal: true, on: 'last', centerX: right - 17, centerY: topMm + 22 },
  ]; // biome-ignore format: one row each
}

export const end: NonNullable<Form['flow']['end']> = {
  text: '{end}',
  next: '{next}',
  fit: 'end',
  left,
  width,
  align: 'center',
};

/** Labels are spread over their cells, but for those with a bracket. */
export const label = (
  text: string,
  labelWidth: number,
  more: Partial<Extract<Cell, { label: string }>> = {},
): Cell => ({
  label: text,
  width: labelWidth,
  ...(text.includes('（') ? { align: 'center' } : {}),
  ...more,
});

type FieldCell = Extract<Cell, { field: string }>;
export const field = (name: string, fieldWidth: number, fit: string, more: Partial<FieldCell> = {}): Cell => ({
  field: name,
  width: fieldWidth,
  fit,
  ...more,
});
