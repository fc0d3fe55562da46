/** What a municipality lays down itself, version by version, and how it comes to hold. Plain data, in memory and in
 *  PostgreSQL the same. Times are milliseconds since 1970, days are days in Japan. */
import type { Day } from '@dokodemo/domain';

export type By = { readonly subject: string; readonly name: string };

export type Draft = {
  readonly municipality: string;
  /** A form's `formId`, or `certification`. */
  readonly settingId: string;
  /** 1, 2 … : who saves names the one that they saw. */
  readonly revision: number;
  readonly content: unknown;
  readonly by: By;
  readonly at: number;
};

export type Decision = {
  readonly decision: 'taken-into-use' | 'returned' | 'withdrawn';
  /** Of `taken-into-use`: the first day on which it holds. */
  readonly from?: Day;
  readonly note: string;
  readonly by: By;
  readonly at: number;
};

export type Proposal = {
  readonly municipality: string;
  readonly settingId: string;
  readonly content: unknown;
  /** The day that its author wishes; the approver says which it is. */
  readonly from: Day;
  /** Last day, inclusive; what held before holds again after it. */
  readonly until?: Day;
  readonly reason: string;
  readonly by: By;
  readonly at: number;
};

export type Version = Proposal & {
  /** 1, 2 … of this setting. 0 is the house's own, which is in no store. */
  readonly version: number;
  readonly decisions: readonly Decision[];
};

export type VersionState = 'proposed' | Decision['decision'];

export function stateOf({ decisions }: Pick<Version, 'decisions'>): VersionState {
  return decisions.at(-1)?.decision ?? 'proposed';
}

/** First day of a version that was taken into use. */
export function beginsOn({ decisions }: Pick<Version, 'decisions'>): Day | undefined {
  const last = decisions.at(-1);
  return last?.decision === 'taken-into-use' ? last.from : undefined;
}

export type Holding = { readonly settingId: string; readonly version: number; readonly from: Day };

export type SettingStore = {
  findDraft(municipality: string, settingId: string): Promise<Draft | undefined>;
  listDrafts(municipality: string): Promise<readonly Draft[]>;
  /** Keeps it when the one there is of the revision before; false: somebody else has saved. */
  keepDraft(draft: Draft): Promise<boolean>;
  dropDraft(municipality: string, settingId: string, revision: number): Promise<boolean>;

  /** Numbers it and keeps it. */
  propose(proposal: Proposal): Promise<Version>;
  findVersion(municipality: string, settingId: string, version: number): Promise<Version | undefined>;
  /** Newest first. */
  listVersions(municipality: string, settingId: string, limit: number): Promise<readonly Version[]>;
  /** Adds a decision to a version that has `decided` of them; false: somebody else has decided. */
  decide(
    municipality: string,
    settingId: string,
    version: number,
    decided: number,
    decision: Decision,
  ): Promise<boolean>;
  /** Of each setting the version that holds on a day: taken into use and not withdrawn, the one that began last; of
   *  those that began together the newest. */
  holdingOn(municipality: string, day: Day): Promise<readonly Holding[]>;
};
