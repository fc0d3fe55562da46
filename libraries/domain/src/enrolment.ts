/**
 * 利用登録: somebody whose family register is kept in another municipality than the one they live in applies once; that
 * municipality's staff compare the claim with the family register; from then on the certificate's serial number is known
 * there, and 戸籍 and 附票 can be taken. It ends with the certificate (a renewed one has another serial number).
 */
import type { AddresseeNumber, RegisterDate, RegisterText } from './residence.ts';

export type EnrolmentState = 'applied' | 'approved' | 'rejected' | 'ended';

/** What the applicant says; staff compare it with the family register. */
export type EnrolmentClaim = {
  readonly name: RegisterText;
  readonly birth: RegisterDate;
  readonly registeredDomicile: RegisterText;
  /** 筆頭者の氏名. */
  readonly headOfFamilyRegister: RegisterText;
};

export type Enrolment = {
  /** UUID v7, made by who takes the application: the same one twice is one application. */
  readonly enrolmentId: string;
  /** Of the user-authentication certificate, lower-case hex. */
  readonly serialHex: string;
  /** The municipality whose issuer took the application (where the applicant lives). */
  readonly from: string;
  readonly claim: EnrolmentClaim;
  readonly state: EnrolmentState;
  /** ISO 8601 with offset: when the state was reached. */
  readonly at: string;
  /** Whom staff found it to be; there once approved. */
  readonly person?: { readonly addresseeNumber: AddresseeNumber; readonly familyRegisterId: string };
};

/** Every allowed change of state. An end is final: who was rejected applies again, as another application. */
export const enrolmentSteps: Readonly<Record<EnrolmentState, readonly EnrolmentState[]>> = Object.freeze({
  applied: ['approved', 'rejected', 'ended'],
  approved: ['ended'],
  rejected: [],
  ended: [],
});

export function mayBecome(from: EnrolmentState, to: EnrolmentState): boolean {
  return enrolmentSteps[from].includes(to);
}
