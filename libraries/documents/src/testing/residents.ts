import type { RegisterText, ResidenceOptions, ResidenceSnapshot, Resident } from '@dokodemo/domain';
import type { DocumentFrame } from '../form/filling.ts';
import type { FormEngine } from '../form-engine.ts';

const text = (it: string): RegisterText => ({ text: it });

export const everything: ResidenceOptions = {
  scope: 'all',
  headAndRelationship: true,
  domicile: true,
  individualNumber: true,
  nationality: true,
  residenceStatus: true,
  residenceCardNumber: true,
};
export const nothingExtra: ResidenceOptions = {
  scope: 'all',
  headAndRelationship: false,
  domicile: false,
  individualNumber: false,
  nationality: false,
  residenceStatus: false,
  residenceCardNumber: false,
};

export function japanese(
  number: string,
  name: string,
  change: Partial<Resident> & { glyphs?: Record<string, string> } = {},
): Resident {
  const { glyphs, ...rest } = change;
  return {
    addresseeNumber: number,
    name: glyphs === undefined ? text(name) : { text: name, glyphs },
    nameKana: 'ミホン　タロウ',
    birth: { text: '昭和55年4月12日', iso: '1980-04-12' },
    sex: 'male',
    relationship: '子',
    becameResident: { text: '平成18年6月1日', iso: '2006-06-01' },
    settledAtAddress: { text: '令和2年3月28日', iso: '2020-03-28' },
    notified: { text: '令和2年3月30日', iso: '2020-03-30' },
    previousAddress: text('見本県いつでも町大字中里1234番地5'),
    individualNumber: '379474484458',
    remarks: [],
    particulars: {
      kind: 'japanese',
      registeredDomicile: text('見本県どこでも市本町一丁目1番地'),
      headOfFamilyRegister: text('見本　太郎'),
    },
    standing: 'present',
    ...rest,
  };
}

export function vietnamese(number: string): Resident {
  const { previousAddress: _, ...base } = japanese(number, 'NGUYEN VAN MIHON');
  return {
    ...base,
    birth: { text: '1990年5月3日', iso: '1990-05-03' },
    relationship: '縁故者',
    particulars: {
      kind: 'foreign',
      nameInKanji: text('阮文見本'),
      alias: text('見本　健太'),
      nationality: 'ベトナム',
      article30_45: '中長期在留者',
      statusOfResidence: '技術・人文知識・国際業務',
      periodOfStay: '3年',
      periodOfStayExpires: { text: '2027年3月31日', iso: '2027-03-31' },
      residenceCardNumber: 'AB12345678CD',
      becameForeignResident: { text: '令和3年4月1日', iso: '2021-04-01' },
    },
  };
}

/** IVS, characters beyond the basic plane, a glyph without a code point, a day that nobody knows, another alphabet. */
export const hardMembers: readonly Resident[] = [
  japanese('A1', '渡邉\u{E010F}　一郎', { relationship: '世帯主', remarks: ['昭和64年1月7日　職権により記載'] }),
  japanese('A2', '𠮷田　﨑子', { relationship: '妻', sex: 'female' }),
  japanese('A3', '葛\u{E0100}城　髙\u{E000}', {
    relationship: '子の子の子の子',
    birth: { text: '昭和20年月日不詳' },
    glyphs: { '\u{E000}': 'MJ055353' },
  }),
  vietnamese('A4'),
];

export function household(size: number): readonly Resident[] {
  return Array.from({ length: size }, (_, i) =>
    japanese(`A${i + 1}`, `見本　${'一二三四五六七八九十'[i % 10]}郎`, { relationship: i === 0 ? '世帯主' : '子' }),
  );
}

export function snapshotOf(
  members: readonly Resident[],
  change: Partial<ResidenceSnapshot['household']> = {},
): ResidenceSnapshot {
  return {
    municipality: '482013',
    asOf: '2026-11-23T10:00:00.000+09:00',
    holder: members[0]?.addresseeNumber ?? '',
    household: {
      householdNumber: '1',
      address: text('見本県どこでも市本町一丁目2番3号'),
      headName: members[0]?.name ?? text(''),
      members,
      ...change,
    },
    restrictions: [],
    versions: {},
  };
}

export function frameOf(engine: FormEngine): DocumentFrame {
  return {
    municipality: '482013',
    municipalityName: '見本県どこでも市',
    documentNumber: '20261123-482013-0000001',
    issuedOn: '2026-11-23',
    issuedAt: '2026-11-23T10:00:00.000+09:00',
    certifier: { title: '見本県どこでも市長', name: text('見本　一郎'), seal: engine.drawSeal('どこでも市長之印', 22) },
    specimen: true,
  };
}
