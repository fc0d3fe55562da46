/** The question whether a paper counts, put to this portal. The check code stays here: a key that is computed from it
 *  goes out. */
import { holds, isFalse, paperKeys, unproven } from '@dokodemo/proof/verify';

export const states = ['unknown', 'prepared', 'handed-over', 'void', 'unresolved'] as const;
export type State = (typeof states)[number];

export type NumberAnswer =
  | {
      readonly kind: 'answered';
      readonly state: State;
      readonly issuerName?: string;
      readonly kindId?: string;
      readonly at?: string;
    }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'no-answer' };

const patienceMs = 15_000;

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 200 ? value : undefined;

function answerOf(value: unknown): NumberAnswer {
  const { state, issuerName, kindId, at } = (value ?? {}) as Record<string, unknown>;
  const known = states.find((it) => it === state);
  if (known === undefined) return { kind: 'no-answer' };
  const told = { issuerName: text(issuerName), kindId: text(kindId), at: text(at) };
  return {
    kind: 'answered',
    state: known,
    ...(Object.fromEntries(Object.entries(told).filter(([, it]) => it)) as object),
  };
}

/** Never throws. `portal`: where the portal is; `code`: sixteen symbols. */
export async function inquire(portal: string, documentNumber: string, code: string): Promise<NumberAnswer> {
  try {
    const { inquiry } = paperKeys(code, documentNumber);
    const reply = await fetch(new URL('api/status', portal), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentNumber, inquiry: base64(inquiry) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    if (reply.status === 429) return { kind: 'too-many' };
    return reply.ok ? answerOf(await reply.json()) : { kind: 'no-answer' };
  } catch {
    return { kind: 'no-answer' }; // no network, no portal, no JSON: nobody has answered
  }
}

export function replyOf(state: State) {
  switch (state) {
    case 'handed-over':
      return holds('handed-over');
    case 'void':
      return isFalse('void');
    case 'unknown':
      return isFalse('unknown-document');
    default:
      return unproven(state);
  }
}
