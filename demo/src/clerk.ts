/** The clerk at the counter of the town's register: sets and lifts protection measures, over the wire like any clerk. */
import { registryOperatorEndpoints } from '@dokodemo/base-registry';
import { type Answer, dayInJapan, systemClock, systemEntropy, uuidV7 } from '@dokodemo/domain';
import { carryOverHttp, clientOver, type TlsIdentity } from '@dokodemo/protocol';
import { ids } from './town-plan.ts';

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
  close(): Promise<void>;
};

export function openClerk(registryUrl: string, tls: TlsIdentity): Clerk {
  const expect = { role: 'base-registry' as const, id: ids.registry };
  const carrier = carryOverHttp({ url: registryUrl, tls, expect, connections: 2 });
  const registry = clientOver(registryOperatorEndpoints, carrier.carry);
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
    close: carrier.close,
  };
}
