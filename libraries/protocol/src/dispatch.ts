/** From bytes to a handler and back, the same over mutual TLS and in the simulator: caller, size, schema, answer. */
import { type Answer, type Failure, isRefusalCode, type RefusalCode, refusals } from '@dokodemo/domain';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { Carry, Client, Endpoint, Endpoints, Handlers, Peer, WireReply, WireRequest } from './endpoint.ts';

const validators = new WeakMap<TSchema, Validator>();
export function validatorOf(schema: TSchema): Validator {
  let validator = validators.get(schema);
  if (validator === undefined) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  return validator;
}

function failed(code: RefusalCode, detail?: string): WireReply {
  const failure: Failure = detail === undefined ? { code } : { code, detail: detail.slice(0, 500) };
  return { status: refusals[code].httpStatus, body: Buffer.from(JSON.stringify(failure)) };
}

function firstError(schema: TSchema, value: unknown): string {
  const [error] = validatorOf(schema).Errors(value);
  return error === undefined ? 'does not fit' : `${error.instancePath || '/'} ${error.message}`;
}

/** `/v1/sessions/:sessionId` against `/v1/sessions/abc` → `{ sessionId: 'abc' }`, or undefined. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, piece] of wanted.entries()) {
    const actual = given[i] ?? '';
    if (piece.startsWith(':')) params[piece.slice(1)] = actual;
    else if (piece !== actual) return undefined;
  }
  return params;
}

function fillPath(pattern: string, params: Readonly<Record<string, string>>): string {
  return pattern.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

export type Noted = {
  readonly endpoint: string;
  readonly peer: Peer;
  readonly code: RefusalCode;
  readonly detail: string;
};

/** Answers one request for one endpoint. `note` hears of every refusal and every defect (with its stack). */
export async function answerRequest<E extends Endpoints, Name extends keyof E & string>(
  endpoints: E,
  handlers: Handlers<E>,
  name: Name,
  request: { peer: Peer; params: Record<string, string>; body: Uint8Array | null },
  note: (noted: Noted) => void,
): Promise<WireReply> {
  const endpoint: Endpoint = endpoints[name] as Endpoint;
  const { peer } = request;
  const refuseWith = (code: RefusalCode, detail: string): WireReply => {
    note({ endpoint: name, peer, code, detail });
    return failed(code, code === 'DEFECT' ? undefined : detail);
  };
  if (!endpoint.callers.includes(peer.role)) return refuseWith('NOT_ALLOWED', `${peer.role} may not call ${name}`);
  if ((request.body?.length ?? 0) > endpoint.maxBodyBytes)
    return refuseWith('TOO_LARGE', `${request.body?.length} bytes`);
  if (!validatorOf(endpoint.params).Check(request.params))
    return refuseWith('MALFORMED', firstError(endpoint.params, request.params));
  let body: unknown = null;
  if (request.body !== null && request.body.length > 0) {
    try {
      body = JSON.parse(Buffer.from(request.body).toString('utf8'));
    } catch (error) {
      return refuseWith('MALFORMED', `not JSON: ${String(error)}`);
    }
  }
  if (!validatorOf(endpoint.body).Check(body)) return refuseWith('MALFORMED', firstError(endpoint.body, body));
  let outcome: Answer<unknown>;
  try {
    outcome = await handlers[name]({ peer, params: request.params, body } as never);
  } catch (error) {
    return refuseWith('DEFECT', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  if (!outcome.ok) {
    note({ endpoint: name, peer, code: outcome.failure.code, detail: outcome.failure.detail ?? '' });
    return failed(outcome.failure.code, outcome.failure.detail);
  }
  return { status: 200, body: Buffer.from(JSON.stringify(outcome.value)) };
}

/** Finds the endpoint of a method and path, for carriers that have no router of their own. */
export function findEndpoint(
  endpoints: Endpoints,
  method: string,
  path: string,
): { name: string; params: Record<string, string> } | undefined {
  for (const [name, endpoint] of Object.entries(endpoints)) {
    if (endpoint.method !== method) continue;
    const params = matchPath(endpoint.path, path);
    if (params !== undefined) return { name, params };
  }
  return undefined;
}

/** A client for a system's endpoints over any carrier. Replies are checked against their schema as strictly as
 *  requests are: a reply that does not fit is a DEFECT of the other side. */
export function clientOver<E extends Endpoints>(endpoints: E, carry: Carry): Client<E> {
  const entries = Object.entries(endpoints).map(([name, endpoint]) => [
    name,
    async (params: Record<string, string>, body: unknown): Promise<Answer<unknown>> => {
      const request: WireRequest = {
        method: endpoint.method,
        path: fillPath(endpoint.path, params),
        body: body === null ? null : Buffer.from(JSON.stringify(body)),
        timeoutMs: endpoint.timeoutMs,
        maxReplyBytes: endpoint.maxReplyBytes,
      };
      const reply = await carry(request);
      return 'failure' in reply ? { ok: false, failure: reply.failure } : readReply(endpoint, reply);
    },
  ]);
  return Object.freeze(Object.fromEntries(entries)) as Client<E>;
}

function readReply(endpoint: Endpoint, reply: WireReply): Answer<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(reply.body).toString('utf8'));
  } catch (error) {
    return { ok: false, failure: { code: 'DEFECT', detail: `the reply is not JSON: ${String(error)}`.slice(0, 500) } };
  }
  if (reply.status === 200) {
    return validatorOf(endpoint.reply).Check(value)
      ? { ok: true, value }
      : {
          ok: false,
          failure: { code: 'DEFECT', detail: `the reply does not fit: ${firstError(endpoint.reply, value)}` },
        };
  }
  const { code, detail } = value as { code?: unknown; detail?: unknown };
  if (typeof code !== 'string' || !isRefusalCode(code)) {
    return { ok: false, failure: { code: 'DEFECT', detail: `HTTP ${reply.status} without a known code` } };
  }
  return { ok: false, failure: typeof detail === 'string' ? { code, detail } : { code } };
}
