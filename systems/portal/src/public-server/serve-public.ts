/** The portal's web server: headers, limits, the built page, and the routes. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@dokodemo/domain';
import rateLimit from '@fastify/rate-limit';
import staticFiles from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { type PortalConfig, usualLimits } from '../config/config.ts';
import { boundedCenter, type CenterClient } from './bounded-center.ts';
import { headersOf } from './headers.ts';
import { answerLog } from './log-routes.ts';
import { answerFiles, answerStatus, answerTrust, type StatusRouteOptions } from './routes.ts';

export const builtPage = fileURLToPath(new URL('../../dist/page', import.meta.url));

export type PublicServerOptions = {
  readonly config: Pick<PortalConfig, 'listen' | 'publicUrl' | 'proxies' | 'limits'>;
  readonly center: CenterClient;
  readonly bundle: () => string;
  readonly clock: Clock;
  /** The built page's folder. */
  readonly page?: string;
  /** Never of a visitor: neither address nor number is in it. */
  readonly note: (what: string, detail: string) => void;
};

const bodyMaxBytes = 4_096;
const mostAddresses = 20_000;

class TooMany extends Error {
  readonly statusCode = 429;
}

export async function servePublic(options: PublicServerOptions): Promise<{ port: number; close(): Promise<void> }> {
  const { config, clock, note } = options;
  const limits = { ...usualLimits, ...config.limits };
  const center = boundedCenter(options.center, limits.atCenterAtOnce);
  const app = Fastify({
    logger: false,
    bodyLimit: bodyMaxBytes,
    requestTimeout: 20_000,
    trustProxy: config.proxies === undefined || config.proxies.length === 0 ? false : [...config.proxies],
    routerOptions: { maxParamLength: 80 },
  });
  const headers = headersOf(config.publicUrl);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  answerErrors(app, note);
  await app.register(rateLimit, {
    max: limits.requestsPerAddressPerMinute,
    timeWindow: 60_000,
    cache: mostAddresses,
    ipv6Subnet: 64,
    errorResponseBuilder: () => new TooMany(),
  });
  app.get('/health', async () => ({ status: 'ok' }));
  answerTrust(app, options.bundle);
  answerLog(app, center);
  const questions: StatusRouteOptions = {
    center,
    clock,
    perAddressPerMinute: limits.questionsPerAddressPerMinute,
    perDocumentPerHour: limits.questionsPerDocumentPerHour,
  };
  answerStatus(app, questions);
  answerFiles(app, questions);
  await servePage(app, options.page ?? builtPage);
  await app.listen({ host: config.listen.host, port: config.listen.port });
  const address = app.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.listen.port,
    async close() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

function answerErrors(app: FastifyInstance, note: PublicServerOptions['note']): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'UNKNOWN' }));
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const { statusCode } = error;
    if (statusCode === 429) return reply.code(429).send({ code: 'TOO_MANY' });
    if (statusCode !== undefined && statusCode < 500)
      return reply.code(statusCode).send({ code: statusCode === 413 ? 'TOO_LARGE' : 'MALFORMED' });
    const reference = randomUUID();
    note('defect', `${reference}: ${error.stack ?? error.message}`);
    return reply.code(500).send({ code: 'DEFECT', reference });
  });
}

/** Files below `assets` have their digest in their names. */
async function servePage(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(staticFiles, {
    root: path.resolve(folder),
    cacheControl: false,
    setHeaders: (response, file) =>
      void response.header(
        'cache-control',
        path.basename(path.dirname(file)) === 'assets' ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
}
