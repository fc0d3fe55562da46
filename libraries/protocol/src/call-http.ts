/** The outward side of mutual TLS: one pool per peer with long keep-alive (a handshake costs some fifty requests). */
import { checkServerIdentity } from 'node:tls';
import { Pool } from 'undici';
import type { Carry, PeerRole } from './endpoint.ts';
import { peerOf, type TlsIdentity } from './serve-http.ts';

export type CallOptions = {
  readonly url: string;
  readonly tls: TlsIdentity;
  /** Who must answer: the server's certificate has to name this role (and id, when given). */
  readonly expect: { readonly role: PeerRole; readonly id?: string };
  readonly connections: number;
};

/** Codes of errors that occur before anything was sent. */
const nothingSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ENOENT',
]);

export function carryOverHttp(options: CallOptions): { carry: Carry; close(): Promise<void> } {
  const pool = new Pool(options.url, {
    connections: options.connections,
    keepAliveTimeout: 60_000,
    connectTimeout: 3_000,
    connect: {
      key: options.tls.key,
      cert: options.tls.certificate,
      ca: options.tls.authority,
      minVersion: 'TLSv1.3',
      // A system is known by role and id of its certificate, not by the name of the host it happens to run on.
      checkServerIdentity: (_host, certificate) => {
        const peer = peerOf(certificate.subject as never);
        const { role, id } = options.expect;
        if (peer?.role === role && (id === undefined || peer.id === id)) return undefined;
        return checkServerIdentity('not-the-expected-system.invalid', certificate);
      },
    },
  });
  const carry: Carry = async (request) => {
    try {
      const reply = await pool.request({
        method: request.method,
        path: request.path,
        body: request.body,
        ...(request.body === null ? {} : { headers: { 'content-type': 'application/json' } }),
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
        signal: AbortSignal.timeout(request.timeoutMs),
      });
      const parts: Buffer[] = [];
      let length = 0;
      for await (const part of reply.body) {
        length += (part as Buffer).length;
        if (length > request.maxReplyBytes) {
          reply.body.destroy();
          return { failure: { code: 'DEFECT', detail: `the reply is larger than ${request.maxReplyBytes} bytes` } };
        }
        parts.push(part as Buffer);
      }
      return { status: reply.statusCode, body: Buffer.concat(parts) };
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      const detail = `${code} ${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
      return { failure: { code: nothingSent.has(code) ? 'UPSTREAM_DOWN' : 'NO_ANSWER', detail } };
    }
  };
  return { carry, close: () => pool.destroy() };
}
