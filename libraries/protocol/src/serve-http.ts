/** Systems meet over mutual TLS, HTTP/1.1 keep-alive. The peer's role and id are read from its certificate. */
import type { TLSSocket } from 'node:tls';
import { refusals } from '@dokodemo/domain';
import Fastify, { type FastifyInstance } from 'fastify';
import { answerRequest, type Noted } from './dispatch.ts';
import type { Endpoints, Handlers, Peer, PeerRole } from './endpoint.ts';

export type TlsIdentity = {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  /** The authority that certifies all systems (PEM). */
  readonly authority: string;
};

const roles: readonly PeerRole[] = ['kiosk', 'center', 'issuer', 'base-registry', 'operator', 'portal'];

/** `OU=<role>, CN=<id>` of a certificate that the authority has signed. */
export function peerOf(subject: { OU?: string | string[]; CN?: string | string[] }): Peer | undefined {
  const { OU, CN } = subject;
  if (typeof OU !== 'string' || typeof CN !== 'string') return undefined;
  const role = roles.find((known) => known === OU);
  return role === undefined ? undefined : { role, id: CN };
}

export type ServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsIdentity;
  readonly note: (noted: Noted) => void;
  /** More than this under way at once is answered BUSY before anything is read. */
  readonly maxInFlight: number;
};

export type RunningServer = { readonly url: string; readonly port: number; close(): Promise<void> };

/** One set of endpoints with the handlers that answer it. */
export type Service = { readonly endpoints: Endpoints; readonly handlers: Readonly<Record<string, unknown>> };

export function service<E extends Endpoints>(endpoints: E, handlers: Handlers<E>): Service {
  return { endpoints, handlers: handlers as unknown as Record<string, unknown> };
}

/** Starts a server for the given services; resolves when it listens. */
export async function serveHttp(services: readonly Service[], options: ServerOptions): Promise<RunningServer> {
  const app: FastifyInstance = Fastify({
    https: {
      key: options.tls.key,
      cert: options.tls.certificate,
      ca: options.tls.authority,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.3',
    },
    // Longer than the clients' keep-alive, so that it is the client who closes an idle connection.
    keepAliveTimeout: 75_000,
    bodyLimit: Math.max(...services.flatMap((s) => Object.values(s.endpoints).map((e) => e.maxBodyBytes)), 1_024),
    logger: false,
  } as never) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  let inFlight = 0;
  for (const { endpoints, handlers } of services) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      app.route({
        method: endpoint.method,
        url: endpoint.path,
        handler: async (request, reply) => {
          const peer = peerOf((request.raw.socket as TLSSocket).getPeerCertificate().subject ?? {});
          if (peer === undefined) return send(reply, 403, { code: 'NOT_ALLOWED' });
          if (inFlight >= options.maxInFlight) return send(reply, refusals.BUSY.httpStatus, { code: 'BUSY' });
          inFlight++;
          try {
            const body = Buffer.isBuffer(request.body) ? request.body : null;
            const params = request.params as Record<string, string>;
            const answer = await answerRequest(
              endpoints,
              handlers as never,
              name,
              { peer, params, body },
              options.note,
            );
            return reply.code(answer.status).type('application/json').send(answer.body);
          } finally {
            inFlight--;
          }
        },
      });
    }
  }
  app.setNotFoundHandler((_request, reply) => send(reply, 404, { code: 'UNKNOWN' }));
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
    error.statusCode === 413
      ? send(reply, 413, { code: 'TOO_LARGE' })
      : send(reply, 400, { code: 'MALFORMED', detail: error.message.slice(0, 200) }),
  );
  await app.listen({ host: options.host, port: options.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { url: `https://${options.host}:${port}`, port, close: () => app.close() };
}

function send(
  reply: { code(status: number): { type(mime: string): { send(body: string): unknown } } },
  status: number,
  body: object,
): unknown {
  return reply.code(status).type('application/json').send(JSON.stringify(body));
}
