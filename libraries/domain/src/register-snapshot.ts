/**
 * What stands around every reading of a municipality's registers, whatever the register: the same frame as that of the
 * residence record, and the holder as the resident register has them at the same instant. The resident register's
 * restrictions hold for every kind of certificate (住民記録システム標準仕様書 3.1: 発行抑止 is set for the person, not for
 * one paper).
 */
import type { MunicipalityCode } from './municipality-code.ts';
import type { AddresseeNumber, RegisterDate, RegisterText, Resident, Restriction, Sex } from './residence.ts';

export type SnapshotFrame = {
  readonly municipality: MunicipalityCode;
  /** When the rows were read, by the register's own clock (ISO 8601 with offset). */
  readonly asOf: string;
  readonly holder: AddresseeNumber;
  /** Those in force now on the holder, the holder's household, or anybody whom this snapshot could print. */
  readonly restrictions: readonly Restriction[];
  /** Version of each row used, by row key, so that an auditor can find the same state again. */
  readonly versions: Readonly<Record<string, number>>;
  /** Absent when the holder does not live here and never did (a family register may be kept for somebody elsewhere). */
  readonly resident?: HolderRecord;
};

/** The holder in the resident register (住民票): for the rules (standing, age), and for papers that print the present
 *  name and address. */
export type HolderRecord = {
  readonly standing: Resident['standing'];
  readonly movingOutOn?: RegisterDate;
  readonly becameResident: RegisterDate;
  readonly name: RegisterText;
  readonly nameKana?: string;
  /** 旧氏, for Japanese who had it entered. */
  readonly formerSurname?: RegisterText;
  /** 氏名 in kanji and 通称, for foreign residents. */
  readonly nameInKanji?: RegisterText;
  readonly alias?: RegisterText;
  readonly isForeign: boolean;
  readonly birth: RegisterDate;
  readonly sex: Sex;
  readonly householdNumber: string;
  readonly address: RegisterText;
  /** 方書. */
  readonly addressDetail?: RegisterText;
};
