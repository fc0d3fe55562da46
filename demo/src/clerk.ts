/** The clerk at the counter of the town's register: sets and lifts protection measures, over the wire like any clerk. */
import { registryOperatorEndpoints } from '@dokodemo/base-registry';
import { type Answer, dayInJapan, refuse, systemClock, systemEntropy, uuidV7 } from '@dokodemo/domain';
import { carryOverHttp, clientOver, enrolmentStaffEndpoints, type TlsIdentity } from '@dokodemo/protocol';
import { ids, municipalities } from './town-plan.ts';

export type ResidentPlace = { readonly municipality: string; readonly addresseeNumber: string };

export type ClerksView = {
  /** A restriction on this very person. */
  readonly own: boolean;
  /** On somebody else at home. */
  readonly household: boolean;
};

export type Clerk = {
  look(resident: ResidentPlace): Promise<Answer<ClerksView>>;
  /** 支援措置, from today on. */
  protect(resident: ResidentPlace): Promise<Answer<ClerksView>>;
  /** Takes away everything that stands on this person. */
  lift(resident: ResidentPlace): Promise<Answer<ClerksView>>;
  /** 利用登録 of whoever applied with this name from that municipality: compares the claim with the family register, and
   *  decides. UNKNOWN: nobody of that name waits, or the register has nobody who is as claimed. */
  enrol(applicant: Applicant, decision: 'approve' | 'reject'): Promise<Answer<{ readonly municipality: string }>>;
  close(): Promise<void>;
};

export type Applicant = { readonly name: string; readonly from: string; readonly at: readonly string[] };

const bare = (text: string) => text.replace(/\s|[\u{E0100}-\u{E01EF}]/gu, '');

/** Whoever holds a card of the demo may have applied at any other of its municipalities. */
export function applicantOf({
  label,
  municipality,
}: {
  readonly label: string;
  readonly municipality: string;
}): Applicant {
  const at = municipalities.map((it) => it.municipality).filter((it) => it !== municipality);
  return { name: label, from: municipality, at };
}

export function openClerk(registryUrl: string, tls: TlsIdentity): Clerk {
  const expect = { role: 'base-registry' as const, id: ids.registry };
  const carrier = carryOverHttp({ url: registryUrl, tls, expect, connections: 2 });
  const registry = clientOver(registryOperatorEndpoints, carrier.carry);
  const enrolments = clientOver(enrolmentStaffEndpoints, carrier.carry);
  const by = ids.clerk;
  const newId = () => uuidV7(systemClock, systemEntropy);

  const look = async (resident: ResidentPlace): Promise<Answer<ClerksView>> => {
    const listed = await registry.listRestrictions(resident, null);
    if (!listed.ok) return listed;
    const { restrictions } = listed.value;
    return {
      ok: true,
      value: { own: restrictions.some(({ own }) => own), household: restrictions.some(({ own }) => !own) },
    };
  };
  return {
    look,
    async protect(resident) {
      const set = await registry.setRestriction(resident, {
        actId: newId(),
        reason: 'protection-measure',
        level: 'error',
        from: dayInJapan(systemClock.now()),
      });
      return set.ok ? look(resident) : set;
    },
    async lift(resident) {
      const listed = await registry.listRestrictions(resident, null);
      if (!listed.ok) return listed;
      for (const { restrictionId, own } of listed.value.restrictions) {
        if (!own) continue;
        const { municipality } = resident;
        const lifted = await registry.liftRestriction({ municipality, restrictionId }, { actId: newId() });
        if (!lifted.ok) return lifted;
      }
      return look(resident);
    },
    async enrol({ name, from, at }, decision) {
      for (const municipality of at) {
        const waiting = await enrolments.waitingEnrolments({ municipality }, { by });
        if (!waiting.ok) return waiting;
        const own = waiting.value.enrolments.find((it) => it.from === from && bare(it.claim.name.text) === bare(name));
        if (own === undefined) continue;
        const params = { municipality, enrolmentId: own.enrolmentId };
        const beside = await enrolments.enrolmentBesideRegister(params, { by });
        if (!beside.ok) return beside;
        const { claim } = beside.value.enrolment;
        const found = beside.value.candidates.find(
          (it) =>
            !it.removed &&
            bare(it.name.text) === bare(claim.name.text) &&
            it.birth.text === claim.birth.text &&
            bare(it.headOfFamilyRegister.text) === bare(claim.headOfFamilyRegister.text),
        );
        if (decision === 'approve' && found === undefined) return refuse('UNKNOWN', 'nobody is as claimed');
        const done = await enrolments.decideEnrolment(params, {
          actId: newId(),
          by,
          decision:
            decision === 'approve' && found !== undefined
              ? { approve: { addresseeNumber: found.addresseeNumber } }
              : { reject: true },
        });
        return done.ok ? { ok: true, value: { municipality } } : done;
      }
      return refuse('UNKNOWN', 'nobody of this name waits');
    },
    close: carrier.close,
  };
}
