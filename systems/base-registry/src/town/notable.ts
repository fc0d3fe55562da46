/** The residents that the demo names: each shows one thing. Everybody's card has the PIN 1234. */
import { cityHouseholds, townHouseholds } from './notable-households.ts';
import type { NewNumbers, TownPlan } from './plan.ts';
import type { TownHousehold } from './town.ts';

export type DemoResident = {
  /** `--card taro` */
  readonly key: string;
  readonly municipality: '482013' | '483028';
  readonly label: string;
  /** What this card shows. */
  readonly note: string;
};

export const demoResidents: readonly DemoResident[] = [
  { key: 'taro', municipality: '482013', label: '見本 太郎', note: '4人家族。すべて発行できます' },
  { key: 'hanako', municipality: '482013', label: '見本 花子', note: '太郎の妻。同じ世帯です' },
  { key: 'nguyen', municipality: '482013', label: 'グエン 見本', note: '外国人住民。通称があります' },
  { key: 'watanabe', municipality: '482013', label: '渡邉\u{E010F} 見本', note: '異体字と外字の氏名' },
  { key: 'big', municipality: '482013', label: '大家 見本', note: '12人世帯。3枚になります' },
  { key: 'protected', municipality: '482013', label: '守田 見本', note: '支援措置。発行できません' },
  { key: 'child', municipality: '482013', label: '若木 見本', note: '14歳。発行できません' },
  { key: 'mover', municipality: '482013', label: '移川 見本', note: '転出予定。発行できません' },
  { key: 'moved', municipality: '482013', label: '去田 見本', note: '転出済み。住民ではありません' },
  { key: 'overflow', municipality: '482013', label: '長井 見本', note: '氏名が長く、印刷できません' },
  { key: 'gaiji', municipality: '482013', label: '葛\u{E0102}城 見本', note: '印刷できない字形があります' },
  { key: 'sealless', municipality: '482013', label: '印南 見本', note: '印鑑登録も、所得の申告もありません' },
  { key: 'sealgone', municipality: '482013', label: '廃田 見本', note: '印鑑登録を廃止しました' },
  { key: 'landowner', municipality: '482013', label: '土屋 見本', note: '土地6筆、家屋2棟。8年度分あります' },
  { key: 'undeclared', municipality: '482013', label: '扶川 見本', note: '未申告の被扶養者。金額は＊になります' },
  { key: 'newcomer', municipality: '482013', label: '新井 見本', note: '1月2日以降の転入。本籍は他の県です' },
  { key: 'newlywed', municipality: '482013', label: '結城 見本', note: '戸籍の届出を処理中です' },
  { key: 'koseki12', municipality: '482013', label: '多田 見本', note: '戸籍が12枚。除籍の方もいます' },
  { key: 'miharu', municipality: '482013', label: '見晴 見本', note: 'どこでも市の住民。本籍はいつでも町です' },
  { key: 'machi', municipality: '483028', label: '町田 見本', note: 'いつでも町の住民。本籍はどこでも市です' },
];

/** The households of the demo's named residents, and where to find them. */
export function notableHouseholds(
  plan: TownPlan,
  numbers: NewNumbers,
): {
  readonly households: readonly TownHousehold[];
  readonly byKey: Readonly<Record<string, TownHousehold>>;
  readonly named: Readonly<Record<string, string>>;
} {
  const isCity = plan.municipality === '482013';
  const households = isCity ? cityHouseholds(plan, numbers) : townHouseholds(plan, numbers);
  const named = Object.fromEntries(
    Object.entries(households).map(([key, { household }]) => [key, household.members[0]?.addresseeNumber ?? '']),
  );
  const second = (key: string) => households[key]?.household.members[1]?.addresseeNumber ?? '';
  // Their cards are those of the second in the household.
  if (isCity) Object.assign(named, { hanako: second('taro'), undeclared: second('undeclared') });
  return { households: Object.values(households), byKey: households, named };
}
