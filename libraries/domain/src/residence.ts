/**
 * What a municipality's resident record (住民基本台帳) says of a household, as far as a residence certificate
 * (住民票の写し) may print it. Plain data: this is the shape of the one immutable snapshot taken at PREPARE.
 *
 * Source of the fields: 住民基本台帳法 7条, 30条の45; 住民記録システム標準仕様書 1.1.1, 1.1.2, 5.1–5.8.
 */
import type { MunicipalityCode } from './municipality-code.ts';

/** A date as the register holds it. Registers hold dates that no calendar has (29 February of a common year) and
 *  dates nobody knows (昭和二十年月日不詳), so the text is what counts; `iso` is there only when it is a real day. */
export type RegisterDate = {
  /** As printed, Japanese era with full-width or Arabic digits settled by the form: 「昭和20年3月10日」「昭和20年月日不詳」. */
  readonly text: string;
  /** YYYY-MM-DD when the date is a day of the Gregorian calendar, else absent. */
  readonly iso?: string;
};

/** Text of a name or address: Unicode with IVS (Moji_Joho). `glyphs` names characters that have no code point: a
 *  private-use character in `text` → its MJ number ("MJ055353"), printed by glyph id. */
export type RegisterText = { readonly text: string; readonly glyphs?: Readonly<Record<string, string>> };

export type Sex = 'male' | 'female' | 'unknown';

/** 宛名番号: the municipality's own number of a person; never printed, never leaves issuer and registry. */
export type AddresseeNumber = string & { readonly __brand?: 'AddresseeNumber' };

export type JapaneseParticulars = {
  readonly kind: 'japanese';
  /** 本籍, e.g. 「見本県どこでも市本町一丁目1番地」. */
  readonly registeredDomicile: RegisterText;
  /** 筆頭者の氏名. */
  readonly headOfFamilyRegister: RegisterText;
  /** 旧氏 (former surname), when the resident had it entered. */
  readonly formerSurname?: RegisterText;
};

export type ForeignParticulars = {
  readonly kind: 'foreign';
  /** 氏名 in kanji, when the residence card carries it; `name` then holds the Latin letters. */
  readonly nameInKanji?: RegisterText;
  /** 通称. */
  readonly alias?: RegisterText;
  /** 国籍・地域. */
  readonly nationality: string;
  /** 30条の45に規定する区分: 「中長期在留者」「特別永住者」「一時庇護許可者」「仮滞在許可者」「出生による経過滞在者」「国籍喪失による経過滞在者」. */
  readonly article30_45: string;
  /** 在留資格, 在留期間, 在留期間の満了の日 (西暦), 在留カード等の番号; absent where the category has none. */
  readonly statusOfResidence?: string;
  readonly periodOfStay?: string;
  readonly periodOfStayExpires?: RegisterDate;
  readonly residenceCardNumber?: string;
  /** 外国人住民となった年月日. */
  readonly becameForeignResident: RegisterDate;
};

export type Resident = {
  readonly addresseeNumber: AddresseeNumber;
  readonly name: RegisterText;
  /** 氏名のフリガナ (katakana), legal item since 2025-05-26; absent while not confirmed. */
  readonly nameKana?: string;
  /** Era text for Japanese, 西暦 text for foreign residents (住民記録標準仕様書 1.1.9). */
  readonly birth: RegisterDate;
  readonly sex: Sex;
  /** 続柄: up to four links joined by の: 「世帯主」「妻」「子」「子の子の子の子」「縁故者」「同居人」「子（子の妻）」. */
  readonly relationship: string;
  /** 住民となった年月日. */
  readonly becameResident: RegisterDate;
  /** 住所を定めた年月日. */
  readonly settledAtAddress: RegisterDate;
  /** 届出年月日 (of the address). */
  readonly notified: RegisterDate;
  /** 転入前住所; absent for those born here. */
  readonly previousAddress?: RegisterText;
  /** 個人番号, 12 digits. */
  readonly individualNumber?: string;
  /** 備考 / 統合記載欄 lines. */
  readonly remarks: readonly string[];
  readonly particulars: JapaneseParticulars | ForeignParticulars;
  /** 'present' only is printed. 'dead' and 'moved-out' are removed (消除); 'provisional' is 仮登録 (not yet approved). */
  readonly standing: 'present' | 'dead' | 'moved-out' | 'provisional';
  /** Set when a move out is notified and not yet done (転出予定). */
  readonly movingOutOn?: RegisterDate;
};

export type Household = {
  readonly householdNumber: string;
  readonly address: RegisterText;
  /** 方書 is part of the address text on paper; kept apart because forms may shrink it on its own. */
  readonly addressDetail?: RegisterText;
  /** 世帯主の氏名; absent where none is set (世帯主未設定). */
  readonly headName?: RegisterText;
  /** In the order of the standard (5.2): 世帯主, 配偶者, 子 … ties by 宛名番号. */
  readonly members: readonly Resident[];
};

/** 抑止: why something may not be issued. The reason never travels further than the issuer's own log. */
export type Restriction = {
  readonly restrictionId: string;
  readonly on: { readonly addresseeNumber: AddresseeNumber } | { readonly householdNumber: string };
  readonly reason:
    | 'protection-measure'
    | 'provisional-protection'
    | 'court-order'
    | 'guardianship'
    | 'change-in-progress'
    | 'other';
  readonly level: 'error' | 'alert';
  /** ISO days. The end date does not end a restriction by itself (住民記録標準仕様書 3.1). */
  readonly from: string;
  readonly until?: string;
};

/** One reading of the register, all rows from the same instant of the same database transaction. */
export type ResidenceSnapshot = {
  readonly municipality: MunicipalityCode;
  /** When the rows were read, by the register's own clock (ISO 8601 with offset). */
  readonly asOf: string;
  readonly holder: AddresseeNumber;
  readonly household: Household;
  /** Those in force now on the holder, any member, or the household. */
  readonly restrictions: readonly Restriction[];
  /** Version of each row used, by row key, so that an auditor can find the same state again. */
  readonly versions: Readonly<Record<string, number>>;
};

/** What the resident asked to see on a residence certificate. Everything is omitted unless asked for. */
export type ResidenceOptions = {
  /** 全員, 一部 (with `members`), 本人. */
  readonly scope: 'all' | 'some' | 'holder';
  /** 世帯主・続柄. */
  readonly headAndRelationship: boolean;
  /** 本籍・筆頭者. */
  readonly domicile: boolean;
  /** 個人番号. */
  readonly individualNumber: boolean;
  /** 国籍・地域. */
  readonly nationality: boolean;
  /** 30条の45区分, 在留資格, 在留期間, 満了の日. */
  readonly residenceStatus: boolean;
  /** 在留カード等の番号. */
  readonly residenceCardNumber: boolean;
};
