/**
 * One description per message is the only source: types, validation on both sides, OpenAPI. A system is a set of
 * handlers for its endpoints; what carries the bytes (mutual TLS, or the simulator's network) is a parameter.
 */
import type { Answer, Failure } from '@dokodemo/domain';
import type { Static, TSchema } from 'typebox';

/** The part of a system, as its certificate names it (organisational unit). */
export type PeerRole = 'kiosk' | 'center' | 'issuer' | 'base-registry' | 'operator' | 'portal';

/** Who is at the other end, by the certificate of the mutual TLS. `id`: terminal id, center, municipality code … */
export type Peer = { readonly role: PeerRole; readonly id: string };

export type Endpoint<
  Params extends TSchema = TSchema,
  Body extends TSchema = TSchema,
  Reply extends TSchema = TSchema,
> = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path with `:name` parts, each named in `params`. */
  readonly path: string;
  /** Which parts of the system may call this. Everyone else is refused before the body is read. */
  readonly callers: readonly PeerRole[];
  readonly summary: string;
  readonly params: Params;
  /** `Type.Null()` where there is none (GET). */
  readonly body: Body;
  /** `Type.Uint8Array()`-like replies travel as bytes: see `bytesReply`. */
  readonly reply: Reply;
  readonly maxBodyBytes: number;
  readonly maxReplyBytes: number;
  /** How long the caller waits before NO_ANSWER. */
  readonly timeoutMs: number;
};

export type Endpoints = Readonly<Record<string, Endpoint>>;

export type Call<E extends Endpoint> = {
  readonly peer: Peer;
  readonly params: Static<E['params']>;
  readonly body: Static<E['body']>;
};

export type Handlers<E extends Endpoints> = {
  readonly [Name in keyof E]: (call: Call<E[Name]>) => Promise<Answer<Static<E[Name]['reply']>>>;
};

/** A caller's view of a system. Never throws: what goes wrong on the way is UPSTREAM_DOWN (nothing was sent) or
 *  NO_ANSWER (in doubt: ask again with the same id). */
export type Client<E extends Endpoints> = {
  readonly [Name in keyof E]: (
    params: Static<E[Name]['params']>,
    body: Static<E[Name]['body']>,
  ) => Promise<Answer<Static<E[Name]['reply']>>>;
};

export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
};
export type WireReply = { readonly status: number; readonly body: Uint8Array; readonly bytes?: boolean };

/** Carries one request to a system and brings its reply, or says why not. */
export type Carry = (request: WireRequest) => Promise<WireReply | { readonly failure: Failure }>;

export function defineEndpoints<const E extends Endpoints>(endpoints: E): E {
  return Object.freeze(endpoints);
}
