/**
 * 所得・課税（非課税）証明書: one fiscal year of one person on one sheet, A4 portrait: incomes beside deductions, dependants,
 * both shares of the resident's tax (地方税法 市町村民税・道府県民税; 森林環境税 from FY2024).
 */
import { deductionLabels, incomeLabels } from '@dokodemo/domain';
import type { Block, Cell, Form, Row } from '../../form/form.ts';
import { certification, field, fits, foot, heading, label, left, texts, thickPt, width } from '../family.ts';
import { asStated, taxFits, taxpayer } from './tax-forms.ts';

const height = 6.7;
const sideLabel = 9;
const amountWidth = 27;
const incomeName = 90 - sideLabel - 2 * amountWidth;
const deductionName = 90 - sideLabel - 34;
const amount = (name: string, cellWidth: number, more: Partial<Extract<Cell, { field: string }>> = {}) =>
  field(name, cellWidth, 'amount', { align: 'right', absent: 'none', ...more });

const incomes = Object.entries(incomeLabels);
const deductions = Object.entries(deductionLabels);

const left90: Cell[][] = [
  [
    label('所得の内訳', sideLabel, { rows: incomes.length + 1, align: 'down', sizePt: 9 }),
    label('種類', incomeName), label('収入金額', amountWidth), label('所得金額', amountWidth),
  ],
  ...incomes.map(([kind, name]) => [label(name, incomeName), amount(`receipts-${kind}`, amountWidth), amount(`income-${kind}`, amountWidth)]),
  ...[['総所得金額', 'totalIncome'], ['合計所得金額', 'aggregateIncome'], ['課税標準額', 'taxBase']].map(([text, name]) => [
    label(text as string, 90 - amountWidth), amount(name as string, amountWidth),
  ]),
  [label('本人該当区分', 30, { rows: deductions.length + 2 - incomes.length - 4 }), field('marks', 60, 'item', { absent: 'none', rows: deductions.length + 2 - incomes.length - 4 })],
]; // biome-ignore format: one row each

const right90: Cell[][] = [
  [
    label('所得控除の内訳', sideLabel, { rows: deductions.length + 2, align: 'down', sizePt: 9 }),
    label('種類', deductionName), label('控除額', 34),
  ],
  ...deductions.map(([kind, name]) => [label(name, deductionName), amount(`deduction-${kind}`, 34)]),
  [label('所得控除の合計', deductionName), amount('totalDeductions', 34)],
]; // biome-ignore format: one row each

const computation: Block = {
  left,
  width,
  framePt: thickPt,
  rows: right90.map((cells, i): Row => ({ height, cells: [...(left90[i] ?? []), ...cells] })),
};

const counts = [
  ['控除対象\n配偶者', 'spouse'], ['特定', 'specific'], ['同居老親等', 'elderlyAtHome'], ['老人', 'elderly'], ['一般', 'general'],
  ['16歳未満', 'under16'], ['障害者', 'disabled'], ['特別障害者', 'specially'], ['同居特別\n障害者', 'speciallyAtHome'],
] as const; // biome-ignore format: one list
const countWidth = 18;

const dependants: Block = {
  left,
  width,
  framePt: thickPt,
  rows: [
    {
      height: 8,
      cells: [
        label('扶養の内訳\n（人）', width - counts.length * countWidth, { rows: 2, align: 'center' }),
        ...counts.map(([text]) => label(text, countWidth, { align: 'center', sizePt: 7 })),
      ],
    },
    { height, cells: counts.map(([, name]) => field(name, countWidth, 'amount', { align: 'center', absent: 'none' })) },
  ],
}; // biome-ignore format: one row each

const shareColumn = 36;
const share = (text: string, name: string): Row => ({
  height,
  cells: [
    label(text, shareColumn), amount(`${name}-perCapita`, shareColumn), amount(`${name}-before`, shareColumn),
    amount(`${name}-credits`, shareColumn), amount(`${name}-levy`, shareColumn),
  ],
}); // biome-ignore format: one list

const tax: Block = {
  left,
  width,
  framePt: thickPt,
  rows: [
    {
      height,
      cells: ['区分', '均等割額', '税額控除前所得割額', '税額控除額', '所得割額'].map((text) => label(text, shareColumn)),
    },
    share('{municipalTax}', 'municipal'),
    share('{prefecturalTax}', 'prefectural'),
    {
      height: 8,
      cells: [
        label('森林環境税（国税）', shareColumn), amount('forest', shareColumn), label('年税額', 2 * shareColumn, { sizePt: 9 }),
        field('annual', shareColumn, 'annual', { align: 'right' }),
      ],
    },
    { height: 7, grows: true, cells: [label('備考', shareColumn), field('remarks', width - shareColumn, 'remarks', { absent: 'none' })] },
  ],
}; // biome-ignore format: one row each

export const incomeForm: Form = {
  formId: 'income-and-tax',
  version: 1,
  title: '所得・課税（非課税）証明書',
  maxSheets: 1,
  texts: {
    ...texts,
    municipalTax: '市町村民税',
    prefecturalTax: '道府県民税',
    undeclared: '＊',
    undeclaredNote: '「＊」は、申告がないため金額が確定していないことを示す。',
    certify: asStated,
  },
  fits: { ...fits, ...taxFits, annual: { sizePt: 12, minSizePt: 8, minCondense: 0.7, maxLines: 1 } },
  furniture: [
    ...heading('{titleText}'),
    { text: '{year}（{incomeYear}分の所得）', on: 'every', x: left, y: 24, width: 100, height: 6, fit: 'date', align: 'left' },
    { text: '（単位：円）', on: 'every', x: left + 140, y: 24, width: 40, height: 6, fit: 'foot', align: 'right' },
    ...certification(247, [{ text: '{certify}' }]),
    ...foot(),
  ],
  flow: {
    top: 31,
    bottom: 246,
    sections: [
      {
        blocks: {
          taxpayer: taxpayer([
            { height: 8, cells: [label('1月1日の住所', 30), field('addressOnJanuary1', width - 30, 'address', { absent: 'none' })] },
          ]),
        },
        gap: 0,
      },
      { blocks: { computation }, above: 2, gap: 0 },
      { blocks: { dependants }, above: 2, gap: 0 },
      { blocks: { tax }, above: 2, gap: 0 },
    ],
  },
}; // biome-ignore format: one row each
