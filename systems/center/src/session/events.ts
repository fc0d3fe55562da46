/**
 * What the center writes down, in the past tense: ids, digests, amounts, codes, times. Never a name, never a sealed
 * label, never what an option means. `SPEC.md` beside this file says how a session lives from them.
 */
import type { IssuanceState, RefusalCode } from '@dokodemo/domain';
import type {
  Answers,
  CenterSaw,
  DeliveryOutcome,
  Fact,
  Input,
  Language,
  LoggedPaper,
  PaymentMethod,
} from '@dokodemo/protocol';

/** Where a step of choosing leads: a question of the kind, or one of the center's own. */
export type Next = '@kind' | '@copies' | '@confirm' | (string & {});

/** Where a notice leads once it has been read. */
export type AfterNotice = 'end' | 'card' | 'municipality' | 'kind' | 'confirm' | 'second-card' | 'remove-second-card';

export type EndReason = 'finished' | 'stopped' | 'timed-out' | 'refused' | 'silent' | 'too-long' | 'kiosk-ended';

/** Which of the kiosk's reports an event rests on; `at`: by the kiosk's clock, ISO 8601. */
export type FactRef = {
  readonly factId: string;
  readonly kioskSeq: number;
  readonly digest: string;
  readonly at: string;
};

/** Money and paper of one application, repeated in each event so that a ledger needs no second look. */
export type Money = {
  readonly applicationId: string;
  readonly kindId: string;
  readonly copies: number;
  readonly feeYen: number;
  /** Calendar day in Japan on which it happened, YYYY-MM-DD. */
  readonly day: string;
  /** Hour of that day in Japan, 0–23. */
  readonly hour: number;
};

/** What a movement of money or paper rests on: the kiosk's word, or an operator who has looked. */
export type Evidence = { readonly fact: FactRef } | { readonly operator: string; readonly caseId: string };

/** Something an operator did, by the id that was made for it before it was sent. */
export type ActRef = { readonly actId: string; readonly digest: string };

export type Outcome = 'handed-over' | 'voided' | 'unresolved';

export type CaseEvidence =
  | 'paper-found'
  | 'no-paper'
  | 'money-counted'
  | 'money-returned-by-hand'
  | 'kiosk-journal'
  | 'camera'
  | 'resident-asked'
  | 'other';

export type SessionEvent =
  // The conversation
  | {
      readonly kind: 'SessionOpened';
      /** Digest of everything the kiosk said: the same id with anything else is refused. */
      readonly openingDigest: string;
      /** The kiosk's public key of this session, base64. */
      readonly kioskKey: string;
      readonly language: Language;
      readonly profile: string;
      readonly version: string;
    }
  | { readonly kind: 'InputTaken'; readonly seq: number; readonly digest: string; readonly input: Input['kind'] }
  | { readonly kind: 'TermsAgreed' }
  | { readonly kind: 'CredentialPresented'; readonly holder: string; readonly triesLeft: number }
  | {
      readonly kind: 'CredentialChecked';
      /** What the issuer is told of it, word for word, also when it has to be told again. */
      readonly saw: CenterSaw;
      /** Municipalities whose directory knows this credential. */
      readonly known: readonly string[];
    }
  | { readonly kind: 'CardProblemReported'; readonly code: RefusalCode }
  | { readonly kind: 'PlaceAsked' }
  | { readonly kind: 'MunicipalityAsked' }
  // 利用登録: an application that goes to another municipality's issuer, and costs nothing
  | { readonly kind: 'EnrolmentAsked'; readonly enrolmentId: string; readonly kindId: string; readonly to: string }
  | { readonly kind: 'EnrolmentTaken'; readonly enrolmentId: string; readonly state: 'applied' | 'approved' }
  | { readonly kind: 'VisitRequested'; readonly visitId: string; readonly municipality: string }
  | { readonly kind: 'VisitOpened'; readonly visitId: string; readonly nonce: string }
  | { readonly kind: 'PinRefused'; readonly triesLeft: number }
  | {
      readonly kind: 'ProofGiven';
      readonly visitId: string;
      /** SHA-256 of the card's signature, which is kept apart for as long as it is needed. */
      readonly proof: string;
    }
  | { readonly kind: 'HolderProved'; readonly visitId: string }
  | { readonly kind: 'MenuGiven'; readonly visitId: string; readonly menuDigest: string }
  | { readonly kind: 'CardRemoved' }
  | {
      readonly kind: 'KindChosen';
      readonly kindId: string;
      readonly answers: Answers;
      /** 0: yet to be asked. */
      readonly copies: number;
      readonly next: Next;
    }
  // The second PIN, when the chosen kind demands it
  | {
      readonly kind: 'SecondPinAsked';
      /** `again`: what the card has given already is shown to the issuer once more. */
      readonly by: 'card' | 'again';
      /** Where the choice goes on once it is proven. */
      readonly next: Next;
    }
  | { readonly kind: 'SecondCardPresented'; readonly triesLeft: number }
  | { readonly kind: 'SecondPinWrong'; readonly triesLeft: number }
  | {
      readonly kind: 'SecondProofGiven';
      readonly visitId: string;
      /** SHA-256 of certificate and signature, which are kept apart for as long as they are needed. */
      readonly proof: string;
    }
  | { readonly kind: 'SecondCardRemoved' }
  | { readonly kind: 'SecondPinProved'; readonly visitId: string }
  /** It cannot be proven any more in this session; what demands it is closed from here on. */
  | { readonly kind: 'SecondPinRefused'; readonly code: RefusalCode }
  | { readonly kind: 'QuestionAnswered'; readonly questionId: string; readonly answers: Answers; readonly next: Next }
  | { readonly kind: 'CopiesChosen'; readonly copies: number }
  | {
      readonly kind: 'SteppedTo';
      readonly to: Next | '@terms' | '@card' | '@place' | '@municipality' | '@remove-second-card';
      /** Of the choice, all that is kept; absent: everything. */
      readonly keeps?: { readonly answers: Answers; readonly copies: number };
    }
  | { readonly kind: 'NoticeRead' }
  | { readonly kind: 'AnotherWanted' }
  | { readonly kind: 'Refused'; readonly code: RefusalCode; readonly leadsTo: AfterNotice }
  | { readonly kind: 'Cancelled' }
  | { readonly kind: 'Expired' }
  | { readonly kind: 'SessionClosed'; readonly reason: EndReason }
  // The application
  | {
      readonly kind: 'ApplicationAccepted';
      readonly applicationId: string;
      readonly kindId: string;
      readonly answers: Answers;
      readonly copies: number;
      readonly feeYen: number;
    }
  | {
      readonly kind: 'ApplicationPrepared';
      readonly applicationId: string;
      readonly documentNumbers: readonly string[];
      /** For the log of issues; absent in events from before there was one. */
      readonly papers?: readonly LoggedPaper[];
      readonly kindId?: string;
      readonly sheets: number;
      readonly feeYen: number;
      /** ISO 8601. */
      readonly expiresAt: string;
      /** SHA-256 of the associated data and of the ciphertext that are relayed. */
      readonly aadDigest: string;
      readonly sealedDigest: string;
      /** SHA-256 of each sheet, as bound by the issuer: what may come out of the printer. */
      readonly sheetDigests: readonly string[];
    }
  | { readonly kind: 'ApplicationRefused'; readonly applicationId: string; readonly code: RefusalCode }
  | { readonly kind: 'FeeChanged'; readonly applicationId: string; readonly feeYen: number }
  /** Given up before the issuer's answer was there; a document that comes later is dropped. */
  | {
      readonly kind: 'ApplicationGivenUp';
      readonly applicationId: string;
      readonly by: 'cancel' | 'expire';
      readonly at: string;
    }
  | { readonly kind: 'DocumentRefused'; readonly applicationId: string; readonly code: RefusalCode }
  | { readonly kind: 'DeliveryEnded'; readonly applicationId: string; readonly outcome: DeliveryOutcome }
  // Money and paper
  | ({ readonly kind: 'FeeReserved'; readonly method: PaymentMethod; readonly evidence: Evidence } & Money)
  | {
      readonly kind: 'PrintingStarted';
      readonly applicationId: string;
      readonly sheets: number;
      readonly evidence: Evidence;
    }
  | {
      readonly kind: 'SheetPrinted';
      readonly applicationId: string;
      readonly sheet: number;
      readonly sheets: number;
      readonly digest: string;
      readonly evidence: Evidence;
    }
  | ({ readonly kind: 'HandedOver'; readonly evidence: Evidence; readonly at: string } & Money)
  | ({ readonly kind: 'FeeCaptured'; readonly evidence: Evidence } & Money)
  | ({
      readonly kind: 'FeeReturned';
      readonly reason: string;
      readonly evidence: Evidence;
      readonly at: string;
    } & Money)
  | {
      readonly kind: 'ApplicationVoided';
      readonly applicationId: string;
      readonly reason: string;
      readonly at: string;
      /** Absent: the resident stopped, or the kiosk refused the document, in the conversation. */
      readonly evidence?: Evidence;
    }
  /** Nobody knows whether paper came out. Absent evidence: the kiosk fell silent. */
  | {
      readonly kind: 'TrackLost';
      readonly applicationId: string;
      readonly reason: string;
      readonly at: string;
      readonly evidence?: Evidence;
    }
  // A file that waits for a resident's telephone
  | {
      readonly kind: 'FileDeposited';
      readonly applicationId: string;
      readonly depositId: string;
      /** SHA-256 of the ciphertext. */
      readonly digest: string;
      readonly bytes: number;
      /** Milliseconds: nobody is given it any more. */
      readonly keptUntil: number;
    }
  /** Somebody was given all of it. */
  | { readonly kind: 'FileCollected'; readonly applicationId: string; readonly keptUntil: number }
  /** Nobody was, and nobody ever will be. */
  | { readonly kind: 'FileWithdrawn'; readonly applicationId: string }
  | { readonly kind: 'OutcomeTold'; readonly applicationId: string; readonly outcome: Outcome }
  // Other words of the kiosk
  | { readonly kind: 'KioskNoted'; readonly what: Fact['kind']; readonly code?: string; readonly fact: FactRef }
  /** Came too late to mean anything; kept for whoever asks. */
  | {
      readonly kind: 'FactDropped';
      readonly what: Fact['kind'];
      readonly applicationId: string;
      readonly state: IssuanceState;
      readonly fact: FactRef;
    }
  // Cases
  | {
      readonly kind: 'CaseOpened';
      readonly caseId: string;
      readonly code: CaseCode;
      readonly applicationId?: string;
      readonly what?: Fact['kind'];
      /** The report that cannot be, when that is what opened the case. */
      readonly fact?: FactRef;
    }
  | {
      readonly kind: 'CaseNoted';
      readonly caseId: string;
      readonly what?: Fact['kind'];
      readonly fact?: FactRef;
      readonly operator?: string;
      readonly evidence?: CaseEvidence;
      readonly reference?: string;
      readonly act?: ActRef;
    }
  | {
      readonly kind: 'CaseClosed';
      readonly caseId: string;
      readonly by: 'evidence' | 'operator';
      readonly operator?: string;
      readonly evidence?: CaseEvidence;
      readonly reference?: string;
      readonly act?: ActRef;
    };

/** Why a person has to look. */
export type CaseCode =
  /** The kiosk said that it does not know what came out. */
  | 'TRACK_LOST'
  /** The kiosk was not heard of again after a document had been prepared. */
  | 'KIOSK_SILENT'
  /** Paper is out, and the kiosk never said that the fee was captured. */
  | 'CAPTURE_MISSING'
  /** A report that a sound kiosk cannot make (domain: 'never'). */
  | 'IMPOSSIBLE_REPORT'
  /** An amount is not the one that was agreed. */
  | 'AMOUNT_DIFFERS'
  /** The kiosk or the center found that a document is not this session's. */
  | 'MISMATCH_STOP'
  /** The issuer could not be told how an application ended. */
  | 'OUTCOME_UNTOLD';

export type SessionEventKind = SessionEvent['kind'];

/** One event as it stands in the journal. */
export type RecordedEvent = {
  readonly sessionId: string;
  /** 1, 2, 3 … within the session. */
  readonly seq: number;
  /** By the center's clock, milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly terminal: string;
  /** '' while it is not known which municipality this session concerns. */
  readonly municipality: string;
  readonly body: SessionEvent;
};
