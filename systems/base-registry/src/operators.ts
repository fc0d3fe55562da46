/** Answers clerks: each may act for the municipalities named for them and for no others. */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { digestOfParts, type Handlers, type Peer } from '@dokodemo/protocol';
import type { registryOperatorEndpoints } from './operator-endpoints.ts';
import type { BaseRegistryOptions } from './registry.ts';
import type { RegisterChange } from './store/register-store.ts';

type OperatorHandlers = Handlers<typeof registryOperatorEndpoints>;

export function operatorHandlers({
  store,
  operators = {},
  note,
}: Pick<BaseRegistryOptions, 'store' | 'operators' | 'note'>): OperatorHandlers {
  const mayAct = (peer: Peer, municipality: string) => operators[municipality]?.includes(peer.id) === true;
  const stranger = (peer: Peer, municipality: string) => {
    note?.({ what: 'not-your-municipality', municipality, by: peer.id });
    return refuse('NOT_ALLOWED', 'not a clerk of this municipality');
  };

  async function once(
    peer: Peer,
    municipality: string,
    actId: string,
    change: RegisterChange,
  ): Promise<Answer<undefined>> {
    const digest = digestOfParts('dokodemo/clerk/v1', peer.id, municipality, JSON.stringify(change)).toString('hex');
    const done = await store.changeOnce(municipality, peer.id, { actId, digest }, change);
    if (done === 'done') return answer(undefined);
    return done === 'no-such-row' ? refuse('UNKNOWN') : refuse('SAME_ID_OTHER_BODY');
  }

  return {
    async listRestrictions({ peer, params: { municipality, addresseeNumber } }) {
      if (!mayAct(peer, municipality)) return stranger(peer, municipality);
      note?.({ what: 'restrictions-read', municipality, by: peer.id });
      const snapshot = await store.snapshot(municipality, addresseeNumber);
      if (snapshot === undefined) return refuse('UNKNOWN');
      return answer({
        restrictions: snapshot.restrictions.map(({ on, ...rest }) => ({
          ...rest,
          own: 'addresseeNumber' in on && on.addresseeNumber === addresseeNumber,
        })),
      });
    },
    async setRestriction({ peer, params: { municipality, addresseeNumber }, body: { actId, ...rest } }) {
      if (!mayAct(peer, municipality)) return stranger(peer, municipality);
      if ((await store.snapshot(municipality, addresseeNumber)) === undefined) return refuse('UNKNOWN');
      // The act's own id: an operator's program cannot overwrite, or move to another person, what others have set.
      const restriction = { restrictionId: actId, on: { addresseeNumber }, ...rest };
      const done = await once(peer, municipality, actId, { kind: 'set-restriction', restriction });
      return done.ok ? answer({ restrictionId: actId }) : done;
    },
    async liftRestriction({ peer, params: { municipality, restrictionId }, body: { actId } }) {
      if (!mayAct(peer, municipality)) return stranger(peer, municipality);
      const done = await once(peer, municipality, actId, { kind: 'clear-restriction', restrictionId });
      return done.ok ? answer({}) : done;
    },
  };
}
