/** Where a register is kept. PostgreSQL for a town, memory for the simulator; one set of tests for both. */
import type {
  AddresseeNumber,
  Enrolment,
  FamilyRegisterSnapshot,
  RegisterHistorySnapshot,
  ResidenceSnapshot,
  Resident,
  Restriction,
  SealRegistrationSnapshot,
  TaxSnapshot,
} from '@dokodemo/domain';
import { type RecordChange, recordKeyOf } from '../records/rows.ts';
import type { FamilyRows } from '../records/snapshots.ts';
import type { Town } from '../town/town.ts';

/** What staff change in the resident register. Each is one transaction with one line in the change log. */
export type RegisterChange =
  | { readonly kind: 'set-restriction'; readonly restriction: Restriction }
  | { readonly kind: 'clear-restriction'; readonly restrictionId: string }
  | { readonly kind: 'assign-credential'; readonly addresseeNumber: AddresseeNumber; readonly serialHex: string }
  | { readonly kind: 'revoke-credential'; readonly serialHex: string }
  | {
      readonly kind: 'amend-resident';
      readonly addresseeNumber: AddresseeNumber;
      readonly amendment: Partial<Omit<Resident, 'addresseeNumber'>>;
    };

export type AnyChange = RegisterChange | RecordChange;

const recordChanges: ReadonlySet<string> = new Set<RecordChange['kind']>([
  'register-seal',
  'cancel-seal',
  'declare-tax',
  'set-family-register-processing',
  'apply-for-enrolment',
  'approve-enrolment',
  'reject-enrolment',
  'end-enrolment',
]);

export function isRecordChange(change: AnyChange): change is RecordChange {
  return recordChanges.has(change.kind);
}

/** A change that came over the wire: the id its sender gave it, and the digest of all it said. */
export type OperatorAct = { readonly actId: string; readonly digest: string };

export type RegisterStore = {
  /** Puts a whole town in place of what was there. `onProgress`: households so far. */
  load(town: Town, onProgress?: (done: number, of: number) => void): Promise<void>;
  residentCount(municipality: string): Promise<number>;
  /** A resident, or somebody whose enrolment is approved. */
  findHolder(municipality: string, serialHex: string): Promise<AddresseeNumber | undefined>;
  /** All rows of one instant of one transaction, or undefined when nobody has this number. */
  snapshot(municipality: string, holder: AddresseeNumber): Promise<ResidenceSnapshot | undefined>;
  /** The other registers, each with all its rows of one instant. Undefined: the register knows nothing of this number. */
  sealSnapshot(municipality: string, holder: AddresseeNumber): Promise<SealRegistrationSnapshot | undefined>;
  /** Without `fiscalYears`: the newest that are settled, at most twenty. */
  taxSnapshot(
    municipality: string,
    holder: AddresseeNumber,
    fiscalYears?: readonly number[],
  ): Promise<TaxSnapshot | undefined>;
  familyRegisterSnapshot(municipality: string, holder: AddresseeNumber): Promise<FamilyRegisterSnapshot | undefined>;
  registerHistorySnapshot(municipality: string, holder: AddresseeNumber): Promise<RegisterHistorySnapshot | undefined>;
  /** The last one that was applied for with a certificate. */
  findEnrolment(municipality: string, serialHex: string): Promise<Enrolment | undefined>;
  /** Applications that nobody has decided yet, oldest first, at most 200. */
  waitingEnrolments(municipality: string): Promise<readonly Enrolment[]>;
  /** Of one that waits: who stands in family registers of the claimed 本籍. Undefined: it does not wait. */
  enrolmentBesideRegister(
    municipality: string,
    enrolmentId: string,
  ): Promise<{ readonly enrolment: Enrolment; readonly families: readonly FamilyRows[] } | undefined>;
  /** Certificates of residents, and once more those of residents whose family register is kept elsewhere; those of people enrolled from elsewhere belong to the directory of their home. */
  credentialDigests(
    municipality: string,
    page: number,
  ): Promise<{ readonly digests: readonly string[]; readonly more: boolean }>;
  /** False when there is no such row. */
  change(municipality: string, by: string, change: AnyChange): Promise<boolean>;
  /** The same act again is not done again and is answered the same; another one under its id is refused. */
  changeOnce(
    municipality: string,
    by: string,
    act: OperatorAct,
    change: AnyChange,
  ): Promise<'done' | 'no-such-row' | 'other-body'>;
};

export const digestsPerPage = 5_000;
export const maxYearsAtOnce = 20;
export const mostWaiting = 200;
/** Family registers of one 本籍 that are laid before staff. */
export const mostFamilies = 20;

/** Restrictions that hold on a day. Their end date does not end them (住民記録システム標準仕様書 3.1). */
export function holdsOn(restriction: Restriction, day: string): boolean {
  return restriction.from <= day;
}

/** What a change is about, for the log. */
export function rowKeyOf(change: AnyChange): string {
  if (isRecordChange(change)) return recordKeyOf(change);
  switch (change.kind) {
    case 'set-restriction':
      return change.restriction.restrictionId;
    case 'clear-restriction':
      return change.restrictionId;
    case 'assign-credential':
    case 'revoke-credential':
      return change.serialHex;
    case 'amend-resident':
      return change.addresseeNumber;
  }
}
