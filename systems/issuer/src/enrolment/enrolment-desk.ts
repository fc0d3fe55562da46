/** What staff at the issuer's console do with applications for enrolment (利用登録). The registry keeps who decided. */
import type { Clock, Entropy } from '@dokodemo/domain';
import { uuidV7 } from '@dokodemo/domain';
import type { Client, enrolmentStaffEndpoints } from '@dokodemo/protocol';

export type EnrolmentStaffClient = Client<typeof enrolmentStaffEndpoints>;

/** `by`: whoever has signed in, as the sign-in names them. The registry is the one of `municipality`. */
export function enrolmentDesk(tools: {
  readonly registry: (municipality: string) => EnrolmentStaffClient;
  readonly clock: Clock;
  readonly entropy: Entropy;
}) {
  const { registry, clock, entropy } = tools;
  const decide = (
    municipality: string,
    enrolmentId: string,
    by: string,
    decision: { approve: { addresseeNumber: string } } | { reject: true },
    actId = uuidV7(clock, entropy),
  ) => registry(municipality).decideEnrolment({ municipality, enrolmentId }, { actId, by, decision });
  return {
    waiting: (municipality: string, by: string) => registry(municipality).waitingEnrolments({ municipality }, { by }),
    besideRegister: (municipality: string, enrolmentId: string, by: string) =>
      registry(municipality).enrolmentBesideRegister({ municipality, enrolmentId }, { by }),
    approve: (municipality: string, enrolmentId: string, by: string, addresseeNumber: string, actId?: string) =>
      decide(municipality, enrolmentId, by, { approve: { addresseeNumber } }, actId),
    reject: (municipality: string, enrolmentId: string, by: string, actId?: string) =>
      decide(municipality, enrolmentId, by, { reject: true }, actId),
  };
}
export type EnrolmentDesk = ReturnType<typeof enrolmentDesk>;
