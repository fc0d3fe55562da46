import type { Clock, Entropy, RefusalCode } from '@dokodemo/domain';
import type { Journal } from '@dokodemo/journal';
import type { Client, issuingEndpoints } from '@dokodemo/protocol';
import type { Credentials } from './credentials.ts';
import type { IssueLog } from './issue-log/issue-log.ts';
import type { LogKey } from './issue-log/log-signer.ts';
import type { Pictures } from './projections/pictures.ts';
import type { ExpiryBounds } from './session/expiry.ts';
import type { FileBounds } from './session/files.ts';
import type { ConversationSettings } from './session/given.ts';
import type { CenterStore, FileRoom } from './store/center-store.ts';

export type Municipality = {
  readonly code: string;
  readonly name: string;
  /** Who may write its directory: the id in its issuer's certificate (one issuer may serve many municipalities). */
  readonly issuerId: string;
};

export type Issuer = Client<typeof issuingEndpoints>;

/** For operators and logs: no personal data, no labels. */
export type CenterNote = {
  readonly what:
    | 'refused'
    | 'doubt'
    | 'fact-refused'
    | 'case-opened'
    | 'outcome-untold'
    | 'paper-missing'
    | 'conflict'
    | 'issue-log'
    | 'defect';
  readonly sessionId?: string;
  readonly code?: RefusalCode;
  readonly detail: string;
};

export type CenterLimits = {
  /** Inputs and openings under way at once; more are answered BUSY. */
  readonly maxInFlight: number;
  /** Calls that may wait for one session. */
  readonly maxWaitingPerSession: number;
  /** Calls to one municipality's issuer at once. */
  readonly maxIssuerCalls: number;
  /** How often a call to an issuer is made before its silence is believed. */
  readonly effectTries: number;
  /** No new try after this time: the kiosk is waiting. */
  readonly effectPatienceMs: number;
  /** How often a lost race for a stream is decided anew. */
  readonly conflictTries: number;
  /** Sessions looked at in one tick, and how many of them at once. */
  readonly workPerTick: number;
  readonly workAtOnce: number;
  readonly workLeaseMs: number;
  /** Outcomes that an issuer does not take: first and longest pause. */
  readonly outcomePauseMs: { readonly first: number; readonly longest: number };
  /** After so many tries a case is opened; the outcome is told on. */
  readonly outcomeTriesBeforeCase: number;
} & FileBounds &
  FileRoom;

export const usualLimits: CenterLimits = Object.freeze({
  maxInFlight: 256,
  maxWaitingPerSession: 3,
  maxIssuerCalls: 64,
  effectTries: 2,
  effectPatienceMs: 8_000,
  conflictTries: 8,
  workPerTick: 64,
  workAtOnce: 8,
  workLeaseMs: 60_000,
  outcomePauseMs: Object.freeze({ first: 1_000, longest: 300_000 }),
  outcomeTriesBeforeCase: 20,
  fileKeptMs: 1_800_000,
  fileAgainMs: 600_000,
  mostFiles: 2_000,
  mostFileBytes: 1_073_741_824,
});

export type CenterOptions = {
  readonly journal: Journal;
  readonly store: CenterStore;
  readonly issuers: (municipality: string) => Issuer | undefined;
  readonly credentials: Credentials;
  /** DER of the authority that certifies terminals. */
  readonly terminalAuthority: Uint8Array;
  readonly municipalities: readonly Municipality[];
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly note: (note: CenterNote) => void;
  /** Kept in memory when not given. */
  readonly pictures?: Pictures;
  /** Kept in memory when not given. */
  readonly issueLog?: IssueLog;
  /** Without it nothing is signed, and of a paper only its state is said. */
  readonly logKey?: LogKey;
  readonly settings?: ConversationSettings;
  readonly bounds?: ExpiryBounds;
  readonly limits?: CenterLimits;
};
