import { secondPinTexts } from './second-pin-texts.ts';
import type { TextCatalogue } from './text.ts';

/** Texts that the center names on screens; ids begin with what they stand on. */
export const centerTexts = {
  ...secondPinTexts,

  'center.terms.title': { ja: 'ご利用の前に', en: 'Before you begin' },
  'center.terms.need': {
    ja: 'マイナンバーカードと、4桁の暗証番号（利用者証明用）をご用意ください。',
    en: 'You need your My Number card and its 4-digit PIN (for user authentication).',
  },
  'center.terms.fee': {
    ja: '手数料がかかります。金額は、お支払いの前に画面でお知らせします。',
    en: 'There is a fee. You will see the amount before you pay.',
  },
  'center.terms.no-refund': {
    ja: '印刷が終わったあとの交換や返金はできません。内容をよく確かめてからお支払いください。',
    en: 'Once printed, a certificate cannot be exchanged or refunded. Please check everything before you pay.',
  },
  'center.terms.data': {
    ja: '暗証番号や証明書の内容は、この端末に残りません。',
    en: 'Your PIN and what is on your certificate are not kept on this machine.',
  },
  'center.terms.agree': { ja: '同意してはじめる', en: 'Agree and begin' },

  'center.card.title': { ja: 'カードを置いてください', en: 'Please put down your card' },
  'center.card.help': {
    ja: 'マイナンバーカードを読み取り台に置き、次の画面が出るまで動かさないでください。',
    en: 'Put your My Number card on the reader and leave it there until the next screen.',
  },

  'center.municipality.title': { ja: 'どこの市区町村の証明書ですか', en: 'Which municipality?' },
  'center.municipality.help': {
    ja: '証明書を発行する市区町村を選んでください。',
    en: 'Choose the municipality that issues the certificate.',
  },

  'center.pin.title': { ja: '暗証番号を入れてください', en: 'Please enter your PIN' },
  'center.pin.help': {
    ja: '利用者証明用の4桁の暗証番号です。3回続けて間違えるとカードが使えなくなります。',
    en: 'The 4-digit PIN for user authentication. Three wrong entries in a row lock the card.',
  },
  'center.pin.last-try': {
    ja: 'あと1回間違えると、カードが使えなくなります。自信がないときは「やめる」を押してください。料金はかかりません。',
    en: 'One more wrong entry locks the card. If you are not sure, press Stop. Nothing is charged.',
  },

  'center.remove-card.title': { ja: 'カードをお取りください', en: 'Please take your card' },
  'center.remove-card.help': {
    ja: 'カードを取ると、次に進みます。このあと、カードは使いません。',
    en: 'We go on when you have taken your card. It is not needed any more.',
  },

  'center.kind.title': { ja: '証明書を選んでください', en: 'Please choose a certificate' },
  'center.kind.help': {
    ja: 'いま発行できる証明書です。',
    en: 'These certificates can be issued now.',
  },
  'center.question.one': { ja: '1つ選んでください。', en: 'Please choose one.' },
  'center.question.some': {
    ja: '必要なものを選び、「次へ」を押してください。',
    en: 'Choose what you need, then press Next.',
  },

  'center.copies.title': { ja: '何部 必要ですか', en: 'How many copies?' },
  'center.copies.help': { ja: '1回に{max}部まで選べます。', en: 'Up to {max} copies at a time.' },

  'center.confirm.title': { ja: '内容を確認してください', en: 'Please check' },
  'center.confirm.help': {
    ja: '間違いがなければ「発行する」を押してください。直すときは「変更する」を押してください。',
    en: 'If everything is right, press Issue. To correct something, press Change.',
  },
  'center.confirm.kind': { ja: '証明書', en: 'Certificate' },
  'center.confirm.copies': { ja: '部数', en: 'Copies' },
  'center.confirm.copies-value': { ja: '{copies}部', en: '{copies}' },
  'center.confirm.none': { ja: 'なし', en: 'None' },
  'center.confirm.more': { ja: 'そのほか', en: 'More' },
  'center.confirm.more-value': { ja: 'ほか{rest}件', en: '{rest} more' },

  'center.working.title': { ja: '確認しています', en: 'One moment, please' },
  'center.working.line': {
    ja: '確認に少し時間がかかっています。このままお待ちください。',
    en: 'This takes a little longer. Please wait.',
  },
  'center.working.button': { ja: 'もう一度 確認する', en: 'Check again' },

  'center.pay.title': { ja: 'お支払い', en: 'Payment' },
  'center.pay.help': {
    ja: '手数料をお支払いください。「やめる」を押すと、入れたお金は全部戻ります。',
    en: 'Please pay the fee. If you press Stop, all your money is returned.',
  },
  'center.pay.certificate': { ja: '証明書', en: 'Certificate' },

  'center.another.title': { ja: '続けて発行しますか', en: 'Another certificate?' },
  'center.another.help': {
    ja: 'ほかの証明書も、続けて発行できます。暗証番号は、もう入れなくて大丈夫です。',
    en: 'You can take another certificate now. You need not enter your PIN again.',
  },

  'center.refused.title': { ja: 'お知らせ', en: 'Notice' },
  'center.notice.end': { ja: '終わる', en: 'Finish' },
  'center.notice.card': { ja: 'カードをもう一度置く', en: 'Try the card again' },
  'center.notice.municipality': { ja: '市区町村を選び直す', en: 'Choose another municipality' },
  'center.notice.kind': { ja: '証明書を選び直す', en: 'Choose another certificate' },
  'center.notice.confirm': { ja: '内容を確認する', en: 'Check again' },

  'center.end.title': { ja: 'ご利用ありがとうございました', en: 'Thank you' },
  'center.end.thanks': {
    ja: 'カード、証明書、おつりのお忘れ物にご注意ください。',
    en: 'Please do not forget your card, certificates and change.',
  },
  'center.end.nothing-left': {
    ja: 'お取り扱いを終わります。カードのお忘れ物にご注意ください。',
    en: 'This session is over. Please do not forget your card.',
  },
} as const satisfies TextCatalogue;
