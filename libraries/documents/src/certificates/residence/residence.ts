/** 住民票の写し and 住民票記載事項証明書 from one snapshot of the register. */
import type {
  AddresseeNumber,
  ForeignParticulars,
  JapaneseParticulars,
  RegisterText,
  ResidenceOptions,
  ResidenceSnapshot,
  Resident,
} from '@dokodemo/domain';
import type { DocumentFrame, Filling } from '../../form/filling.ts';
import { joinTexts } from '../../form/words.ts';
import { present, wholeAddress } from '../holder.ts';

export type ResidenceOrder = {
  readonly snapshot: ResidenceSnapshot;
  readonly options: ResidenceOptions;
  /** Who is shown, in order. */
  readonly memberNumbers: readonly AddresseeNumber[];
  readonly frame: DocumentFrame;
};

export const sexes = { male: '男', female: '女', unknown: '（空欄）' } as const;

/** 個人番号 in groups of four, as it is read out. */
function grouped(number: string | undefined): string | undefined {
  return number?.replace(/(\d{4})(?=\d)/g, '$1 ');
}

function japaneseValues(it: JapaneseParticulars) {
  return {
    formerSurname: it.formerSurname,
    domicile: it.registeredDomicile,
    familyHead: it.headOfFamilyRegister,
  };
}

function foreignValues(it: ForeignParticulars) {
  return {
    alias: it.alias,
    nationality: it.nationality,
    category: it.article30_45,
    status: it.statusOfResidence,
    period: it.periodOfStay,
    expires: it.periodOfStayExpires?.text,
    cardNumber: it.residenceCardNumber,
    becameForeign: it.becameForeignResident.text,
  };
}

function nameOf({ name, particulars }: Resident): RegisterText {
  const inKanji = particulars.kind === 'foreign' ? particulars.nameInKanji : undefined;
  return inKanji === undefined ? name : joinTexts([name, inKanji], '　');
}

function entryOf(resident: Resident, number: number): Filling {
  const { particulars } = resident;
  const own = particulars.kind === 'japanese' ? japaneseValues(particulars) : foreignValues(particulars);
  return {
    block: particulars.kind,
    values: present({
      number: String(number),
      kana: resident.nameKana,
      name: nameOf(resident),
      birth: resident.birth.text,
      sex: sexes[resident.sex],
      relationship: resident.relationship,
      // A foreign resident's block has the day of becoming one in its place.
      becameResident: particulars.kind === 'japanese' ? resident.becameResident.text : undefined,
      settled: resident.settledAtAddress.text,
      notified: resident.notified.text,
      previousAddress: resident.previousAddress,
      individualNumber: grouped(resident.individualNumber),
      remarks: resident.remarks.length === 0 ? undefined : resident.remarks,
      ...own,
    }),
  };
}

/** A word for the operator when somebody to be shown is not in the snapshot, or nobody is to be shown. */
export function residenceFilling({ snapshot, options, memberNumbers }: ResidenceOrder): Filling | string {
  const { members, address, addressDetail, headName } = snapshot.household;
  const byNumber = new Map(members.map((member) => [member.addresseeNumber, member]));
  const shown = memberNumbers.map((number) => byNumber.get(number));
  if (shown.length === 0 || shown.includes(undefined)) return 'a member is not in the snapshot';
  const everybody = members.filter(({ standing }) => standing === 'present').length === shown.length;
  const { scope: _, ...asked } = options;
  return {
    values: present({
      address: wholeAddress(address, addressDetail),
      head: headName,
    }),
    flags: { ...asked, everybody },
    lists: { persons: (shown as Resident[]).map((resident, i) => entryOf(resident, i + 1)) },
  };
}
