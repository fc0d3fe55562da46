/** A family register is kept where its 本籍 is: its people may live here, or elsewhere and be enrolled (利用登録). */
import { type Answer, answer, type RegisterDate, type SnapshotFrame } from '@dokodemo/domain';
import { isResident } from '../holder-rules.ts';
import type { RegistryClient } from '../kind.ts';

export type Enrolled = {
  /** Whoever lives elsewhere: has an application with this very certificate been approved here? False for residents. */
  readonly enrolled: boolean;
};

/** What both kinds have in common of a register and its people. */
export type RegisterPeople = {
  readonly familyRegisterId: string;
  readonly processing: boolean;
  readonly persons: readonly { readonly personNumber: number; readonly addresseeNumber?: string }[];
};

export type HolderHere = Pick<SnapshotFrame, 'resident'> & Enrolled;

/** Living here, or enrolled from elsewhere: one of the two it must be. */
export function isServedHere(holder: HolderHere, day: string): boolean {
  return holder.enrolled || isResident(holder, day);
}

/** `null`: the register knows nothing of this holder. */
export async function withEnrolment<Snapshot extends Pick<SnapshotFrame, 'resident'>>(
  registry: RegistryClient,
  municipality: string,
  serialHex: string,
  read: Answer<{ readonly snapshot: Snapshot | null }>,
): Promise<Answer<(Snapshot & Enrolled) | null>> {
  if (!read.ok) return read;
  const { snapshot } = read.value;
  if (snapshot === null) return answer(null);
  // The certificate of a resident is in the resident register, and needs no enrolment.
  if (snapshot.resident?.standing === 'present') return answer({ ...snapshot, enrolled: false });
  const found = await registry.findEnrolment({ municipality }, { serialHex });
  return found.ok ? answer({ ...snapshot, enrolled: found.value.enrolment?.state === 'approved' }) : found;
}

/** The holder's birth: by the resident register, else by the family register itself. */
export function birthOf(
  { resident }: Pick<SnapshotFrame, 'resident'>,
  own: { readonly birth?: RegisterDate } | undefined,
): RegisterDate | undefined {
  return resident?.birth ?? own?.birth;
}

/** Whom the history keeps: 宛名番号, or the place in the register of somebody who has none here. */
export function subjectsOf(register: RegisterPeople, personNumbers: readonly number[]): readonly string[] {
  return register.persons
    .filter(({ personNumber }) => personNumbers.includes(personNumber))
    .map((it) => it.addresseeNumber ?? `${register.familyRegisterId}/${it.personNumber}`);
}
