/** The question whether a paper still counts, as the verifier puts it. */
import type { Reply } from '../reasons.ts';

export type StatusQuestion = {
  readonly documentNumber: string;
  /** The check code, sixteen symbols; it stays on the asker's machine. */
  readonly code: string;
  /** SHA-256 of each sheet's front, as signed. */
  readonly fronts: readonly Uint8Array[];
};

/** What was answered, as the verdict says it. */
export type Asked = Reply;

/** Never throws: no answer is an answer. */
export type AskStatus = (of: StatusQuestion) => Promise<Asked>;
