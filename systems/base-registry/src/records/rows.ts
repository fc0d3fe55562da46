/** The rows of the registers behind the other certificates, as a store keeps them, and what staff change in them. */
import type {
  AddresseeNumber,
  Enrolment,
  FamilyRegister,
  FamilyRegisterPerson,
  RegisterDate,
  RegisterHistoryPerson,
  ResidentTax,
  SealCancellation,
  SealImpression,
  TaxPayment,
} from '@dokodemo/domain';
import type { SealCut } from './seal-cutting.ts';
import type { StoredYear } from './tax-roll.ts';

/** A registration stays in the register when it is cancelled, with its impression; a snapshot then shows none. */
export type StoredSeal = {
  readonly addresseeNumber: AddresseeNumber;
  readonly registrationNumber: string;
  readonly registeredOn: RegisterDate;
  readonly nameInKatakana?: string;
  readonly impression: SealImpression | SealCut;
  readonly cancelled?: { readonly on: RegisterDate; readonly reason: SealCancellation };
};

export type StoredTaxYear = { readonly addresseeNumber: AddresseeNumber; readonly year: StoredYear };

/** 附票 of one person: the family register has the name and the number. */
export type StoredHistory = Omit<RegisterHistoryPerson, 'personNumber' | 'addresseeNumber' | 'givenName'>;

export type StoredFamilyPerson = { readonly person: FamilyRegisterPerson; readonly history: StoredHistory };

export type StoredFamilyRegister = {
  readonly register: Omit<FamilyRegister, 'persons' | 'processing'>;
  readonly processing: boolean;
  /** 附票の作成年月日. */
  readonly historyMadeOn: RegisterDate;
  readonly persons: readonly StoredFamilyPerson[];
};

/** All of a town beside its households, made anew at every call so that nobody has to hold all of it at once.
 *  Registrations of one person come in the order in which they were made. */
export type TownRecords = {
  seals(): Iterable<StoredSeal>;
  taxYears(): Iterable<StoredTaxYear>;
  familyRegisters(): Iterable<StoredFamilyRegister>;
};

/** What staff change in these registers. Each is one transaction with one line in the change log. */
export type RecordChange =
  | {
      /** False: not a present resident, a seal is in force, the number is taken, or the impression is faulty. */
      readonly kind: 'register-seal';
      readonly addresseeNumber: AddresseeNumber;
      readonly registrationNumber: string;
      readonly registeredOn: RegisterDate;
      readonly impression: SealImpression;
      readonly nameInKatakana?: string;
    }
  | {
      readonly kind: 'cancel-seal';
      readonly addresseeNumber: AddresseeNumber;
      readonly on: RegisterDate;
      readonly reason: SealCancellation;
    }
  | {
      /** False: no such year, not resident on its 1 January, or amounts that do not add up. */
      readonly kind: 'declare-tax';
      readonly addresseeNumber: AddresseeNumber;
      readonly fiscalYear: number;
      readonly residentTax: ResidentTax;
      /** In place of what stood for the resident's tax. */
      readonly payment?: TaxPayment;
    }
  | {
      readonly kind: 'set-family-register-processing';
      readonly familyRegisterId: string;
      readonly processing: boolean;
    }
  | ({
      /** False: an application with this certificate is open or approved. */
      readonly kind: 'apply-for-enrolment';
    } & Pick<Enrolment, 'enrolmentId' | 'serialHex' | 'from' | 'claim'>)
  | {
      /** False: not open, or nobody of this number is in a family register here. */
      readonly kind: 'approve-enrolment';
      readonly enrolmentId: string;
      readonly addresseeNumber: AddresseeNumber;
    }
  | { readonly kind: 'reject-enrolment'; readonly enrolmentId: string }
  | { readonly kind: 'end-enrolment'; readonly enrolmentId: string };

/** What a change is about, for the log. */
export function recordKeyOf(change: RecordChange): string {
  switch (change.kind) {
    case 'register-seal':
      return change.registrationNumber;
    case 'cancel-seal':
      return change.addresseeNumber;
    case 'declare-tax':
      return `${change.addresseeNumber}/${change.fiscalYear}`;
    case 'set-family-register-processing':
      return change.familyRegisterId;
    case 'apply-for-enrolment':
    case 'approve-enrolment':
    case 'reject-enrolment':
    case 'end-enrolment':
      return change.enrolmentId;
  }
}
