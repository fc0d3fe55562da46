/** Names for people who do not exist, in places that do not exist. */

export const surnames: readonly (readonly [string, string])[] = [
  ['佐藤', 'サトウ'], ['鈴木', 'スズキ'], ['高橋', 'タカハシ'], ['田中', 'タナカ'], ['伊藤', 'イトウ'], ['渡辺', 'ワタナベ'],
  ['山本', 'ヤマモト'], ['中村', 'ナカムラ'], ['小林', 'コバヤシ'], ['加藤', 'カトウ'], ['吉田', 'ヨシダ'], ['山田', 'ヤマダ'],
  ['松本', 'マツモト'], ['井上', 'イノウエ'], ['木村', 'キムラ'], ['林', 'ハヤシ'], ['清水', 'シミズ'], ['斎藤', 'サイトウ'],
  ['森', 'モリ'], ['池田', 'イケダ'], ['橋本', 'ハシモト'], ['阿部', 'アベ'], ['石井', 'イシイ'], ['前田', 'マエダ'],
  ['藤田', 'フジタ'], ['後藤', 'ゴトウ'], ['岡田', 'オカダ'], ['長谷川', 'ハセガワ'], ['村上', 'ムラカミ'], ['近藤', 'コンドウ'],
  ['渡邉\u{E010F}', 'ワタナベ'], ['渡邊\u{E0108}', 'ワタナベ'], ['葛\u{E0102}西', 'カサイ'], ['辻\u{E0102}', 'ツジ'],
  ['𠮷田', 'ヨシダ'], ['髙橋', 'タカハシ'], ['山﨑', 'ヤマサキ'], ['斎\u{E0102}藤', 'サイトウ'], ['祇\u{E0102}園', 'ギオン'],
]; // biome-ignore format: a table

export const menNames: readonly (readonly [string, string])[] = [
  ['太一', 'タイチ'], ['健', 'ケン'], ['大翔', 'ヒロト'], ['蓮', 'レン'], ['陽太', 'ヨウタ'], ['湊', 'ミナト'], ['誠', 'マコト'],
  ['浩', 'ヒロシ'], ['隆', 'タカシ'], ['茂', 'シゲル'], ['勝', 'マサル'], ['豊', 'ユタカ'], ['直樹', 'ナオキ'], ['和也', 'カズヤ'],
  ['翔', 'ショウ'], ['雄大', 'ユウダイ'], ['正', 'タダシ'], ['清', 'キヨシ'], ['一郎', 'イチロウ'], ['拓海', 'タクミ'],
]; // biome-ignore format: a table

export const womenNames: readonly (readonly [string, string])[] = [
  ['美咲', 'ミサキ'], ['葵', 'アオイ'], ['結衣', 'ユイ'], ['凛', 'リン'], ['陽菜', 'ヒナ'], ['恵子', 'ケイコ'], ['和子', 'カズコ'],
  ['幸子', 'サチコ'], ['由美', 'ユミ'], ['真由美', 'マユミ'], ['久美子', 'クミコ'], ['愛', 'アイ'], ['千尋', 'チヒロ'], ['さくら', 'サクラ'],
  ['明美', 'アケミ'], ['洋子', 'ヨウコ'], ['節子', 'セツコ'], ['芽依', 'メイ'], ['彩', 'アヤ'], ['沙織', 'サオリ'],
]; // biome-ignore format: a table

/** 町名 of the two municipalities; common words, no place of this name in this combination exists. */
export const streets: Readonly<Record<string, readonly string[]>> = {
  '482013': ['本町', '栄町', '緑が丘', '旭台', '桜台', '中央', '若葉町', '港町', '東雲台', '西浜町'],
  '483028': ['大字中里', '大字上野原', '大字下沢', '大字見晴', '大字川端'],
};

/** Where people came from: prefecture and municipalities that do not exist. */
export const elsewhere = [
  '見本県いつでも町大字中里', '見本県どこでも市本町一丁目', '架空県みらい市青空町二丁目', '架空県ゆめの市一番町', '架空県ひかり町大字朝日',
  '例示県はるか市南通三丁目', '例示県そよかぜ村大字丘上',
] as const; // biome-ignore format: a list

const perTown = new Map<string, readonly string[]>();
/** Those of them that are not in the town itself. */
export function elsewhereFor(townName: string): readonly string[] {
  let places = perTown.get(townName);
  if (places === undefined) {
    places = elsewhere.filter((place) => !place.startsWith(townName));
    perTown.set(townName, places);
  }
  return places;
}

export const buildings = [
  'どこでもハイツ',
  'コーポみらい',
  'メゾン見本',
  'サンプルコート',
  'グリーンレジデンス',
] as const;

export const foreigners: readonly {
  readonly nationality: string;
  readonly names: readonly string[];
  readonly kanji?: readonly string[];
  readonly kana: readonly string[];
}[] = [
  {
    nationality: 'ベトナム',
    names: ['NGUYEN VAN AN', 'TRAN THI HOA', 'LE MINH TUAN'],
    kana: ['グエン　ヴァン　アン', 'チャン　ティ　ホア', 'レ　ミン　トゥアン'],
  },
  {
    nationality: '中国',
    names: ['WANG XIAOMING', 'LI NA', 'ZHANG WEI'],
    kanji: ['王小明', '李娜', '張偉'],
    kana: ['オウ　ショウメイ', 'リ　ナ', 'チョウ　イ'],
  },
  {
    nationality: 'フィリピン',
    names: ['SANTOS MARIA CRUZ', 'REYES JUAN DELA'],
    kana: ['サントス　マリア　クルス', 'レイエス　フアン　デラ'],
  },
  {
    nationality: 'ブラジル',
    names: ['SILVA PAULO HENRIQUE', 'OLIVEIRA ANA LUCIA'],
    kana: ['シルヴァ　パウロ　エンリケ', 'オリヴェイラ　アナ　ルシア'],
  },
  {
    nationality: '韓国',
    names: ['KIM MINSU', 'PARK JIYOUNG'],
    kanji: ['金民秀', '朴智英'],
    kana: ['キム　ミンス', 'パク　ジヨン'],
  },
];

export const statuses: readonly { readonly category: string; readonly status?: string; readonly period?: string }[] = [
  { category: '中長期在留者', status: '永住者', period: '無期限' },
  { category: '中長期在留者', status: '技術・人文知識・国際業務', period: '3年' },
  { category: '中長期在留者', status: '特定技能１号', period: '1年' },
  { category: '中長期在留者', status: '家族滞在', period: '3年' },
  { category: '特別永住者' },
];
