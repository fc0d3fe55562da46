/** The bench's own words, in two languages. */
import { createContext, useContext } from 'react';

export type BenchLanguage = 'ja' | 'en';
export const Language = createContext<BenchLanguage>('ja');

const texts = {
  title: { ja: 'どこでも市 デモ', en: 'Dokodemo demo' },
  subtitle: {
    ja: '人・カード・お金・紙は、すべて見本です',
    en: 'People, cards, money and paper: all fictional',
  },
  portal: { ja: '証明書を確かめる', en: 'Check a certificate' },
  screen: { ja: '画面', en: 'Screen' },
  'screen.size': { ja: '画面の大きさ', en: 'Size of the screen' },
  portrait: { ja: '縦', en: 'portrait' },

  wallet: { ja: 'カード', en: 'Cards' },
  'wallet.count': { ja: '{count}枚', en: '{count}' },
  'wallet.help': { ja: '押すか、読み取り台へ動かします', en: 'Click, or drag onto the reader' },
  'card.on-reader': { ja: '読み取り台にあります', en: 'on the reader' },
  'card.pin': { ja: '暗証', en: 'PIN' },
  'card.put': { ja: '{name}のカードを置く', en: 'Put down the card of {name}' },
  'card.take': { ja: '{name}のカードを取る', en: 'Take away the card of {name}' },
  'wallet.empty': { ja: 'カードがありません', en: 'There are no cards' },

  reader: { ja: 'カード読み取り台', en: 'Card reader' },
  'reader.empty': { ja: 'ここにカードを置く', en: 'Put a card here' },
  'reader.two': { ja: 'カードが2枚あります', en: 'Two cards are on it' },
  'reader.take': { ja: '取る', en: 'Take' },

  purse: { ja: '財布', en: 'Purse' },
  'purse.help': { ja: '押すか、投入口へ動かします', en: 'Click, or drag to the slot' },
  'purse.closed': {
    ja: 'お支払いの画面になると使えます',
    en: 'Usable when the screen asks for payment',
  },
  'coin.insert': { ja: '{yen}円を入れる', en: 'Insert {yen} yen' },
  'ic-money': { ja: '電子マネー', en: 'IC money' },
  'ic-money.touch': { ja: '電子マネーをかざす', en: 'Touch with IC money' },
  yen: { ja: '{yen}円', en: '¥{yen}' },

  slot: { ja: '投入口', en: 'Money slot' },
  'slot.open': { ja: '受付中', en: 'open' },
  'slot.shut': { ja: '閉じています', en: 'closed' },
  'slot.inserted': { ja: '入れたお金', en: 'Inserted' },
  'slot.change': { ja: 'おつり', en: 'Change' },
  'slot.returned': { ja: '戻ったお金', en: 'Returned' },
  'slot.take': { ja: '受け取る', en: 'Take' },
  'slot.vault': { ja: '収納ずみ', en: 'Taken in' },
  'slot.nothing': { ja: '空です', en: 'empty' },

  tray: { ja: '取り出し口', en: 'Paper tray' },
  'tray.empty': { ja: '印刷された証明書がここに出ます', en: 'Certificates come out here' },
  'tray.telephone': { ja: 'スマートフォンで読み取る', en: 'Scan with a phone' },
  'tray.take': { ja: '紙を取る', en: 'Take' },
  'tray.open': { ja: '{name} を開く', en: 'Open {name}' },
  'tray.sheets': { ja: '{count}枚', en: '{count} sheets' },
  'viewer.close': { ja: '閉じる', en: 'Close' },
  'viewer.own-window': { ja: '別のウィンドウで開く', en: 'Open in a window of its own' },

  faults: { ja: '故障', en: 'Trouble' },
  'fault.jam': { ja: '紙詰まり', en: 'Paper jam' },
  'fault.media-empty': { ja: '用紙切れ', en: 'No paper' },
  'fault.door-open': { ja: 'カバーが開く', en: 'Cover open' },
  'fault.offline': { ja: '線が抜ける', en: 'Cable off' },
  power: { ja: '電源', en: 'Power' },
  'power.cut': { ja: '停電させる', en: 'Cut the power' },
  'power.fails.paid': { ja: '支払い後停電', en: 'Cut: paid' },
  'power.fails.sheet-out': { ja: '1枚後停電', en: 'Cut: sheet 1' },
  'power.back': { ja: '電源を戻す', en: 'Power on' },
  'power.off': { ja: '停電しています', en: 'There is no power' },
  'power.off.line': {
    ja: '「電源を戻す」を押すと、端末は途中の取引を調べてから始まります',
    en: 'After power-on the kiosk first settles what was under way',
  },

  staff: { ja: '店員', en: 'Staff' },
  'staff.title': { ja: '店員の鍵', en: 'With the key of the store' },
  'staff.give-up.help': {
    ja: 'プリンターが直らないとき。証明書を無効にし、お金を返します。',
    en: 'The printer cannot be repaired now: the document is voided and the money given back.',
  },
  'staff.give-up': { ja: '印刷をあきらめる', en: 'Give up printing' },
  'staff.case.help': {
    ja: '停電などで紙が出たか分からないとき。実際に紙を見てから、画面の受付番号で決着させます。',
    en: 'After a power cut nobody knows where the paper is: look, then settle the case whose number is on the screen.',
  },
  'staff.case.number': { ja: '受付番号', en: 'Case number' },
  'staff.case.all': { ja: '全部の紙が出ていた', en: 'All sheets came out' },
  'staff.case.not-all': { ja: '出ていない紙がある', en: 'Not all came out' },

  clerk: { ja: '役所の窓口', en: 'At the town office' },
  'clerk.help': {
    ja: '手続きの途中でもすぐ効きます',
    en: 'counts at once',
  },
  'clerk.who': { ja: 'だれに', en: 'For whom' },
  'clerk.protect': { ja: '支援措置をかける', en: 'Set protection' },
  'clerk.lift': { ja: '解除する', en: 'Lift it' },
  'clerk.none': { ja: '抑止なし', en: 'no restriction' },
  'clerk.own': { ja: '支援措置あり', en: 'protected' },
  'clerk.household': { ja: '同じ世帯に抑止あり', en: 'restricted through the household' },
  'clerk.away': { ja: '窓口が応答しません', en: 'The register does not answer' },

  'journal.kiosk': { ja: '端末の日誌', en: 'The kiosk’s journal' },
  'journal.kiosk.line': { ja: '氏名も暗証番号も書かれません', en: 'No names, no PINs in it' },
  'journal.center': { ja: '証明書交付センターの日誌', en: 'The center’s journal' },
  'journal.center.line': {
    ja: 'センターは名前を読めません',
    en: 'The center cannot read names',
  },
  'journal.empty': { ja: 'まだ何も起きていません', en: 'Nothing has happened yet' },
  'journal.away': { ja: 'センターが応答しません', en: 'The center does not answer' },
  'kiosk.away': { ja: '端末につながりません', en: 'The kiosk does not answer' },
  'kiosk.away.line': {
    ja: 'デモを動かしているターミナルを確かめてください',
    en: 'Look at the terminal in which the demo runs',
  },
  refused: { ja: 'いまはできません（{code}）', en: 'Not possible now ({code})' },
} as const satisfies Record<string, Record<BenchLanguage, string>>;

export type BenchTextId = keyof typeof texts;
export type Words = (id: BenchTextId, args?: Readonly<Record<string, string | number>>) => string;

export function wordsIn(language: BenchLanguage): Words {
  return (id, args = {}) =>
    texts[id][language].replace(/\{([a-z]+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

export function useWords(): Words {
  return wordsIn(useContext(Language));
}

export function hasText(id: string): id is BenchTextId {
  return Object.hasOwn(texts, id);
}
