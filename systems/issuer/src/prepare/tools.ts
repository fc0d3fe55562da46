import type { Clock, Entropy } from '@dokodemo/domain';
import type { AnyKind, RegistryClient } from '../kinds/kind.ts';
import type { Municipalities, MunicipalityProfile } from '../municipality.ts';
import type { Settle } from '../settings/in-force.ts';
import type { Visit } from '../store/records.ts';
import type { IssuerStore } from '../store/store.ts';
import type { PaperProver } from './prove-paper.ts';

export type PrepareTools = {
  readonly municipalities: Municipalities;
  readonly store: IssuerStore;
  readonly registry: (municipality: string) => RegistryClient;
  readonly kinds: readonly AnyKind[];
  /** What the municipality has laid down itself, as it holds on the day of issue. */
  readonly settle: Settle;
  /** Absent: no paper of this issuer has a coded back. */
  readonly prove?: PaperProver;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly limits: {
    readonly clockSkewMs: number;
    readonly documentMaxBytes: number;
    /** Refusals by rule or form are answered on a beat of this length: how long it took says nothing about why. */
    readonly refusalBeatMs: number;
  };
};

export type PrepareBody = {
  readonly applicationId: string;
  readonly kindId: string;
  readonly answers: Record<string, string[]>;
  readonly copies: number;
  readonly feeYen: number;
};

/** An application on its way through PREPARE. */
export type Job = {
  readonly profile: MunicipalityProfile;
  readonly visit: Visit;
  readonly kind: AnyKind;
  readonly body: PrepareBody;
  readonly request: string;
};
