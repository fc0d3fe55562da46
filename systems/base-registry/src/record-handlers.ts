/** Answers issuers about seals, taxes, family registers and enrolments. */
import { answer, type Failure, refuse } from '@dokodemo/domain';
import { digestOfParts, type Handlers, type Peer, type registerEndpoints } from '@dokodemo/protocol';
import type { BaseRegistryOptions } from './registry.ts';
import type { RegisterStore } from './store/register-store.ts';

type RecordHandlers = Omit<
  Handlers<typeof registerEndpoints>,
  'findHolder' | 'residenceSnapshot' | 'credentialDigests'
>;

/** `refusal`: why a peer may not ask for a municipality, if so. */
export function recordHandlers(
  store: RegisterStore,
  note: BaseRegistryOptions['note'],
  refusal: (peer: Peer, municipality: string) => { readonly ok: false; readonly failure: Failure } | undefined,
): RecordHandlers {
  /** Every look at a person's data is on record: who looked, at which register and when, not what was seen. */
  async function look<T>(what: string, peer: Peer, municipality: string, read: () => Promise<T | undefined>) {
    const refused = refusal(peer, municipality);
    if (refused !== undefined) return refused;
    note?.({ what, municipality, by: peer.id });
    return answer({ snapshot: (await read()) ?? null });
  }
  return {
    sealRegistrationSnapshot: ({ peer, params: { municipality }, body: { holder } }) =>
      look('seal-snapshot', peer, municipality, () => store.sealSnapshot(municipality, holder)),
    taxSnapshot: ({ peer, params: { municipality }, body: { holder, fiscalYears } }) =>
      look('tax-snapshot', peer, municipality, () => store.taxSnapshot(municipality, holder, fiscalYears)),
    familyRegisterSnapshot: ({ peer, params: { municipality }, body: { holder } }) =>
      look('family-register-snapshot', peer, municipality, () => store.familyRegisterSnapshot(municipality, holder)),
    registerHistorySnapshot: ({ peer, params: { municipality }, body: { holder } }) =>
      look('register-history-snapshot', peer, municipality, () => store.registerHistorySnapshot(municipality, holder)),
    async applyForEnrolment({ peer, params: { municipality }, body }) {
      const refused = refusal(peer, municipality);
      if (refused !== undefined) return refused;
      const digest = digestOfParts('dokodemo/enrolment/v1', peer.id, municipality, JSON.stringify(body)).toString(
        'hex',
      );
      const act = { actId: body.enrolmentId, digest };
      const done = await store.changeOnce(municipality, peer.id, act, { kind: 'apply-for-enrolment', ...body });
      if (done === 'other-body') return refuse('SAME_ID_OTHER_BODY');
      // Not done: one with this certificate is open or approved, and that is the answer.
      const enrolment = await store.findEnrolment(municipality, body.serialHex);
      if (enrolment === undefined) return refuse('UNKNOWN', 'no enrolment with this certificate');
      const { enrolmentId, state, at } = enrolment;
      return answer({ enrolment: { enrolmentId, state, at } });
    },
    async findEnrolment({ peer, params: { municipality }, body: { serialHex } }) {
      const refused = refusal(peer, municipality);
      if (refused !== undefined) return refused;
      const enrolment = await store.findEnrolment(municipality, serialHex);
      if (enrolment === undefined) return answer({ enrolment: null });
      const { enrolmentId, state, at } = enrolment;
      return answer({ enrolment: { enrolmentId, state, at } });
    },
  };
}
