/** What a session is, folded from its events. Plain data: the same events always give the same state. */
import type { IssuanceState, RefusalCode } from '@dokodemo/domain';
import type { Answers, CenterSaw, FileState, Language } from '@dokodemo/protocol';
import type { AfterNotice, CaseCode, EndReason, Next, Outcome } from './events.ts';

/** Where the conversation stands. Those that begin or end in -ing wait for somebody else (see `effects.ts`). */
export type Step =
  | { readonly at: 'terms' }
  | { readonly at: 'card' }
  | { readonly at: 'checking-credential' }
  | { readonly at: 'place' }
  | { readonly at: 'municipality' }
  | { readonly at: 'opening-visit' }
  | { readonly at: 'pin' }
  | { readonly at: 'proving' }
  | { readonly at: 'remove-card' }
  | { readonly at: 'kind' }
  | { readonly at: 'second-card' }
  | { readonly at: 'second-pin' }
  | { readonly at: 'remove-second-card' }
  | { readonly at: 'proving-second' }
  | { readonly at: 'question'; readonly questionId: string }
  | { readonly at: 'copies' }
  | { readonly at: 'confirm' }
  | { readonly at: 'preparing'; readonly applicationId: string }
  | { readonly at: 'applying'; readonly enrolmentId: string; readonly kindId: string; readonly to: string }
  | { readonly at: 'applied'; readonly already: boolean }
  | { readonly at: 'delivery'; readonly applicationId: string }
  | { readonly at: 'another' }
  | { readonly at: 'notice'; readonly code: RefusalCode; readonly leadsTo: AfterNotice }
  | { readonly at: 'ended'; readonly reason: EndReason };
export type StepName = Step['at'];
export type StepAt<Name extends StepName> = Extract<Step, { at: Name }>;

export const stepNames = [
  'terms',
  'card',
  'checking-credential',
  'place',
  'municipality',
  'opening-visit',
  'pin',
  'proving',
  'remove-card',
  'kind',
  'second-card',
  'second-pin',
  'remove-second-card',
  'proving-second',
  'question',
  'copies',
  'confirm',
  'preparing',
  'applying',
  'applied',
  'delivery',
  'another',
  'notice',
  'ended',
] as const satisfies readonly StepName[];

export type Choice = {
  readonly kindId: string;
  readonly answers: Answers;
  /** 0: not asked yet. */
  readonly copies: number;
  /** The issuer's own word on the fee of exactly this choice, after it had refused another. */
  readonly feeYen?: number;
};

/** What the issuer is to be told of an application, in this order. `at`: ISO 8601, fixed when it happened. */
export type OutcomeToTell = { readonly outcome: Outcome; readonly reason: string; readonly at: string };

/** A file at the center. `depositId` is '' when it was withdrawn before it came. */
export type DepositedFile = {
  readonly depositId: string;
  readonly digest: string;
  readonly state: FileState;
  readonly keptUntil: number;
};

export type Application = {
  readonly applicationId: string;
  readonly kindId: string;
  readonly answers: Answers;
  readonly copies: number;
  readonly feeYen: number;
  readonly state: IssuanceState;
  /** When its state last changed, by the center's clock. */
  readonly changedAt: number;
  readonly sheets: number;
  readonly documentNumbers: readonly string[];
  /** Milliseconds; 0 before there is a document. */
  readonly expiresAt: number;
  readonly aadDigest: string;
  readonly sealedDigest: string;
  /** Did the kiosk ever say that the fee is in escrow? */
  readonly reserved: boolean;
  /** Of each sheet, in order, by the issuer's word. */
  readonly sheetDigests: readonly string[];
  /** Sheets that the printer has said are out. */
  readonly printed: readonly number[];
  readonly outcomes: readonly OutcomeToTell[];
  readonly told: number;
  readonly file?: DepositedFile;
};

export type Case = {
  readonly caseId: string;
  readonly code: CaseCode;
  readonly applicationId?: string;
  readonly openedAt: number;
  readonly closed: boolean;
};

/** 第二暗証番号, once somebody has chosen what demands it. Of the visit: proven once, it is proven to its end. */
export type SecondPin = {
  readonly triesLeft: number;
  /** Digest of what the card gave; '' before. */
  readonly proof: string;
  readonly proved: boolean;
  /** Why it cannot be proven in this session. */
  readonly refused?: RefusalCode;
  /** Where the choice goes on once it is proven. */
  readonly next: Next;
};

export type Visit = { readonly visitId: string; readonly municipality: string; readonly nonce: string };

export type Session = {
  readonly sessionId: string;
  readonly terminalId: string;
  /** Events folded so far: the expected version of the next append. */
  readonly version: number;
  readonly openingDigest: string;
  readonly kioskKey: string;
  readonly language: Language;
  readonly openedAt: number;
  /** When the conversation last moved, by the center's clock. */
  readonly movedAt: number;
  /** Inputs taken so far: the seq of the screen that is shown, and of the next input. */
  readonly seq: number;
  readonly lastInputDigest: string;
  readonly step: Step;
  readonly holder: string;
  /** Digest of the card's signature over the visit's challenge. */
  readonly proof: string;
  readonly triesLeft: number;
  readonly cardProblems: number;
  readonly saw?: CenterSaw;
  readonly known: readonly string[];
  readonly municipalityAsked: boolean;
  /** Whether home or elsewhere was asked: the card is known at one municipality, and something of it is elsewhere. */
  readonly placeAsked: boolean;
  readonly visit?: Visit;
  readonly menuDigest: string;
  /** The turn that first shows the menu, and with it brings the sealed labels. */
  readonly labelsSeq: number;
  readonly choice?: Choice;
  readonly secondPin?: SecondPin;
  readonly applications: Readonly<Record<string, Application>>;
  readonly cases: Readonly<Record<string, Case>>;
  /** Digest of each report taken and of each act of an operator, by its id. */
  readonly facts: Readonly<Record<string, string>>;
  readonly lastKioskSeq: number;
};

export function applicationsOf(session: Session): readonly Application[] {
  return Object.values(session.applications);
}

/** The open case about an application (undefined: about none) with one of these codes. */
export function openCaseOf(
  session: Session,
  applicationId: string | undefined,
  codes: readonly CaseCode[],
): Case | undefined {
  return Object.values(session.cases).find(
    (it) => !it.closed && it.applicationId === applicationId && codes.includes(it.code),
  );
}

/** Cases about where money and paper are: evidence can settle them. */
export const whereaboutsCodes = [
  'TRACK_LOST',
  'KIOSK_SILENT',
  'CAPTURE_MISSING',
] as const satisfies readonly CaseCode[];
/** Cases about a system that is not sound: only a person can close them. */
export const soundnessCodes = [
  'IMPOSSIBLE_REPORT',
  'AMOUNT_DIFFERS',
  'MISMATCH_STOP',
] as const satisfies readonly CaseCode[];

export function hasEnded(session: Session): boolean {
  return session.step.at === 'ended';
}
