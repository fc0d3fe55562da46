import type { TextCatalogue } from './text.ts';

/** Texts that the issuer names on screens; ids begin with what they stand on. */
export const issuerTexts = {
  'kind.residence': { ja: '住民票の写し', en: 'Residence certificate' },
  'kind.hours': { ja: '{opens}〜{closes}', en: '{opens} to {closes}' },
  'kind.opens-again': { ja: '{day} {time}から', en: 'From {time} on {day}' },

  'residence.scope': { ja: 'どなたの証明書が必要ですか', en: 'Whose certificate do you need?' },
  'residence.scope.all': { ja: '世帯全員', en: 'Everyone in the household' },
  'residence.scope.all.note': { ja: 'ご家族全員を載せます', en: 'Lists every member' },
  'residence.scope.some': { ja: '世帯の一部の方', en: 'Some members' },
  'residence.scope.some.note': { ja: '載せる方を選びます', en: 'You choose who is listed' },
  'residence.scope.holder': { ja: '本人のみ', en: 'Only me' },
  'residence.members': { ja: '載せる方を選んでください', en: 'Choose who is listed' },
  'residence.show': {
    ja: '載せる項目を選んでください（必要なものだけ）',
    en: 'Choose what to show (only what you need)',
  },
  'residence.show.head': { ja: '世帯主・続柄', en: 'Head of household and relationship' },
  'residence.show.domicile': { ja: '本籍・筆頭者', en: 'Registered domicile and head of family register' },
  'residence.show.individual-number': { ja: 'マイナンバー（個人番号）', en: 'My Number (Individual Number)' },
  'residence.show.individual-number.note': {
    ja: '提出先が限られます。必要なときだけ選んでください',
    en: 'Few may ask for it. Choose it only when needed',
  },
  'residence.show.nationality': { ja: '国籍・地域', en: 'Nationality or region' },
  'residence.show.status': { ja: '在留資格・在留期間など', en: 'Residence status and period of stay' },
  'residence.show.card-number': { ja: '在留カード等の番号', en: 'Residence card number' },
} as const satisfies TextCatalogue;
