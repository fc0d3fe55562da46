/**
 * A kind of certificate is a module: what it reads, what it asks, whom it may be issued to, how it is drawn. Menu and
 * PREPARE know no kind by name.
 */
import type { FrontProof } from '@dokodemo/documents';
import type { Answer, DocumentNumber, RefusalCode } from '@dokodemo/domain';
import type { Answers, Client, Label, Question, registerEndpoints } from '@dokodemo/protocol';
import type { LabelBook } from '../menu/label-book.ts';
import type { Certifier, MunicipalityProfile, OfficialSeal } from '../municipality.ts';

export type RegistryClient = Client<typeof registerEndpoints>;

export type Questionnaire = {
  readonly questions: Question[];
  /** What this visit's opaque options stand for: `m1` → 宛名番号. */
  readonly meanings: Readonly<Record<string, string>>;
};

/** What holds when a menu is made. */
export type Moment = {
  /** Today in Japan, YYYY-MM-DD. */
  readonly day: string;
  /** Fee of one copy under a name of the fee schedule (that of a kind, or of `feeNames`). */
  readonly feeYenOf: (name: string) => number | undefined;
};

/** Which rules said no, in the order of their table. The first one's code is what the caller hears. */
export type Judgement = {
  readonly broken: readonly { readonly rule: string; readonly code: RefusalCode }[];
  readonly asked: readonly string[];
  readonly restrictionsSeen: readonly string[];
};

export type Frame = {
  readonly profile: MunicipalityProfile;
  readonly certifier: Certifier;
  readonly seal: OfficialSeal;
  readonly documentNumber: DocumentNumber;
  readonly issuedAtMs: number;
  readonly specimen: boolean;
  /** What makes the front checkable; absent: there is no coded back. */
  readonly proof?: FrontProof;
};

export type Drawn =
  | { readonly ok: true; readonly sheets: readonly Uint8Array[] }
  | { readonly ok: false; readonly code: RefusalCode; readonly detail: string };

/** What was chosen, in the register's terms; `choice` is of the kind's own type. */
export type Chosen<Choice> = {
  readonly choice: Choice;
  /** 宛名番号 of those who would be printed. */
  readonly subjects: readonly string[];
  /** Names of the optional items that would be printed. */
  readonly shown: readonly string[];
  /** False when the answers no longer fit the register: somebody chosen is no longer there. */
  readonly fits: boolean;
};

export type KindModule<Snapshot extends { readonly asOf: string; readonly holder: string }, Subject, Choice> = {
  readonly kindId: string;
  readonly label: Label;
  readonly icon: string;
  readonly secondPin: boolean;
  /** One reading of the register; null: it knows nothing of this holder. `serialHex`: of the certificate that has proven
   *  who the holder is. */
  read(
    registry: RegistryClient,
    municipality: string,
    holder: string,
    serialHex: string,
  ): Promise<Answer<Snapshot | null>>;
  versionsOf(snapshot: Snapshot): Readonly<Record<string, number>>;
  /** What the menu may see of a snapshot. Restrictions are not in it: a menu that cannot see them cannot show them. */
  subjectOf(snapshot: Snapshot): Subject;
  /** Is the holder one whom this register can serve at all (living, resident)? Else NOT_RESIDENT. */
  isHere(subject: Subject, day: string, profile: MunicipalityProfile): boolean;
  /** Does the holder live elsewhere, and take this by an enrolment (利用登録)? Of them no second PIN is demanded: only the
   *  municipality where they live can have put an application on their card. */
  isEnrolled?(subject: Subject): boolean;
  /** No certificate, but an application that goes to this municipality: it has no fee and is never prepared. */
  appliesTo?(subject: Subject, profile: MunicipalityProfile): string | undefined;
  /** A reason that is no secret and holds whatever is chosen: the kind is shown closed. */
  closedFor(subject: Subject, day: string, profile: MunicipalityProfile): RefusalCode | undefined;
  questions(subject: Subject, profile: MunicipalityProfile, labels: LabelBook, moment: Moment): Questionnaire;
  /** Where answers have fees of their own: the names of the fee schedule that one copy costs together. Under a name that
   *  the schedule does not have, the kind's own fee counts. Absent: the kind's own fee. */
  feeNames?(answers: Answers): readonly string[];
  /** Answers (already checked against the menu that was given) in the register's terms. */
  choose(snapshot: Snapshot, answers: Answers, meanings: Readonly<Record<string, string>>): Chosen<Choice>;
  judge(snapshot: Snapshot, chosen: Chosen<Choice>, profile: MunicipalityProfile, day: string): Judgement;
  draw(snapshot: Snapshot, chosen: Chosen<Choice>, frame: Frame): Drawn | Promise<Drawn>;
};

/** A kind whose types only its module knows. */
// biome-ignore lint/suspicious/noExplicitAny: the snapshot of a kind goes back to the module it came from, and nowhere else
export type AnyKind = KindModule<any, any, any>;
