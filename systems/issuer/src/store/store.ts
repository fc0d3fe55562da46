import type { Application, Outcome, Proof, SecondProof, Visit } from './records.ts';

export type ApplicationCount = {
  readonly kindId: string;
  readonly state: Application['state'];
  readonly code?: string;
  readonly count: number;
};

/**
 * The issuer's memory. Every operation is one transaction within one municipality. Rows are written once and then only
 * completed: the first proof, the first record of an application and the first serial number win, whoever is late
 * gets to see what is there. There is no lock to forget and nothing to overwrite.
 */
export type IssuerStore = {
  /** Keeps the visit, or answers the one already kept under its id. */
  openVisit(visit: Visit): Promise<Visit>;
  findVisit(municipality: string, visitId: string): Promise<Visit | undefined>;
  /** Keeps the proof when there is none yet; answers the visit as it then stands. */
  settleProof(municipality: string, visitId: string, proof: Proof): Promise<Visit | undefined>;
  /** Likewise for the second PIN; only on a visit that has its first proof. */
  settleSecondProof(municipality: string, visitId: string, proof: SecondProof): Promise<Visit | undefined>;

  /** The first of `count` serial numbers of that day, never given twice. */
  takeSerials(municipality: string, day: string, count: number): Promise<number>;

  /** Keeps the record with all its document numbers, or answers the one already kept under its id. */
  recordApplication(application: Application): Promise<{ readonly kept: boolean; readonly application: Application }>;
  findApplication(municipality: string, applicationId: string): Promise<Application | undefined>;
  findByDocumentNumber(municipality: string, documentNumber: string): Promise<Application | undefined>;
  /** Only while the application is in `from`: sets state, adds the outcome, forgets the reply when `forget`. */
  changeState(
    municipality: string,
    applicationId: string,
    from: Application['state'],
    change: { readonly state: Application['state']; readonly outcome: Outcome; readonly forget: boolean },
  ): Promise<boolean>;
  /** History by day of preparation, newest first, at most `limit`. */
  listApplications(
    municipality: string,
    range: { readonly fromMs: number; readonly untilMs: number; readonly limit: number },
  ): Promise<readonly Application[]>;

  /** How many applications of a span of time stand where; `code`: of those refused. */
  countApplications(
    municipality: string,
    range: { readonly fromMs: number; readonly untilMs: number },
  ): Promise<readonly ApplicationCount[]>;

  /** Marks documents past their time that nobody has told the end of; forgets their replies. Answers their ids. */
  markUnheard(municipality: string, nowMs: number, limit: number): Promise<readonly string[]>;
  /** Forgets visits (menus, names, keys) that expired before `beforeMs`. */
  forgetVisits(municipality: string, beforeMs: number, limit: number): Promise<number>;

  /** Credential digests that the center has acknowledged. */
  pushedDigests(municipality: string): Promise<ReadonlySet<string>>;
  notePushed(municipality: string, added: readonly string[], removed: readonly string[]): Promise<void>;
};
