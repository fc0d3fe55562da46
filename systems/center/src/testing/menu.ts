import type { Menu } from '@dokodemo/protocol';

/** A menu with everything a menu can have: members under a seal, extras, a single year, the second PIN, a closed kind. */
export const sampleMenu: Menu = {
  kinds: [
    {
      id: 'residence',
      label: { plain: '住民票の写し' },
      feeYen: 300,
      maxCopies: 5,
      secondPin: false,
      questions: [
        {
          id: 'scope',
          label: { plain: 'どなたの' },
          choose: 'one',
          atLeast: 1,
          skipIfSingle: true,
          options: [
            { id: 'all', label: { plain: '世帯全員' } },
            { id: 'some', label: { plain: '世帯の一部' } },
            { id: 'holder', label: { plain: 'ご本人' } },
          ],
        },
        {
          id: 'members',
          label: { plain: '載せる方' },
          choose: 'some',
          atLeast: 1,
          skipIfSingle: false,
          when: { question: 'scope', is: ['some'] },
          options: [
            { id: 'm1', label: { sealed: 0 } },
            { id: 'm2', label: { sealed: 1 } },
          ],
        },
        {
          id: 'show',
          label: { plain: '載せる内容' },
          choose: 'some',
          atLeast: 0,
          skipIfSingle: false,
          options: [
            { id: 'relationship', label: { plain: '続柄' } },
            { id: 'domicile', label: { plain: '本籍' } },
          ],
        },
      ],
    },
    { id: 'seal', label: { plain: '印鑑登録証明書' }, feeYen: 200, maxCopies: 1, secondPin: false, questions: [] },
    {
      id: 'tax',
      label: { plain: '課税証明書' },
      feeYen: 400,
      maxCopies: 3,
      secondPin: false,
      questions: [
        {
          id: 'year',
          label: { plain: '年度' },
          choose: 'one',
          atLeast: 1,
          skipIfSingle: true,
          options: [
            { id: 'y2026', label: { plain: '令和8年度' } },
            { id: 'y2025', label: { plain: '令和7年度' }, closed: 'KIND_NOT_OFFERED' },
          ],
        },
        {
          id: 'item',
          label: { plain: '税目' },
          choose: 'one',
          atLeast: 1,
          skipIfSingle: true,
          options: [
            { id: 'income', label: { plain: '所得' } },
            { id: 'property', label: { plain: '評価額' }, feeYen: 350 },
          ],
        },
      ],
    },
    {
      id: 'family',
      label: { plain: '戸籍証明書' },
      note: { plain: '8時30分から17時まで' },
      feeYen: 450,
      maxCopies: 2,
      secondPin: true,
      questions: [
        {
          id: 'range',
          label: { plain: 'どの証明書' },
          choose: 'one',
          atLeast: 1,
          skipIfSingle: true,
          options: [
            { id: 'whole', label: { plain: '全部事項' } },
            { id: 'one', label: { plain: '個人事項' } },
          ],
        },
      ],
    },
    { id: 'abstract', label: { plain: '附票の写し' }, feeYen: 300, maxCopies: 1, secondPin: true, questions: [] },
    {
      id: 'old',
      label: { plain: '旧い証明書' },
      feeYen: 450,
      maxCopies: 1,
      secondPin: false,
      closed: 'HOURS',
      questions: [],
    },
  ],
};

export const sealedNames = ['見本 太郎', '見本 花子'];
