/** What the issuer keeps. Plain data, the same in memory and in PostgreSQL. Times are milliseconds since 1970. */
import type { IssuanceState, RefusalCode } from '@dokodemo/domain';
import type { CenterSaw, Menu, PreparedDocument } from '@dokodemo/protocol';

/** What an option of this visit's menu stands for, by kind: `m2` → 宛名番号. Never leaves the issuer. */
export type Meanings = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type ProofResult =
  | {
      readonly ok: true;
      readonly holder: string;
      /** Lives elsewhere, and is served by an enrolment (利用登録). */
      readonly enrolled?: true;
      readonly menu: Menu;
      readonly meanings: Meanings;
      /** Base64; readable by this visit's kiosk only. */
      readonly sealedLabels: string;
    }
  | { readonly ok: false; readonly code: RefusalCode };

export type Proof = {
  /** Digest of the message, so that the same one asked again is answered the same. */
  readonly request: string;
  readonly signature: string;
  readonly centerSaw: CenterSaw;
  readonly at: number;
  readonly result: ProofResult;
};

/** What the municipality's own card application gave after the second PIN, and what was made of it. */
export type SecondProof = {
  /** Digest of the message, so that the same one asked again is answered the same. */
  readonly request: string;
  /** Base64. */
  readonly certificate: string;
  readonly signature: string;
  readonly at: number;
  readonly result: { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode; readonly detail: string };
};

export type Visit = {
  readonly municipality: string;
  readonly visitId: string;
  readonly request: string;
  readonly sessionId: string;
  readonly terminalId: string;
  /** Base64 of 32 bytes each. */
  readonly kioskKey: string;
  readonly nonce: string;
  /** Base64 of the DER that the card showed. */
  readonly certificate: string;
  readonly serialHex: string;
  readonly openedAt: number;
  readonly expiresAt: number;
  readonly proof?: Proof;
  readonly secondProof?: SecondProof;
};

/** 交付履歴 of one application (住民記録システム標準仕様書 1.3.8): what was given out, not what stood in it. */
export type Issue = {
  readonly sessionId: string;
  readonly terminalId: string;
  readonly documentNumbers: readonly string[];
  readonly copies: number;
  readonly feeYen: number;
  readonly sheetDigests: readonly string[];
  /** 宛名番号 of holder and of those printed. */
  readonly holder: string;
  readonly subjects: readonly string[];
  /** Names of optional items that were printed. */
  readonly shown: readonly string[];
  /** Rules that were asked, and restrictions that were seen and did not stop it. */
  readonly rulesAsked: readonly string[];
  readonly restrictionsSeen: readonly string[];
  readonly snapshot: string;
  readonly snapshotAt: string;
  readonly versions: Readonly<Record<string, number>>;
  /** `holderDigest` of the certificate, and what proves that its card signed for this session. */
  readonly credential: string;
  readonly nonce: string;
  readonly kioskKey: string;
  readonly signature: string;
  /** When the visit has proven the second PIN: `credentialDigest` of the card application's certificate, its signature. */
  readonly second?: { readonly credential: string; readonly signature: string };
  readonly certifier: string;
  readonly sealId: string;
  /** Versions of the municipality's own settings that held; absent: everything was the house's. */
  readonly settings?: Readonly<Record<string, number>>;
  readonly expiresAt: number;
};

export type Outcome = {
  readonly outcome: 'handed-over' | 'voided' | 'unresolved';
  readonly reason: string;
  readonly sheetDigests: readonly string[];
  /** By the kiosk's or center's word, ISO 8601. */
  readonly at: string;
  readonly toldAt: number;
};

export type Application = {
  readonly municipality: string;
  readonly applicationId: string;
  /** Absent when the first that was heard of it is how it ended. */
  readonly visitId?: string;
  readonly request?: string;
  readonly kindId?: string;
  readonly state: IssuanceState;
  readonly at: number;
  /** Why it was refused: to the caller, and which rules said so (for the municipality's own eyes). */
  readonly refusal?: { readonly code: RefusalCode; readonly rules: readonly string[]; readonly detail?: string };
  readonly issue?: Issue;
  /** The answer given, kept byte for byte while the document lives. */
  readonly reply?: PreparedDocument;
  /** Its time is over and nobody has said how it ended. */
  readonly unheardAt?: number;
  readonly outcomes: readonly Outcome[];
};
