/** Which municipality a card belongs to: digests that issuers keep here. */
import { answer, refuse } from '@dokodemo/domain';
import type { conversationEndpoints, Handlers } from '@dokodemo/protocol';
import type { SessionKeeper } from '../session-keeper.ts';

export function directoryHandlers(keeper: SessionKeeper): Pick<Handlers<typeof conversationEndpoints>, 'putDirectory'> {
  const { municipalities, store } = keeper.deps;
  return {
    async putDirectory({ peer, params, body }) {
      const municipality = municipalities.find(({ code }) => code === params.municipality);
      if (municipality?.issuerId !== peer.id) return refuse('NOT_ALLOWED', 'not a municipality of this issuer');
      const size = await store.changeDirectory(municipality.code, body.added, body.removed);
      return answer({ size });
    },
  };
}
