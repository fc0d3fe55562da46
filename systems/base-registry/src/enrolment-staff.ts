/** Answers staff about enrolments: clerks of the municipality, and its issuer on behalf of whoever has signed in there. */
import { answer, refuse, wholeName } from '@dokodemo/domain';
import { digestOfParts, type enrolmentStaffEndpoints, type Handlers, type Peer } from '@dokodemo/protocol';
import type { FamilyRows } from './records/snapshots.ts';
import type { BaseRegistryOptions } from './registry.ts';

type StaffHandlers = Handlers<typeof enrolmentStaffEndpoints>;

function candidatesOf({ register, persons }: FamilyRows) {
  const { familyRegisterId, registeredDomicile, surname, headGivenName } = register.row.register;
  return persons.flatMap(({ person: { addresseeNumber, givenName, birth, removed } }) =>
    addresseeNumber === undefined
      ? []
      : [
          {
            addresseeNumber,
            familyRegisterId,
            registeredDomicile,
            headOfFamilyRegister: wholeName(surname, headGivenName),
            name: wholeName(surname, givenName),
            birth,
            removed,
          },
        ],
  );
}

export function enrolmentStaffHandlers(options: BaseRegistryOptions): StaffHandlers {
  const { store, operators = {}, issuers, note } = options;
  /** Who acts, for the change log; undefined: not for this municipality. */
  const actor = (peer: Peer, municipality: string, by: string): string | undefined => {
    const mayAct = (peer.role === 'operator' ? operators : issuers)[municipality]?.includes(peer.id) === true;
    note?.({ what: mayAct ? 'enrolment-staff' : 'not-your-municipality', municipality, by: `${peer.id}/${by}` });
    return mayAct ? `${peer.id}/${by}` : undefined;
  };
  const stranger = () => refuse('NOT_ALLOWED', 'not staff of this municipality');
  return {
    async waitingEnrolments({ peer, params: { municipality }, body }) {
      if (actor(peer, municipality, body.by) === undefined) return stranger();
      const waiting = await store.waitingEnrolments(municipality);
      return answer({
        enrolments: waiting.map(({ enrolmentId, from, claim, at }) => ({ enrolmentId, from, claim, at })),
      });
    },
    async enrolmentBesideRegister({ peer, params: { municipality, enrolmentId }, body }) {
      if (actor(peer, municipality, body.by) === undefined) return stranger();
      const found = await store.enrolmentBesideRegister(municipality, enrolmentId);
      if (found === undefined) return refuse('UNKNOWN', 'no such application waits');
      const { from, claim, at } = found.enrolment;
      return answer({
        enrolment: { enrolmentId, from, claim, at },
        candidates: found.families.flatMap(candidatesOf).slice(0, 200),
      });
    },
    async decideEnrolment({ peer, params: { municipality, enrolmentId }, body: { actId, by, decision } }) {
      const who = actor(peer, municipality, by);
      if (who === undefined) return stranger();
      const change =
        'approve' in decision
          ? ({ kind: 'approve-enrolment', enrolmentId, ...decision.approve } as const)
          : ({ kind: 'reject-enrolment', enrolmentId } as const);
      const digest = digestOfParts('dokodemo/clerk/v1', who, municipality, JSON.stringify(change)).toString('hex');
      const done = await store.changeOnce(municipality, who, { actId, digest }, change);
      if (done === 'done') return answer({});
      return done === 'other-body' ? refuse('SAME_ID_OTHER_BODY') : refuse('UNKNOWN', 'no such application, or nobody');
    },
  };
}
