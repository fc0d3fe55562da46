/** Answers issuers: each may ask for the municipalities it serves and for no others. */
import { answer, refuse } from '@dokodemo/domain';
import type { enrolmentStaffEndpoints, Handlers, Peer, registerEndpoints } from '@dokodemo/protocol';
import { enrolmentStaffHandlers } from './enrolment-staff.ts';
import type { registryOperatorEndpoints } from './operator-endpoints.ts';
import { operatorHandlers } from './operators.ts';
import { recordHandlers } from './record-handlers.ts';
import type { RegisterStore } from './store/register-store.ts';

export type BaseRegistryOptions = {
  readonly store: RegisterStore;
  /** Municipality → ids of issuers that may ask for it. */
  readonly issuers: Readonly<Record<string, readonly string[]>>;
  /** Municipality → ids of clerks who may see and change its restrictions. */
  readonly operators?: Readonly<Record<string, readonly string[]>>;
  readonly note?: (note: { readonly what: string; readonly municipality: string; readonly by: string }) => void;
};

export type BaseRegistry = {
  readonly handlers: Handlers<typeof registerEndpoints>;
  readonly operatorHandlers: Handlers<typeof registryOperatorEndpoints>;
  readonly enrolmentStaffHandlers: Handlers<typeof enrolmentStaffEndpoints>;
};

export function createBaseRegistry(options: BaseRegistryOptions): BaseRegistry {
  const { store, issuers, note } = options;
  const mayAsk = (peer: Peer, municipality: string) => issuers[municipality]?.includes(peer.id) === true;
  const stranger = (peer: Peer, municipality: string) => {
    note?.({ what: 'not-your-municipality', municipality, by: peer.id });
    return refuse('NOT_ALLOWED', 'not an issuer of this municipality');
  };
  return {
    operatorHandlers: operatorHandlers(options),
    enrolmentStaffHandlers: enrolmentStaffHandlers(options),
    handlers: {
      ...recordHandlers(store, note, (peer, municipality) =>
        mayAsk(peer, municipality) ? undefined : stranger(peer, municipality),
      ),
      async findHolder({ peer, params, body }) {
        if (!mayAsk(peer, params.municipality)) return stranger(peer, params.municipality);
        return answer({ holder: (await store.findHolder(params.municipality, body.serialHex)) ?? null });
      },
      async residenceSnapshot({ peer, params, body }) {
        if (!mayAsk(peer, params.municipality)) return stranger(peer, params.municipality);
        // Every look at a person's data is on record: who looked and when, not what was seen.
        note?.({ what: 'snapshot', municipality: params.municipality, by: peer.id });
        return answer({ snapshot: (await store.snapshot(params.municipality, body.holder)) ?? null });
      },
      async credentialDigests({ peer, params }) {
        if (!mayAsk(peer, params.municipality)) return stranger(peer, params.municipality);
        const { digests, more } = await store.credentialDigests(params.municipality, Number(params.page));
        return answer({ digests: [...digests], more });
      },
    },
  };
}
