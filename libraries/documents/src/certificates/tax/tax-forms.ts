/** Tax certificates that are lists: 納税証明書, 固定資産評価・公課証明書, 軽自動車税納税証明書（継続検査用）. */
import type { Block, Cell, Fit, Form, Row } from '../../form/form.ts';
import {
  certification,
  end,
  field,
  fits,
  foot,
  heading,
  label,
  left,
  middlePt,
  texts,
  thickPt,
  width,
} from '../family.ts';

export const taxFits: Record<string, Fit> = {
  item: { sizePt: 10, minSizePt: 6.5, minCondense: 0.6, maxLines: 2 },
  name: { sizePt: 13, minSizePt: 7.5, minCondense: 0.6, maxLines: 2 },
  address: { sizePt: 10.5, minSizePt: 7, minCondense: 0.65, maxLines: 2 },
  amount: { sizePt: 10, minSizePt: 7, minCondense: 0.7, maxLines: 1 },
  number: { sizePt: 10, minSizePt: 8, minCondense: 0.6, maxLines: 1 },
  remarks: { sizePt: 8.5, minSizePt: 8.5, minCondense: 1, maxLines: 8 },
};

const headLabel = 30;

/** Whose certificate it is: address and name of the taxpayer. */
export const taxpayer = (more: readonly Row[] = [], addressLabel = '住所', nameLabel = '氏名'): Block => ({
  left,
  width,
  framePt: thickPt,
  rows: [
    { height: 10, cells: [label(addressLabel, headLabel), field('address', width - headLabel, 'address')] },
    {
      height: 10,
      cells: [label(nameLabel, headLabel), field('name', 84, 'name'), label('生年月日', 24), field('birth', width - headLabel - 108, 'item')],
    },
    ...more,
  ],
}); // biome-ignore format: one row each

export const asStated = '上記のとおり相違ないことを証明する。';
const amount = (name: string, cellWidth: number) => field(name, cellWidth, 'amount', { align: 'right' });

const paymentHeader: Block = {
  left,
  width,
  framePt: thickPt,
  rows: [
    {
      height: 9,
      cells: [
        label('賦課年度', 24), label('税目', 48), label('年税額\n（円）', 26, { align: 'center' }),
        label('納付済額\n（円）', 26, { align: 'center' }), label('未納額\n（円）', 26, { align: 'center' }),
        label('うち納期限\n未到来額（円）', 30, { align: 'center' }),
      ],
    },
  ],
}; // biome-ignore format: one row each

const paymentLine: Block = {
  left,
  width,
  framePt: middlePt,
  rows: [
    {
      height: 9,
      cells: [
        field('year', 24, 'item', { align: 'center' }), field('item', 48, 'item'), amount('annual', 26),
        amount('paid', 26), amount('unpaid', 26), amount('notYetDue', 30),
      ],
    },
  ],
}; // biome-ignore format: one row each

export const paymentForm: Form = {
  formId: 'tax-payment',
  version: 1,
  title: '納税証明書',
  maxSheets: 5,
  texts: { ...texts, certify: asStated },
  fits: { ...fits, ...taxFits },
  furniture: [...heading('納　税　証　明　書'), ...certification(247, [{ text: '{certify}' }]), ...foot()],
  flow: {
    top: 28,
    bottom: 244,
    opening: { block: taxpayer(), gap: 4 },
    sections: [{ each: 'payments', blocks: { line: paymentLine }, header: paymentHeader, gap: 0 }],
    end,
  },
};

const numberWidth = 8;
const assetLabel = 31;
const inner = width - numberWidth;

const thirds = (height: number, cells: readonly (readonly [string, string])[]): Row => ({
  height,
  cells: cells.flatMap(([text, name]) => [label(text, 31, { sizePt: 7 }), amount(name, inner / 3 - 31)]),
});

const quarters = (cells: readonly (readonly [string, Cell])[]): Row => ({
  height: 1,
  cells: cells.flatMap(([text, cell]) => [label(text, 21), { ...cell, width: inner / 4 - 21 }]),
});

/** One parcel or building; `rows` after the first two are of its kind. */
function asset(kindText: string, rows: readonly Row[], levy: boolean): Block {
  const height = levy ? 6.7 : 7.4;
  const all: Row[] = [
    { height: levy ? 7.6 : 9, cells: [label('所在・地番', assetLabel), field('location', inner - assetLabel, 'address')] },
    ...rows.map((row) => ({ ...row, height })),
    thirds(height, [['評価額（円）', 'value'], ['固定資産税課税標準額（円）', 'taxBase'], ['都市計画税課税標準額（円）', 'cityBase']]),
    ...(levy ? [thirds(height, [['相当税額の計（円）', 'taxSum'], ['固定資産税相当税額（円）', 'tax'], ['都市計画税相当税額（円）', 'cityTax']])] : []),
    {
      height,
      grows: true,
      cells: [
        label('共有持分', assetLabel), field('share', 30, 'item', { absent: 'none' }),
        label('備考', 16), field('remarks', inner - assetLabel - 46, 'remarks', { absent: 'none' }),
      ],
    },
  ];
  const [first, ...others] = all as [Row, ...Row[]];
  const kind = label(kindText, numberWidth, { rows: all.length, align: 'down', sizePt: 9 });
  return { left, width, framePt: thickPt, rows: [{ ...first, cells: [kind, ...first.cells] }, ...others] };
} // biome-ignore format: one row each

const landRows: readonly Row[] = [
  quarters([
    ['登記地目', field('registeredCategory', 0, 'item')],
    ['登記地積（㎡）', amount('registeredArea', 0)],
    ['現況地目', field('assessedCategory', 0, 'item')],
    ['現況地積（㎡）', amount('assessedArea', 0)],
  ]),
];

const buildingRows: readonly Row[] = [
  {
    height: 1,
    cells: [label('種類', assetLabel), field('use', 40, 'item'), label('構造', 20), field('structure', inner - assetLabel - 60, 'item')],
  },
  quarters([
    ['家屋番号', field('houseNumber', 0, 'item', { absent: 'unregistered' })],
    ['登記床面積（㎡）', amount('registeredArea', 0)],
    ['建築年', field('built', 0, 'item', { absent: 'none' })],
    ['課税床面積（㎡）', amount('assessedArea', 0)],
  ]),
]; // biome-ignore format: one row each

function assetsForm(formId: string, title: string, spaced: string, levy: boolean): Form {
  return {
    formId,
    version: 1,
    title,
    maxSheets: 20,
    texts: { ...texts, unregistered: '未登記', certify: asStated },
    fits: { ...fits, ...taxFits },
    furniture: [
      ...heading(spaced),
      { text: '{year}', on: 'every', x: left, y: 24, width: 60, height: 6, fit: 'date', align: 'left' },
      ...certification(247, [{ text: '{certify}' }]),
      ...foot(),
    ],
    flow: {
      top: 31,
      bottom: 246,
      opening: { block: taxpayer([], '所有者住所', '所有者氏名'), gap: 2 },
      sections: [
        {
          each: 'assets',
          blocks: { land: asset('土地', landRows, levy), building: asset('家屋', buildingRows, levy) },
          gap: 1.2,
          // 評価・公課 have five parcels a sheet since the systems were standardised.
          perSheet: 5,
        },
      ],
      end,
    },
  };
}

export const valuationForm: Form = assetsForm(
  'fixed-asset-valuation',
  '固定資産評価証明書',
  '固 定 資 産 評 価 証 明 書',
  false,
);
export const levyForm: Form = assetsForm('fixed-asset-levy', '固定資産公課証明書', '固 定 資 産 公 課 証 明 書', true);

const vehicleRow = (text: string, name: string, fit = 'item'): Row => ({
  height: 12,
  cells: [label(text, 46, { sizePt: 9 }), field(name, width - 46, fit)],
});

export const vehicleForm: Form = {
  formId: 'vehicle-inspection',
  version: 1,
  title: '軽自動車税（種別割）納税証明書',
  maxSheets: 1,
  texts: {
    ...texts,
    certify: '軽自動車税（種別割）について、上記のとおり納付済みであり、滞納がないことを証明する。',
    use: '（継続検査用）',
  },
  fits: { ...fits, ...taxFits, vehicle: { sizePt: 13, minSizePt: 8, minCondense: 0.6, maxLines: 1 } },
  furniture: [
    ...heading('軽自動車税（種別割）納税証明書'),
    { text: '{use}', on: 'every', x: left, y: 23, width, height: 7, fit: 'date', align: 'center' },
    ...certification(151, [{ text: '{certify}' }]),
    ...foot(),
  ],
  flow: {
    top: 34,
    bottom: 146,
    sections: [
      {
        blocks: {
          vehicle: {
            left,
            width,
            framePt: thickPt,
            rows: [
              vehicleRow('標識番号', 'plate', 'vehicle'),
              vehicleRow('車台番号', 'frameNumber', 'vehicle'),
              vehicleRow('種別', 'category'),
              vehicleRow('車名', 'make'),
              vehicleRow('納税義務者の住所', 'address', 'address'),
              vehicleRow('納税義務者の氏名', 'name', 'name'),
              { height: 12, cells: [label('賦課年度', 46, { sizePt: 9 }), field('year', 44, 'item'), label('年税額（円）', 46, { sizePt: 9 }), amount('annual', width - 136)] },
              vehicleRow('この証明書の有効期限', 'validUntil', 'vehicle'),
            ],
          },
        },
        gap: 0,
      },
    ],
  },
}; // biome-ignore format: one row each
