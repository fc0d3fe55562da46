/**
 * 戸籍全部事項証明書 and 戸籍個人事項証明書 (戸籍法施行規則 附録第24号様式), A4 portrait, written across: what is spoken of on the
 * left, the recorded lines with their 【】 on the right, in one frame over the whole sheet.
 */
import type { Block, Cell, Fit, Form, Furniture, Row } from '../../form/form.ts';
import { certification, fits, foot, heading, left, middlePt, right, texts, width } from '../family.ts';

const top = 30;
const bottom = 243;
const leftWidth = 48;
const rightWidth = width - leftWidth;
const lineHeight = 5.6;

const line: Fit = { sizePt: 10.5, minSizePt: 10.5, minCondense: 1, maxLines: 30 };
const own: Record<string, Fit> = {
  line,
  subject: { sizePt: 10.5, minSizePt: 8, minCondense: 0.6, maxLines: 1 },
  domicile: { ...line, sizePt: 11.5, minSizePt: 11.5 },
  numbering: { sizePt: 10.5, minSizePt: 10.5, minCondense: 1, maxLines: 1 },
};

const subject = (text: string): Cell => ({ label: text, width: leftWidth, align: 'left', sizePt: 10.5 });
const value = (name: string, fit = 'line'): Cell => ({ field: name, width: rightWidth, fit, joined: true });
const nothing = (cellWidth: number): Cell => ({ blank: true, width: cellWidth, joined: true });
const air: Row = { height: 1.2, rulePt: 0, cells: [nothing(width)] };

const quiet = (cells: Cell[], more: Partial<Row> = {}): Row => ({
  height: lineHeight,
  grows: true,
  rulePt: 0,
  cells,
  ...more,
});

const lines: Row = quiet([nothing(leftWidth), value('line')], { each: 'lines' });

const block = (rows: Row[]): Block => ({ left, width, framePt: 0, parts: true, rows });

const head = block([
  air,
  quiet([subject('本　　籍'), value('domicile', 'domicile')]),
  air,
  { ...air, rulePt: middlePt },
  quiet([subject('氏　　名'), value('name', 'domicile')]),
  quiet([nothing(leftWidth), value('surnameKana')], { when: 'hasSurnameKana' }),
  air,
]);

/** 戸籍事項 or 身分事項: its heading, then each entry's title with its lines. */
const heading1 = (text: string): Block =>
  block([{ ...air, rulePt: 0.35, withNext: true }, quiet([subject(text), nothing(rightWidth)], { withNext: true })]);

const entry = block([quiet([{ field: 'title', width: leftWidth, fit: 'subject' }, value('first')]), lines, air]);

const person = block([
  { ...air, rulePt: middlePt, withNext: true },
  quiet([subject('戸籍に記録されている者'), value('first')], { withNext: true }),
  quiet([{ label: '除　籍', width: leftWidth, align: 'center', sizePt: 10.5, boxed: true }, value('second')], {
    when: 'removed',
    height: 7.4,
  }),
  quiet([nothing(leftWidth), value('second')], { when: '!removed' }),
  lines,
  air,
]);

function formOf(formId: string, title: string, spaced: string, certify: string): Form {
  const numbering: Furniture = {
    text: '（{pages}の{page}）', on: 'every', x: left, y: 23, width: 40, height: 6, fit: 'numbering', align: 'left',
  }; // biome-ignore format: one object
  return {
    formId,
    version: 1,
    title,
    maxSheets: 30,
    texts: { ...texts, certify },
    fits: { ...fits, ...own },
    furniture: [
      ...heading(spaced),
      numbering,
      { box: 1.2, on: 'every', x: left, y: top, width, height: bottom - top },
      { rule: 0.35, on: 'every', x: left + leftWidth, y: top, toX: left + leftWidth, toY: bottom },
      ...certification(246, [{ text: '{certify}' }]),
      ...foot(),
    ],
    flow: {
      top,
      bottom,
      sections: [
        {
          each: 'parts',
          blocks: { head, registerHeading: heading1('戸籍事項'), personHeading: heading1('身分事項'), entry, person },
          gap: 0,
        },
      ],
      end: {
        text: '{end}',
        next: '{next}',
        fit: 'end',
        left: left + leftWidth,
        width: right - left - leftWidth,
        align: 'center',
      },
    },
  };
}

export const familyRegisterForm: Form = formOf(
  'family-register',
  '戸籍全部事項証明書',
  '全　部　事　項　証　明',
  'これは、戸籍に記録されている事項の全部を証明した書面である。',
);

export const familyRegisterPersonForm: Form = formOf(
  'family-register-person',
  '戸籍個人事項証明書',
  '個　人　事　項　証　明',
  'これは、戸籍中の一部の者について記録されている事項の全部を証明した書面である。',
);
