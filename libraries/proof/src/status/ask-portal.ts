/**
 * Asks the portal whether a paper still counts. Only the number and a key that is derived from the check code leave the
 * asker's machine. What is answered is believed as far as the log of issues bears it out.
 */
import { checkProof, decodeEntry, paperDigest, sameHash, toBase64 } from '@dokodemo/issue-log';
import { holds, isFalse, type ReasonValues, type Reply, unproven } from '../reasons.ts';
import { paperKeys } from '../seal/inquiry-key.ts';
import type { AskStatus, StatusQuestion } from './ask-status.ts';

export type PortalToAsk = {
  /** `https://portal.example`, with or without a slash at its end. */
  readonly portal: string;
  /** Verifier keys of the logs that are believed: those of the trust bundle. */
  readonly logs: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs?: number;
};

const usualTimeoutMs = 10_000;
const mostReplyBytes = 65_536;

/** Whether the paper stands in the log of issues, and why not. */
type InLog = { readonly log: 'included' | 'not-proven' | 'false'; readonly why?: string };

export function askPortal(options: PortalToAsk): AskStatus {
  return async (of) => {
    const keys = paperKeys(of.code, of.documentNumber);
    const answered = await askOnce(options, of.documentNumber, toBase64(keys.inquiry));
    if (answered === 'busy') return unproven('too-many-questions');
    if (answered === undefined) return unproven('portal-no-answer');
    return judge(answered, inLog(answered, of, keys.logSalt, options.logs));
  };
}

type Answered = {
  readonly state: string;
  readonly at?: string;
  readonly entry?: string;
  readonly proof?: string;
};

async function askOnce(
  { portal, fetch, timeoutMs = usualTimeoutMs }: PortalToAsk,
  documentNumber: string,
  inquiry: string,
): Promise<Answered | 'busy' | undefined> {
  try {
    const response = await fetch(`${portal.replace(/\/+$/, '')}/api/status`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ documentNumber, inquiry }),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      credentials: 'omit',
    });
    if (response.status === 429) return 'busy';
    const text = await boundedText(response);
    if (!response.ok || text === undefined) return undefined;
    return readAnswer(JSON.parse(text));
  } catch {
    return undefined; // no network, no answer in time, no JSON
  }
}

async function boundedText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return undefined;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > mostReplyBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

const states: ReadonlySet<string> = new Set(['unknown', 'prepared', 'handed-over', 'void', 'unresolved']);

function readAnswer(value: unknown): Answered | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as { [name: string]: unknown };
  const text = (name: string) => (typeof given[name] === 'string' ? { [name]: given[name] } : {});
  return typeof given.state === 'string' && states.has(given.state)
    ? { state: given.state, ...text('at'), ...text('entry'), ...text('proof') }
    : undefined;
}

/** The entry must be of this number, its digest of these fronts, and its place in a tree that a known log has signed. */
function inLog(answered: Answered, of: StatusQuestion, salt: Uint8Array, logs: readonly string[]): InLog {
  if (logs.length === 0) return { log: 'not-proven', why: 'no-log-is-known' };
  if (answered.entry === undefined || answered.proof === undefined) return { log: 'not-proven', why: 'no-proof-given' };
  const bytes = new TextEncoder().encode(answered.entry);
  const entry = decodeEntry(bytes);
  if (entry?.kind !== 'issued' || entry.number !== of.documentNumber) return { log: 'false', why: 'other-number' };
  if (!sameHash(entry.digest, paperDigest(salt, of.fronts))) return { log: 'false', why: 'other-fronts' };
  const verdict = checkProof(answered.proof, bytes, logs);
  return verdict.included ? { log: 'included' } : { log: 'false', why: verdict.why };
}

function judge({ state, at }: Answered, log: InLog): Reply {
  const day = at !== undefined && /^\d{4}-\d{2}-\d{2}/.test(at) ? { day: at.slice(0, 10) } : {};
  const values: ReasonValues = { ...log, ...day };
  // Whoever says that it does not count needs no proof; whoever says that it does cannot do without.
  if (state === 'unknown') return isFalse('unknown-document');
  if (state === 'void') return isFalse('void', values);
  if (log.log === 'false') return isFalse('not-in-the-log', values);
  if (log.why === 'no-proof-given') return unproven('not-in-the-log', values);
  if (state === 'handed-over') return holds('handed-over', values);
  if (state === 'prepared' || state === 'unresolved') return unproven(state, values);
  return unproven('portal-no-answer');
}
