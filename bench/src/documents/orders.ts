/** Residence certificates of four people each, every one with other names and variants: from a seed, always the same. */
import type { DocumentFrame, FormEngine, ResidenceOrder } from '@dokodemo/documents';
import { municipalityCode, type RegisterText, type Resident } from '@dokodemo/domain';

const surnames = [
  '渡邉\u{E010F}',
  '渡邉\u{E0112}',
  '齋\u{E0103}藤',
  '葛\u{E0102}西',
  '辻\u{E0102}村',
  '𠮷田',
  '髙橋',
  '山﨑',
  '芦\u{E0105}屋',
  '邊\u{E0109}見',
];
const givenNames = [
  '太郎',
  '花子',
  '龍\u{E0103}之介',
  '祐希',
  '美咲',
  '健一',
  '沙織',
  '翔太',
  '陽菜',
  '蓮',
  '結衣',
  '悠真',
  '葵',
  '大輔',
  '千尋',
  '誠',
];
const towns = ['本町', '桜木町', '緑ヶ丘', '旭町', '港南', '泉', '若葉台', '大字中里', '春日', '錦町'];
const relationships = ['世帯主', '妻', '子', '子'];

/** mulberry32. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const everything = {
  scope: 'all',
  headAndRelationship: true,
  domicile: true,
  individualNumber: true,
  nationality: true,
  residenceStatus: true,
  residenceCardNumber: true,
} as const;

export function frameOf(engine: Pick<FormEngine, 'drawSeal'>): DocumentFrame {
  return {
    municipality: municipalityCode('482013'),
    municipalityName: '見本県どこでも市',
    documentNumber: '20261123-482013-0000001',
    issuedOn: '2026-11-23',
    issuedAt: '2026-11-23T10:00:00.000+09:00',
    certifier: {
      title: '見本県どこでも市長',
      name: { text: '見本　一郎' },
      seal: engine.drawSeal('どこでも市長之印', 22),
    },
    specimen: true,
  };
}

/** The `i`th order. */
export function orderOf(i: number, frame: DocumentFrame): ResidenceOrder {
  const chance = chanceOf(i + 1);
  const below = (count: number) => Math.floor(chance() * count);
  const one = (from: readonly string[]) => from[below(from.length)] ?? '';
  const text = (it: string): RegisterText => ({ text: it });
  const address = () => `見本県どこでも市${one(towns)}${1 + below(9)}丁目${1 + below(40)}番${1 + below(30)}号`;
  const surname = one(surnames);
  const home = text(address());
  const domicile = text(`見本県いつでも町${one(towns)}${100 + below(900)}番地`);
  const members = relationships.map((relationship, k): Resident => {
    const date = () => `平成${1 + below(30)}年${1 + below(12)}月${1 + below(28)}日`;
    return {
      addresseeNumber: String(k + 1),
      name: text(`${surname}　${one(givenNames)}`),
      nameKana: 'ミホン　タロウ',
      birth: { text: date() },
      sex: chance() < 0.5 ? 'male' : 'female',
      relationship,
      becameResident: { text: date() },
      settledAtAddress: { text: date() },
      notified: { text: date() },
      previousAddress: text(address()),
      individualNumber: String(100_000_000_000 + below(899_999_999_999)),
      remarks: [],
      particulars: { kind: 'japanese', registeredDomicile: domicile, headOfFamilyRegister: text(`${surname}　一郎`) },
      standing: 'present',
    };
  });
  return {
    snapshot: {
      municipality: frame.municipality,
      asOf: frame.issuedAt,
      holder: '1',
      household: { householdNumber: '1', address: home, headName: members[0]?.name ?? text(''), members },
      restrictions: [],
      versions: {},
    },
    options: everything,
    memberNumbers: members.map(({ addresseeNumber }) => addresseeNumber),
    frame: { ...frame, documentNumber: `20261123-482013-${String(i + 1).padStart(7, '0')}` },
  };
}
