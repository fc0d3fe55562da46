/** What stands in each cell: only what was asked for, 「（省略）」 where it was not, 「－」 where there is nothing. */
import type {
  ForeignParticulars,
  JapaneseParticulars,
  RegisterText,
  ResidenceOptions,
  Resident,
} from '@dokodemo/domain';
import { noneText, omittedText, type PersonField } from './residence-form.ts';

const plain = (text: string): RegisterText => ({ text });
const omitted = plain(omittedText);
const none = plain(noneText);

function asked(isAsked: boolean, value: RegisterText | undefined): RegisterText {
  return isAsked ? (value ?? none) : omitted;
}

const sexes = { male: '男', female: '女', unknown: '（空欄）' } as const;

/** 個人番号 in groups of four, as it is read out. */
function grouped(number: string | undefined): RegisterText | undefined {
  return number === undefined ? undefined : plain(number.replace(/(\d{4})(?=\d)/g, '$1 '));
}

function joined(first: RegisterText, second: RegisterText | undefined): RegisterText {
  if (second === undefined) return first;
  return { text: `${first.text}　${second.text}`, glyphs: { ...first.glyphs, ...second.glyphs } };
}

type Values = Partial<Record<PersonField, RegisterText>>;

function japaneseValues(it: JapaneseParticulars, options: ResidenceOptions): Values {
  return {
    formerSurname: it.formerSurname ?? none,
    domicile: asked(options.domicile, it.registeredDomicile),
    familyHead: asked(options.domicile, it.headOfFamilyRegister),
  };
}

function foreignValues(it: ForeignParticulars, options: ResidenceOptions): Values {
  const text = (value: string | undefined) => (value === undefined ? undefined : plain(value));
  return {
    alias: it.alias ?? none,
    nationality: asked(options.nationality, plain(it.nationality)),
    category: asked(options.residenceStatus, plain(it.article30_45)),
    status: asked(options.residenceStatus, text(it.statusOfResidence)),
    period: asked(options.residenceStatus, text(it.periodOfStay)),
    expires: asked(options.residenceStatus, text(it.periodOfStayExpires?.text)),
    cardNumber: asked(options.residenceCardNumber, text(it.residenceCardNumber)),
    becameForeign: plain(it.becameForeignResident.text),
  };
}

export function personValues(resident: Resident, options: ResidenceOptions): Values {
  const { particulars } = resident;
  const nameInKanji = particulars.kind === 'foreign' ? particulars.nameInKanji : undefined;
  return {
    kana: resident.nameKana === undefined ? none : plain(resident.nameKana),
    name: joined(resident.name, nameInKanji),
    birth: plain(resident.birth.text),
    sex: plain(sexes[resident.sex]),
    relationship: asked(options.headAndRelationship, plain(resident.relationship)),
    becameResident: plain(resident.becameResident.text),
    settled: plain(resident.settledAtAddress.text),
    notified: plain(resident.notified.text),
    previousAddress: resident.previousAddress ?? none,
    individualNumber: asked(options.individualNumber, grouped(resident.individualNumber)),
    // 住民票コード is not given out at a machine.
    recordCode: omitted,
    remarks: resident.remarks.length === 0 ? none : plain(resident.remarks.join('　')),
    ...(particulars.kind === 'japanese' ? japaneseValues(particulars, options) : foreignValues(particulars, options)),
  };
}
