/** The log of issues as it is kept: drawn from the journal, read for proofs, and what was signed of it. */
import type { Hash, NodeAt } from '@dokodemo/issue-log';
import type { DocumentState } from '@dokodemo/protocol';

export type PaperState = Exclude<DocumentState, 'unknown'>;

export type LogPaper = {
  /** 発行番号 */
  readonly number: string;
  readonly applicationId: string;
  /** SHA-256 of the inquiry key, hex; absent: nobody can ask for it. */
  readonly inquiry?: string;
  /** Where its `issued` stands. */
  readonly entryIndex: number;
  readonly state: PaperState;
  /** Since when this is so, ISO 8601. */
  readonly at: string;
  readonly municipality: string;
  readonly kindId: string;
};

export type KeptCheckpoint = { readonly size: number; readonly root: Hash; readonly note: string };

/** An entry and its leaf, as they stand there: whether they belong together is for the reader to check. */
export type KeptEntry = { readonly entry: Uint8Array; readonly leaf: Hash };

export type IssueLog = {
  /** Draws on by a bounded number of events; answers how many. */
  advance(): Promise<number>;
  /** Throws everything but the checkpoints away and draws it again; answers how many events were drawn. */
  rebuild(): Promise<number>;
  /** Entries drawn. */
  size(): Promise<number>;
  /** Hashes of complete subtrees, in their order; undefined where there is none. */
  hashes(nodes: readonly NodeAt[]): Promise<readonly (Hash | undefined)[]>;
  /** From `first` on, at most `limit`. */
  entries(first: number, limit: number): Promise<readonly KeptEntry[]>;
  paper(number: string): Promise<LogPaper | undefined>;
  /** The one over the most entries. */
  newestCheckpoint(): Promise<KeptCheckpoint | undefined>;
  /** The first over so many entries stays. */
  keepCheckpoint(checkpoint: KeptCheckpoint): Promise<void>;
};

/** What drawing writes; one event is drawn wholly or not at all. */
export type LogTables = {
  /** Puts an entry behind the last; answers where. */
  append(entry: Uint8Array): Promise<number>;
  hasPaper(number: string): Promise<boolean>;
  addPaper(paper: LogPaper): Promise<void>;
  papersOf(applicationId: string): Promise<readonly LogPaper[]>;
  moveApplication(applicationId: string, state: PaperState, at: string): Promise<void>;
};
