/**
 * 戸籍の附票: where the people of a family register have lived while in it (住民基本台帳法 17条), as far as 戸籍の附票の写し may
 * print it. Since 2022-01-11 with birth and sex, which those removed before that day do not have; 本籍・筆頭者 and
 * 在外選挙人名簿 are left out unless asked for (17条, 20条). With 本籍 shown the paper lists given names only.
 */
import type { SnapshotFrame } from './register-snapshot.ts';
import type { AddresseeNumber, RegisterDate, RegisterText, Sex } from './residence.ts';

export type AddressEntry = {
  readonly address: RegisterText;
  /** 方書. */
  readonly addressDetail?: RegisterText;
  /** 住所を定めた年月日. */
  readonly settled: RegisterDate;
};

export type RegisterHistoryPerson = {
  /** The same number as in the family register. */
  readonly personNumber: number;
  /** 宛名番号 here, for those who have one; never printed. */
  readonly addresseeNumber?: AddresseeNumber;
  readonly givenName: RegisterText;
  /** Absent for those removed before 2022-01-11. */
  readonly birth?: RegisterDate;
  readonly sex?: Sex;
  /** From the oldest on. */
  readonly addresses: readonly AddressEntry[];
  /** 在外選挙人名簿 (or 在外投票人名簿) に登録された市区町村名. */
  readonly overseasVotersListOf?: string;
  /** 附票から除かれた: the day. */
  readonly removedOn?: RegisterDate;
};

export type RegisterHistory = {
  readonly familyRegisterId: string;
  readonly registeredDomicile: RegisterText;
  /** 氏 of all, and 名 of the head (筆頭者). */
  readonly surname: RegisterText;
  readonly headGivenName: RegisterText;
  /** 附票の作成 (or 改製) 年月日: addresses before it are in an older sheet. */
  readonly madeOn: RegisterDate;
  readonly persons: readonly RegisterHistoryPerson[];
  /** As of the family register: a notification is not recorded yet. */
  readonly processing: boolean;
};

export type RegisterHistorySnapshot = SnapshotFrame & {
  /** Absent when the holder's family register is kept elsewhere. */
  readonly history?: RegisterHistory;
  readonly holderPersonNumber?: number;
};

/** What the resident asked to see on a 附票. Everything is omitted unless asked for. */
export type RegisterHistoryOptions = {
  /** 全員, 一部 (with `persons`), 本人. */
  readonly scope: 'all' | 'some' | 'holder';
  /** 本籍・筆頭者. */
  readonly domicile: boolean;
  /** 在外選挙人名簿. */
  readonly overseasVoter: boolean;
};

/** From this day on a 附票 holds birth and sex (住民基本台帳法 改正, 令和4年1月11日施行). */
export const birthAndSexSince = '2022-01-11';
