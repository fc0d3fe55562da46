/** 印鑑登録証明書: the impression at its true size beside whose it is (印鑑登録証明事務処理要領 第4). */
import type { Block, Fit, Form, Row } from '../../form/form.ts';
import { certification, field, fits, foot, heading, label, left, texts, thickPt, width } from '../family.ts';

const impressionWidth = 66;
const labelWidth = 28;
const valueWidth = width - impressionWidth - labelWidth;

const own: Record<string, Fit> = {
  name: { sizePt: 17, minSizePt: 9, minCondense: 0.6, maxLines: 2 },
  item: { sizePt: 11.5, minSizePt: 7.5, minCondense: 0.6, maxLines: 2 },
  address: { sizePt: 11.5, minSizePt: 8, minCondense: 0.7, maxLines: 3 },
};

const big = { sizePt: 9.5 } as const;
const row = (height: number, text: string, name: string, fit: string, when?: string): Row => ({
  height,
  ...(when === undefined ? {} : { when }),
  cells: [label(text, labelWidth, big), field(name, valueWidth, fit)],
});

const block: Block = {
  left,
  width,
  framePt: thickPt,
  rows: [
    {
      height: 8,
      cells: [label('印影', impressionWidth, big), label('氏名', labelWidth, { ...big, rows: 2 }), field('name', valueWidth, 'name', { rows: 2 })],
    },
    { height: 16, cells: [{ image: 'impression', width: impressionWidth, rows: 7 }] },
    row(10, '旧氏', 'formerSurname', 'item', 'hasFormerSurname'),
    row(10, '通称', 'alias', 'item', 'hasAlias'),
    row(10, '氏名のカタカナ表記', 'nameInKatakana', 'item', 'hasKatakana'),
    row(13, '生年月日', 'birth', 'item'),
    row(10, '性別', 'sex', 'item', 'printsSex'),
    row(26, '住所', 'address', 'address'),
  ],
}; // biome-ignore format: one row each

export const sealForm: Form = {
  formId: 'seal-registration',
  version: 1,
  title: '印鑑登録証明書',
  maxSheets: 1,
  texts: { ...texts, certify: 'この写しは、登録されている印影と相違ないことを証明する。' },
  fits: { ...fits, ...own },
  furniture: [...heading('印　鑑　登　録　証　明　書'), ...certification(150, [{ text: '{certify}' }]), ...foot()],
  flow: { top: 36, bottom: 146, sections: [{ blocks: { seal: block }, gap: 0 }] },
};
