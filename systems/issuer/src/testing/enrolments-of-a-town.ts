/** A registry's side of 利用登録 in memory: one application, and the family register that it is about. */
import { type Answer, answer, type EnrolmentClaim, refuse } from '@dokodemo/domain';
import type { BesideRegister } from '../enrolment/beside-register.ts';
import type { EnrolmentStaffClient } from '../enrolment/enrolment-desk.ts';
import { otherTown, town } from './people.ts';

export const enrolmentId = '019a0000-0000-7000-8000-000000000001';
export const claim: EnrolmentClaim = {
  name: { text: '町田　見本' },
  birth: { text: '昭和55年4月12日' },
  registeredDomicile: { text: '見本県どこでも市港町二丁目5番地' },
  headOfFamilyRegister: { text: '町田　見本' },
};
const candidates: BesideRegister['candidates'] = (
  [
    ['901', '町田　見本', false],
    ['902', '町田　花', false],
    ['903', '町田　去', true],
  ] as const
).map(([addresseeNumber, name, removed]) => ({
  ...claim,
  addresseeNumber,
  familyRegisterId: '1',
  name: { text: name },
  removed,
}));

export function enrolmentsOfATown() {
  let waits = true;
  const acts = new Map<string, string>();
  const seen: string[] = [];
  const enrolment = { enrolmentId, from: otherTown, claim, at: '2026-11-24T09:00:00+09:00' };
  const client: EnrolmentStaffClient = {
    async waitingEnrolments({ municipality }, { by }) {
      seen.push(by);
      return answer({ enrolments: municipality === town && waits ? [enrolment] : [] });
    },
    async enrolmentBesideRegister({ municipality, enrolmentId: asked }, { by }) {
      seen.push(by);
      if (municipality !== town || asked !== enrolmentId || !waits) return refuse('UNKNOWN');
      return answer({ enrolment, candidates });
    },
    async decideEnrolment(params, { actId, by, decision }): Promise<Answer<Record<never, never>>> {
      seen.push(by);
      const act = JSON.stringify([params, by, decision]);
      if (acts.has(actId)) return acts.get(actId) === act ? answer({}) : refuse('SAME_ID_OTHER_BODY');
      if (params.municipality !== town || params.enrolmentId !== enrolmentId || !waits) return refuse('UNKNOWN');
      acts.set(actId, act);
      waits = false;
      return answer({});
    },
  };
  return {
    registry: () => client,
    /** Whom the registry was told of. */
    seen,
    /** Decisions that were kept. */
    decisions: () => [...acts.values()].map((it) => (JSON.parse(it) as [unknown, string, unknown]).slice(1)),
    applyAgain: () => {
      waits = true;
    },
  };
}
