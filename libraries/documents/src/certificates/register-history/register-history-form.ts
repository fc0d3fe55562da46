/** 戸籍の附票の写し: who of a family register lived where since when (住民基本台帳法 17条, 20条). */
import type { Block, Fit, Form, Row } from '../../form/form.ts';
import { certification, end, field, fits, foot, heading, label, left, texts, thickPt, width } from '../family.ts';

const labelWidth = 26;
const numberWidth = 8;
const settledWidth = 42;

const own: Record<string, Fit> = {
  item: { sizePt: 10, minSizePt: 7, minCondense: 0.6, maxLines: 1 },
  name: { sizePt: 13, minSizePt: 8, minCondense: 0.6, maxLines: 1 },
  domicile: { sizePt: 11.5, minSizePt: 7.5, minCondense: 0.65, maxLines: 2 },
  address: { sizePt: 10, minSizePt: 10, minCondense: 1, maxLines: 6 },
  number: { sizePt: 10, minSizePt: 8, minCondense: 0.6, maxLines: 1 },
};

const register: Block = {
  left,
  width,
  framePt: thickPt,
  rows: [
    { height: 10, cells: [label('本籍', labelWidth), field('domicile', width - labelWidth, 'domicile', { asked: 'domicile' })] },
    {
      height: 8,
      cells: [
        label('筆頭者の氏名', labelWidth), field('head', 76, 'domicile', { asked: 'domicile' }),
        label('作成年月日', labelWidth), field('madeOn', width - 2 * labelWidth - 76, 'item'),
      ],
    },
  ],
}; // biome-ignore format: one row each

/** With 本籍・筆頭者 shown the surname is theirs, and the paper lists given names. */
const nameRow = (text: string, when: string): Row => ({
  height: 9.5,
  when,
  withNext: true,
  cells: [
    field('number', numberWidth, 'number', { align: 'center' }), label(text, labelWidth - numberWidth), field('name', 60, 'name'),
    label('生年月日', 20), field('birth', 38, 'item', { absent: 'none' }),
    label('性別', 12), field('sex', width - labelWidth - 130, 'item', { align: 'center', absent: 'none' }),
  ],
}); // biome-ignore format: one row each

const person: Block = {
  left,
  width,
  framePt: thickPt,
  parts: true,
  rows: [
    nameRow('名', 'domicile'),
    nameRow('氏名', '!domicile'),
    {
      height: 6.5,
      withNext: true,
      cells: [
        label('在外選挙人名簿', labelWidth), field('overseasVotersListOf', 74, 'item', { asked: 'overseasVoter', absent: 'none' }),
        label('附票から除いた日', 32), field('removedOn', width - labelWidth - 106, 'item', { absent: 'none' }),
      ],
    },
    {
      height: 6,
      withNext: true,
      cells: [label('住所', width - settledWidth), label('住所を定めた年月日', settledWidth)],
    },
    {
      height: 7,
      each: 'addresses',
      grows: true,
      cells: [field('order', numberWidth, 'number', { align: 'center' }), field('address', width - numberWidth - settledWidth, 'address', { joined: true }), field('settled', settledWidth, 'item')],
    },
  ],
}; // biome-ignore format: one row each

export const registerHistoryForm: Form = {
  formId: 'register-history',
  version: 1,
  title: '戸籍の附票の写し',
  maxSheets: 20,
  texts: {
    ...texts,
    certifyAll: 'この写しは、戸籍の附票の全部の写しであり、原本と相違ないことを証明する。',
    certifySome: 'この写しは、戸籍の附票の一部の写しであり、原本と相違ないことを証明する。',
  },
  fits: { ...fits, ...own },
  furniture: [
    ...heading('戸　籍　の　附　票'),
    ...certification(247, [
      { text: '{certifyAll}', when: 'everybody' },
      { text: '{certifySome}', when: '!everybody' },
    ]),
    ...foot(),
  ],
  flow: {
    top: 27,
    bottom: 246,
    opening: { block: register, gap: 2 },
    sections: [{ each: 'persons', blocks: { person }, gap: 1.6 }],
    end,
  },
};
