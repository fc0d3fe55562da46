/**
 * 住民票の写し, A4 portrait, 世帯連記式, up to four persons a sheet (住民記録システム標準仕様書 1.1.1, 5.1–5.8). The form as
 * data: which cells there are and how far their text may give way.
 */
import type { Fit } from '../../form/fitting.ts';
import type { Block, Cell, Row } from '../../form/form.ts';

export type HouseholdField = 'address' | 'head';
export type PersonField =
  | 'kana' | 'name' | 'birth' | 'sex' | 'formerSurname' | 'relationship' | 'becameResident' | 'domicile' | 'familyHead'
  | 'settled' | 'notified' | 'previousAddress' | 'individualNumber' | 'recordCode' | 'remarks'
  | 'alias' | 'nationality' | 'category' | 'status' | 'period' | 'expires' | 'cardNumber' | 'becameForeign'; // biome-ignore format: one list

export const left = 15;
export const width = 180;
const labelWidth = 25;
const numberWidth = 6;
const half = (width - numberWidth) / 2;

const short: Fit = { sizePt: 9.5, minSizePt: 6.5, minCondense: 0.6, maxLines: 1 };
const place: Fit = { sizePt: 9.5, minSizePt: 6, minCondense: 0.6, maxLines: 2 };
const name: Fit = { sizePt: 13, minSizePt: 7, minCondense: 0.6, maxLines: 2 };
const lines: Fit = { sizePt: 8, minSizePt: 6, minCondense: 0.7, maxLines: 3 };

function pair(
  height: number,
  a: readonly [string, PersonField, Fit?],
  b: readonly [string, PersonField, Fit?],
): Row<PersonField> {
  const cell = ([label, field, fit]: typeof a): Cell<PersonField> => ({
    label,
    labelWidth,
    field,
    valueWidth: half - labelWidth,
    fit: fit ?? short,
  });
  return { height, cells: [cell(a), cell(b)] };
}

const remarks = (height: number): Row<PersonField> => ({
  height,
  cells: [{ label: '備考', labelWidth, field: 'remarks', valueWidth: width - numberWidth - labelWidth, fit: lines }],
});

export const householdBlock: Block<HouseholdField> = {
  left,
  width,
  numberWidth: 0,
  rows: [
    {
      height: 11,
      cells: [
        {
          label: '住所',
          labelWidth: labelWidth + numberWidth,
          field: 'address',
          valueWidth: width - labelWidth - numberWidth,
          fit: { sizePt: 11, minSizePt: 7, minCondense: 0.65, maxLines: 2 },
        },
      ],
    },
    {
      height: 8,
      cells: [
        {
          label: '世帯主',
          labelWidth: labelWidth + numberWidth,
          field: 'head',
          valueWidth: width - labelWidth - numberWidth,
          fit: { sizePt: 11, minSizePt: 7, minCondense: 0.6, maxLines: 1 },
        },
      ],
    },
  ],
};

export const japaneseBlock: Block<PersonField> = {
  left,
  width,
  numberWidth,
  rows: [
    pair(5.1, ['フリガナ', 'kana', { ...short, sizePt: 8, minSizePt: 6 }], ['生年月日', 'birth']),
    pair(8.4, ['氏名', 'name', name], ['性別', 'sex']),
    pair(5.5, ['旧氏', 'formerSurname'], ['続柄', 'relationship']),
    pair(6.4, ['本籍', 'domicile', place], ['住民となった年月日', 'becameResident']),
    pair(5.5, ['筆頭者の氏名', 'familyHead'], ['住所を定めた年月日', 'settled']),
    pair(6.4, ['転入前住所', 'previousAddress', place], ['届出年月日', 'notified']),
    pair(5.5, ['個人番号', 'individualNumber'], ['住民票コード', 'recordCode']),
    remarks(5.6),
  ],
};

export const foreignBlock: Block<PersonField> = {
  left,
  width,
  numberWidth,
  rows: [
    pair(
      4.5,
      ['フリガナ', 'kana', { ...short, sizePt: 7.5, minSizePt: 6 }],
      ['生年月日', 'birth', { ...short, sizePt: 8.5 }],
    ),
    pair(7.4, ['氏名', 'name', { ...name, sizePt: 12 }], ['性別', 'sex', { ...short, sizePt: 8.5 }]),
    pair(5, ['通称', 'alias'], ['続柄', 'relationship', { ...short, sizePt: 8.5 }]),
    pair(
      4.5,
      ['国籍・地域', 'nationality', { ...short, sizePt: 8.5 }],
      ['外国人住民となった年月日', 'becameForeign', { ...short, sizePt: 8.5 }],
    ),
    pair(
      4.5,
      ['第30条の45区分', 'category', { ...short, sizePt: 8.5 }],
      ['住所を定めた年月日', 'settled', { ...short, sizePt: 8.5 }],
    ),
    pair(4.5, ['在留資格', 'status', { ...short, sizePt: 8.5 }], ['届出年月日', 'notified', { ...short, sizePt: 8.5 }]),
    pair(
      4.5,
      ['在留期間', 'period', { ...short, sizePt: 8.5 }],
      ['在留期間の満了の日', 'expires', { ...short, sizePt: 8.5 }],
    ),
    pair(
      4.5,
      ['在留カード等の番号', 'cardNumber', { ...short, sizePt: 8.5 }],
      ['個人番号', 'individualNumber', { ...short, sizePt: 8.5 }],
    ),
    pair(
      4.5,
      ['転入前住所', 'previousAddress', { ...short, sizePt: 8.5, minSizePt: 6 }],
      ['住民票コード', 'recordCode', { ...short, sizePt: 8.5 }],
    ),
    remarks(4.5),
  ],
};

export const personsPerSheet = 4;
export const maxSheets = 15;

export const titleText = '住　民　票';
export const specimenText = '見本';
export const endText = '以　下　余　白';
export const omittedText = '（省略）';
export const noneText = '－';
export const sealNote = 'この印は黒色です。';

/** 認証文, on the last sheet only. */
export const certification = {
  all: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
  some: 'この写しは、世帯の一部の住民票の原本と相違ないことを証明する。',
} as const;

export const fixedTexts: readonly string[] = [
  titleText, specimenText, endText, omittedText, noneText, sealNote, certification.all, certification.some,
  '発行番号', '0123456789-/', '令和元年月日平成昭和大正明治', '男女', '（空欄）',
]; // biome-ignore format: one list
