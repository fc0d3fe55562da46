/**
 * 戸籍 (computerised, 戸籍法 118条), as far as 戸籍全部事項証明書 and 戸籍個人事項証明書 may print it. What is recorded: 戸籍法
 * 13条, 戸籍法施行規則 30–39条; its layout: 規則 附録第24号様式; 氏名の振り仮名: 戸籍法 13条 since 2025-05-26. A register is
 * kept where its 本籍 is, which need not be where its people live.
 */
import type { SnapshotFrame } from './register-snapshot.ts';
import type { AddresseeNumber, RegisterDate, RegisterText } from './residence.ts';

/** One line of an entry: 【出生日】平成２２年５月５日 is `{ label: '出生日', value: { text: '平成２２年５月５日' } }`. */
export type FamilyRegisterField = { readonly label: string; readonly value: RegisterText };

/** 戸籍事項 and 身分事項: a title (「戸籍編製」「戸籍改製」「転籍」; 「出生」「婚姻」「離婚」「死亡」「養子縁組」「認知」「入籍」「除籍」「分籍」
 *  「更正」「消除」…) and its lines in the order of the register. Dates and numbers are as recorded, in full-width digits. 従前戸籍
 *  and 新本籍 are lines of the entry that brought a person in or out. */
export type FamilyRegisterEntry = { readonly title: string; readonly fields: readonly FamilyRegisterField[] };

export type FamilyRegisterPerson = {
  /** Place in the register from 1 on; stays when somebody before is removed. */
  readonly personNumber: number;
  /** 宛名番号 here, for those who have one (residents, former residents, those enrolled); never printed. */
  readonly addresseeNumber?: AddresseeNumber;
  /** 【名】, without the surname: that is the head's. */
  readonly givenName: RegisterText;
  /** 【名の振り仮名】, katakana. */
  readonly givenNameKana?: string;
  /** 【生年月日】. */
  readonly birth: RegisterDate;
  /** 【配偶者区分】, while married. */
  readonly spouse?: '夫' | '妻';
  /** 【父】【母】, with surname; absent where there is none on record. */
  readonly father?: RegisterText;
  readonly mother?: RegisterText;
  /** 【続柄】 towards father and mother: 「長男」「二女」. */
  readonly relationship: string;
  /** 【養父】【養母】【続柄】 「養子」「養女」. */
  readonly adoptiveFather?: RegisterText;
  readonly adoptiveMother?: RegisterText;
  readonly adoptiveRelationship?: '養子' | '養女';
  /** The mark 除籍: no longer of this register (death, marriage, divorce, own register). Still on the paper. */
  readonly removed: boolean;
  /** 身分事項, in order. */
  readonly entries: readonly FamilyRegisterEntry[];
};

export type FamilyRegister = {
  readonly familyRegisterId: string;
  /** 本籍. */
  readonly registeredDomicile: RegisterText;
  /** 【氏名】 of the head (筆頭者), surname and given name apart, as registers hold them. The head stays the head when
   *  removed. */
  readonly surname: RegisterText;
  /** 【氏の振り仮名】, katakana. */
  readonly surnameKana?: string;
  readonly headGivenName: RegisterText;
  /** 戸籍事項, in order. */
  readonly entries: readonly FamilyRegisterEntry[];
  /** In the order of the register. */
  readonly persons: readonly FamilyRegisterPerson[];
  /** A notification (届出) has come in and is not recorded yet: nothing is certified until it is (KOSEKI_PROCESSING). */
  readonly processing: boolean;
};

export type FamilyRegisterSnapshot = SnapshotFrame & {
  /** The register that the holder is in now (not removed from); absent when it is kept elsewhere (KOSEKI_NOT_HERE). */
  readonly familyRegister?: FamilyRegister;
  /** The holder's `personNumber` in it. */
  readonly holderPersonNumber?: number;
};

/** 「見本　太郎」 from surname and given name, with the glyphs of both. */
export function wholeName(surname: RegisterText, givenName: RegisterText): RegisterText {
  const glyphs = { ...surname.glyphs, ...givenName.glyphs };
  const text = `${surname.text}　${givenName.text}`;
  return Object.keys(glyphs).length === 0 ? { text } : { text, glyphs };
}
