/**
 * 住民票の写し, A4 portrait, 世帯連記式, up to four persons a sheet (住民記録システム標準仕様書 1.1.1, 1.1.2, 5.1–5.8), and
 * 住民票記載事項証明書 with the same cells under another certification.
 */
import type { Block, Cell, Fit, Form, Row } from '../../form/form.ts';
import { certification, end, field, fits, foot, heading, label, left, texts, thickPt, width } from '../family.ts';

const numberWidth = 7;
const leftLabel = 22;
const leftValue = 78;
const rightLabel = 27;
const rightValue = width - numberWidth - leftLabel - leftValue - rightLabel;

const short: Fit = { sizePt: 9.5, minSizePt: 6.5, minCondense: 0.6, maxLines: 1 };
const own: Record<string, Fit> = {
  short,
  kana: { ...short, sizePt: 8 },
  place: { sizePt: 9.5, minSizePt: 6, minCondense: 0.6, maxLines: 2 },
  name: { sizePt: 14, minSizePt: 7, minCondense: 0.6, maxLines: 2 },
  address: { sizePt: 11.5, minSizePt: 7, minCondense: 0.65, maxLines: 2 },
  head: { sizePt: 11.5, minSizePt: 7, minCondense: 0.6, maxLines: 1 },
  number: { sizePt: 10, minSizePt: 8, minCondense: 0.6, maxLines: 1 },
  remarks: { sizePt: 8.5, minSizePt: 8.5, minCondense: 1, maxLines: 20 },
};

type Side = readonly [string, string, string?, Partial<Extract<Cell, { field: string }>>?];
const leftCells = ([text, name, fit, more]: Side): Cell[] => [
  label(text, leftLabel),
  field(name, leftValue, fit ?? 'short', more),
];
const rightCells = ([text, name, fit, more]: Side): Cell[] => [
  label(text, rightLabel),
  field(name, rightValue, fit ?? 'short', more),
];
const pair = (height: number, a: Side, b: Side): Row => ({ height, cells: [...leftCells(a), ...rightCells(b)] });

/** 氏名 with 性別 and 続柄 beside it. */
const nameRow = (height: number): Row => ({
  height,
  cells: [
    ...leftCells(['氏名', 'name', 'name']),
    label('性別', 11),
    field('sex', 11, 'short', { align: 'center' }),
    label('続柄', 11),
    field('relationship', rightLabel + rightValue - 33, 'short', { asked: 'headAndRelationship' }),
  ],
});

/** The number of the person, before all rows. */
function person(rows: readonly Row[]): Block {
  const [first, ...others] = rows as [Row, ...Row[]];
  const number = field('number', numberWidth, 'number', { rows: rows.length, align: 'center' });
  return { left, width, framePt: thickPt, rows: [{ ...first, cells: [number, ...first.cells] }, ...others] };
}

const none = { absent: 'none' } as const;

const japanese = person([
  pair(5.6, ['フリガナ', 'kana', 'kana', none], ['生年月日', 'birth']),
  nameRow(10),
  pair(6.4, ['旧氏', 'formerSurname', 'short', none], ['住民となった年月日', 'becameResident']),
  pair(7, ['本籍', 'domicile', 'place', { asked: 'domicile' }], ['住所を定めた年月日', 'settled']),
  pair(6.4, ['筆頭者の氏名', 'familyHead', 'short', { asked: 'domicile' }], ['届出年月日', 'notified']),
  pair(7, ['転入前住所', 'previousAddress', 'place', none], ['個人番号', 'individualNumber', 'short', { asked: 'individualNumber', ...none }]),
  // 住民票コード is not given out at a machine: the form has the cell, and nothing ever asks for it.
  {
    height: 6.4,
    grows: true,
    cells: [...leftCells(['備考', 'remarks', 'remarks', none]), ...rightCells(['住民票コード', 'recordCode', 'short', { asked: 'recordCode' }])],
  },
]); // biome-ignore format: one row each

const asked = (flag: string) => ({ asked: flag, absent: 'none' });

const foreign = person([
  pair(5, ['フリガナ', 'kana', 'kana', none], ['生年月日', 'birth']),
  nameRow(8.4),
  pair(5.1, ['通称', 'alias', 'short', none], ['外国人住民となった年月日', 'becameForeign']),
  pair(5.1, ['国籍・地域', 'nationality', 'short', asked('nationality')], ['住所を定めた年月日', 'settled']),
  pair(5.1, ['第30条の45区分', 'category', 'short', asked('residenceStatus')], ['届出年月日', 'notified']),
  pair(5.1, ['在留資格', 'status', 'short', asked('residenceStatus')], ['在留期間', 'period', 'short', asked('residenceStatus')]),
  pair(5.1, ['在留カード等の番号', 'cardNumber', 'short', asked('residenceCardNumber')], ['在留期間の満了の日', 'expires', 'short', asked('residenceStatus')]),
  pair(5.1, ['転入前住所', 'previousAddress', 'short', none], ['個人番号', 'individualNumber', 'short', asked('individualNumber')]),
  {
    height: 5,
    grows: true,
    cells: [...leftCells(['備考', 'remarks', 'remarks', none]), ...rightCells(['住民票コード', 'recordCode', 'short', { asked: 'recordCode' }])],
  },
]); // biome-ignore format: one row each

const household: Block = {
  left,
  width,
  framePt: thickPt,
  rows: [
    { height: 10.5, cells: [label('住所', leftLabel + numberWidth), field('address', width - leftLabel - numberWidth, 'address')] },
    { height: 7.5, cells: [label('世帯主', leftLabel + numberWidth), field('head', width - leftLabel - numberWidth, 'head', asked('headAndRelationship'))] },
  ],
}; // biome-ignore format: one row each

function formOf(formId: string, title: string, documentTitle: string, sentences: { all: string; some: string }): Form {
  return {
    formId,
    version: 1,
    title: documentTitle,
    maxSheets: 15,
    texts: { ...texts, certifyAll: sentences.all, certifySome: sentences.some },
    fits: { ...fits, ...own },
    furniture: [
      ...heading(title),
      ...certification(247, [
        { text: '{certifyAll}', when: 'everybody' },
        { text: '{certifySome}', when: '!everybody' },
      ]),
      ...foot(),
    ],
    flow: {
      top: 25,
      bottom: 246,
      opening: { block: household, gap: 1.6 },
      sections: [{ each: 'persons', blocks: { japanese, foreign }, gap: 1.2, perSheet: 4 }],
      end,
    },
  };
}

export const residenceForm: Form = formOf('residence', '住　民　票', '住民票の写し', {
  all: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
  some: 'この写しは、世帯の一部の住民票の原本と相違ないことを証明する。',
});

export const residenceItemsForm: Form = formOf('residence-items', '住民票記載事項証明書', '住民票記載事項証明書', {
  all: '上記の事項は、世帯全員の住民票に記載されている事項と相違ないことを証明する。',
  some: '上記の事項は、世帯の一部の住民票に記載されている事項と相違ないことを証明する。',
});
