/** A few residents of a fictional town, small enough to read. */
import type { RegisterDate, ResidenceSnapshot, Resident, Restriction } from '@dokodemo/domain';

export const town = '482013';
export const otherTown = '483028';

export function date(iso: string, text?: string): RegisterDate {
  const year = Number(iso.slice(0, 4));
  const era = year >= 2019 ? ['令和', year - 2018] : year >= 1989 ? ['平成', year - 1988] : ['昭和', year - 1925];
  return { iso, text: text ?? `${era[0]}${era[1]}年${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日` };
}

export function japanese(addresseeNumber: string, name: string, more: Partial<Resident> = {}): Resident {
  return {
    addresseeNumber,
    name: { text: name },
    nameKana: 'ドコデモ',
    birth: date('1980-05-05'),
    sex: 'female',
    relationship: '世帯主',
    becameResident: date('2010-04-01'),
    settledAtAddress: date('2010-04-01'),
    notified: date('2010-04-02'),
    individualNumber: `9${addresseeNumber.padStart(11, '0')}`,
    remarks: [],
    particulars: {
      kind: 'japanese',
      registeredDomicile: { text: `見本県どこでも市本町${addresseeNumber}番地` },
      headOfFamilyRegister: { text: `筆頭${name}` },
    },
    standing: 'present',
    ...more,
  };
}

export function foreign(addresseeNumber: string, name: string, more: Partial<Resident> = {}): Resident {
  const { nameKana: _, ...base } = japanese(addresseeNumber, name);
  return {
    ...base,
    birth: date('1990-01-02', '1990年1月2日'),
    particulars: {
      kind: 'foreign',
      nationality: `国${addresseeNumber}`,
      article30_45: '中長期在留者',
      statusOfResidence: '永住者',
      periodOfStay: '無期限',
      residenceCardNumber: `AB${addresseeNumber.padStart(8, '0')}CD`,
      becameForeignResident: date('2015-07-01'),
    },
    ...more,
  };
}

/** Holder 101; 佐藤 with a child of ten, and a member from abroad. */
export function satoFamily(): ResidenceSnapshot['household'] {
  return {
    householdNumber: '5001',
    address: { text: '見本県どこでも市本町一丁目2番3号' },
    addressDetail: { text: 'どこでもハイツ101' },
    headName: { text: '佐藤 花子' },
    members: [
      japanese('101', '佐藤 花子'),
      foreign('102', 'SMITH JOHN', { relationship: '夫' }),
      japanese('103', '佐藤 一郎', { relationship: '子', birth: date('2016-08-01') }),
    ],
  };
}

export function suzukiAlone(): ResidenceSnapshot['household'] {
  return {
    householdNumber: '5002',
    address: { text: '見本県どこでも市港町4番5号' },
    headName: { text: '鈴木 次郎' },
    members: [japanese('201', '鈴木 次郎', { sex: 'male' })],
  };
}

export function restriction(on: Restriction['on'], more: Partial<Restriction> = {}): Restriction {
  return { restrictionId: 'r-1', on, reason: 'protection-measure', level: 'error', from: '2026-01-01', ...more };
}
