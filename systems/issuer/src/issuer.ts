/** 証明発行サーバ: one process for one municipality, or for many. Plain construction over ports: no clock, chance, disk
 *  or network of its own. */
import type { BackMaker } from '@dokodemo/documents';
import type { Clock, Entropy } from '@dokodemo/domain';
import type { Handlers, issuingEndpoints } from '@dokodemo/protocol';
import { type CenterClient, pushDirectory } from './directory/push-directory.ts';
import { enrolmentKeyOf, receiveEnrolment } from './enrolment/receive-enrolment.ts';
import { sealApplication } from './enrolment/seal-enrolment.ts';
import { createHistory, type History } from './history/document-status.ts';
import { tellOutcome } from './history/tell-outcome.ts';
import { allKinds, type Forms } from './kinds/all-kinds.ts';
import type { RegistryClient } from './kinds/kind.ts';
import type { Municipalities } from './municipality.ts';
import { createGate } from './prepare/gate.ts';
import { createPrepareDocument } from './prepare/prepare-document.ts';
import { paperProver } from './prepare/prove-paper.ts';
import { type Settle, settleNothing } from './settings/in-force.ts';
import type { IssuerStore } from './store/store.ts';
import { openVisit, type TrustedAuthorities } from './visits/open-visit.ts';
import { proveSecondPin } from './visits/prove-second-pin.ts';
import { proveVisit } from './visits/prove-visit.ts';

export type IssuerLimits = {
  /** Documents in the making at once, and how many may wait, and how long. */
  readonly documentsAtOnce: number;
  readonly documentsWaiting: number;
  readonly documentsWaitMs: number;
  readonly documentMaxBytes: number;
  readonly refusalBeatMs: number;
  readonly clockSkewMs: number;
  /** How old the center's look at a card's revocation may be. */
  readonly ocspMaxAgeMs: number;
  readonly crlMaxAgeMs: number;
  /** Visits are forgotten this long after their time. */
  readonly forgetVisitsAfterMs: number;
  /** How often the registry is asked for changes of credentials. */
  readonly directoryEveryMs: number;
};

export const defaultLimits: IssuerLimits = Object.freeze({
  documentsAtOnce: 8,
  documentsWaiting: 64,
  documentsWaitMs: 8_000,
  documentMaxBytes: 12_000_000,
  refusalBeatMs: 250,
  clockSkewMs: 5_000,
  ocspMaxAgeMs: 15 * 60_000,
  crlMaxAgeMs: 36 * 3_600_000,
  forgetVisitsAfterMs: 24 * 3_600_000,
  directoryEveryMs: 60_000,
});

export type IssuerNote = { readonly what: string; readonly municipality: string; readonly detail: string };

export type IssuerOptions = {
  readonly municipalities: Municipalities;
  readonly store: IssuerStore;
  /** The base registry of a municipality. */
  readonly registry: (municipality: string) => RegistryClient;
  readonly engine: Forms;
  /** Makes coded backs; absent: no paper has one, whatever the municipality says. */
  readonly backs?: BackMaker;
  /** What municipalities lay down themselves, version by version; absent: nothing. */
  readonly settle?: Settle;
  readonly credentials: TrustedAuthorities;
  /** Absent: the center is told nothing of credentials (it then asks residents where they live). */
  readonly center?: CenterClient;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly note: (note: IssuerNote) => void;
  readonly limits?: Partial<IssuerLimits>;
};

/** What one round of background work did. */
export type TickReport = {
  readonly unheard: number;
  readonly visitsForgotten: number;
  readonly directoryChanges: number;
};

export type Issuer = {
  readonly handlers: Handlers<typeof issuingEndpoints>;
  readonly history: History;
  /** Background work: documents whose time is over, old visits, the center's directory. Call it every second or so. */
  tick(): Promise<TickReport>;
};

const rowsPerTick = 500;

export function createIssuer(options: IssuerOptions): Issuer {
  const { municipalities, store, registry, credentials, clock, entropy, note } = options;
  const limits: IssuerLimits = { ...defaultLimits, ...options.limits };
  const kinds = allKinds(options.engine);
  const settle = options.settle ?? settleNothing;
  const prove = options.backs === undefined ? {} : { prove: paperProver(options.backs) };
  const tools = { municipalities, store, registry, kinds, settle, credentials, clock, entropy, limits, ...prove };
  const gate = createGate(
    { atOnce: limits.documentsAtOnce, waiting: limits.documentsWaiting, waitMs: limits.documentsWaitMs },
    clock,
  );
  const prepareDocument = createPrepareDocument(tools, gate);
  const handlers: Handlers<typeof issuingEndpoints> = {
    openVisit: ({ params, body }) => openVisit(tools, params.municipality, body),
    proveVisit: ({ params, body }) => proveVisit(tools, params, body),
    proveSecondPin: ({ params, body }) => proveSecondPin(tools, params, body),
    prepareDocument: ({ params, body }) => prepareDocument(params, body),
    enrolmentKey: async ({ params }) => enrolmentKeyOf(municipalities, params.municipality),
    sealEnrolment: ({ params, body }) => sealApplication(tools, params, body),
    receiveEnrolment: ({ params, body }) => receiveEnrolment(tools, params.municipality, body),
    tellOutcome: async ({ params, body }) => tellOutcome({ store, clock, note }, params, body),
  };

  let directoryAt = Number.NEGATIVE_INFINITY;
  const pushAll = async (): Promise<number> => {
    const { center } = options;
    if (center === undefined || clock.now() - directoryAt < limits.directoryEveryMs) return 0;
    directoryAt = clock.now();
    let changes = 0;
    for (const { code } of municipalities.all()) {
      const pushed = await pushDirectory({ store, registry: registry(code), center }, code);
      if (pushed.ok) changes += pushed.value.added + pushed.value.removed;
      else note({ what: 'directory-not-pushed', municipality: code, detail: JSON.stringify(pushed.failure) });
    }
    return changes;
  };
  return {
    handlers,
    history: createHistory(store),
    async tick() {
      let unheard = 0;
      let visitsForgotten = 0;
      for (const { code } of municipalities.all()) {
        const late = await store.markUnheard(code, clock.now(), rowsPerTick);
        for (const applicationId of late) note({ what: 'expired-unheard', municipality: code, detail: applicationId });
        unheard += late.length;
        visitsForgotten += await store.forgetVisits(code, clock.now() - limits.forgetVisitsAfterMs, rowsPerTick);
      }
      return { unheard, visitsForgotten, directoryChanges: await pushAll() };
    },
  };
}
