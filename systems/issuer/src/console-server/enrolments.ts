/** Applications for enrolment (利用登録) at the console: what waits, one beside the register, and the decision. */
import { createHash } from 'node:crypto';
import { type Answer, answer, type Clock, type Entropy, refuse, uuidV7 } from '@dokodemo/domain';
import type { Staff } from '@dokodemo/sign-in';
import { besideClaim, readable } from '../enrolment/beside-register.ts';
import type { EnrolmentDesk } from '../enrolment/enrolment-desk.ts';
import type { MunicipalityProfile } from '../municipality.ts';
import type { BodyOf, DecideEnrolmentBody } from './shapes.ts';

export type EnrolmentTools = { readonly enrolments: EnrolmentDesk; readonly clock: Clock; readonly entropy: Entropy };
type By = Pick<Staff, 'subject'>;

const registryTakes = /^[0-9A-Za-z][0-9A-Za-z@._-]{0,63}$/;
/** A provider may name people as it likes; the registry's change log takes short names. The audit log here has both ends. */
export function nameForRegistry({ subject }: By): string {
  return registryTakes.test(subject)
    ? subject
    : `sha256-${createHash('sha256').update(subject).digest('hex').slice(0, 57)}`;
}

const notHere = () => refuse('NOT_PARTICIPATING', 'takes no applications for enrolment');
const placeOf = ({ enrolment }: MunicipalityProfile, code: string) =>
  enrolment?.neighbours.find((it) => it.code === code)?.name ?? code;

export async function waitingEnrolments(
  { enrolments }: EnrolmentTools,
  profile: MunicipalityProfile,
  by: By,
): Promise<Answer<unknown>> {
  if (profile.enrolment === undefined) return notHere();
  const waiting = await enrolments.waiting(profile.code, nameForRegistry(by));
  if (!waiting.ok) return waiting;
  return answer({
    enrolments: waiting.value.enrolments.map(({ enrolmentId, from, claim, at }) => ({
      enrolmentId,
      from: placeOf(profile, from),
      name: readable(claim.name),
      at,
    })),
  });
}

/** With the id of the act that may follow: a decision whose answer was lost is sent again as the same one. */
export async function enrolmentBesideRegister(
  { enrolments, clock, entropy }: EnrolmentTools,
  profile: MunicipalityProfile,
  by: By,
  enrolmentId: string,
): Promise<Answer<unknown>> {
  if (profile.enrolment === undefined) return notHere();
  const found = await enrolments.besideRegister(profile.code, enrolmentId, nameForRegistry(by));
  if (!found.ok) return found;
  const { from, at } = found.value.enrolment;
  return answer({
    enrolmentId,
    from: placeOf(profile, from),
    at,
    ...besideClaim(found.value),
    actId: uuidV7(clock, entropy),
  });
}

export async function decideEnrolment(
  { enrolments }: EnrolmentTools,
  profile: MunicipalityProfile,
  staff: By,
  { enrolmentId, actId, decision }: BodyOf<typeof DecideEnrolmentBody>,
): Promise<Answer<unknown>> {
  if (profile.enrolment === undefined) return notHere();
  const by = nameForRegistry(staff);
  if ('reject' in decision) return enrolments.reject(profile.code, enrolmentId, by, actId);
  const { addresseeNumber } = decision.approve;
  const found = await enrolments.besideRegister(profile.code, enrolmentId, by);
  // UNKNOWN: decided already, perhaps by this very act, whose answer was lost. The registry knows.
  if (!found.ok && found.failure.code !== 'UNKNOWN') return found;
  const stands = (it: { addresseeNumber: string; removed: boolean }) =>
    it.addresseeNumber === addresseeNumber && !it.removed;
  // The registry would take anybody of any family register here; staff have compared with those of this 本籍.
  if (found.ok && !found.value.candidates.some(stands)) return refuse('OUT_OF_STEP', 'nobody there now');
  return enrolments.approve(profile.code, enrolmentId, by, addresseeNumber, actId);
}
