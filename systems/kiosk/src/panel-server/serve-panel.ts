/**
 * The HTTP side of a kiosk, for the browser on the same machine: the panel's files, its state, its touches; and, where
 * there is one, the bench. Nothing that comes through here is logged: a touch may be a digit of a PIN.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answer, type Clock, type RefusalCode, refusals } from '@dokodemo/domain';
import { validatorOf } from '@dokodemo/protocol';
import staticFiles from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { BenchAct, BenchState, PanelState, PanelTouch } from '../panel-contract.ts';
import { type EventStream, eventStream } from './event-stream.ts';
import { BenchMessage, TouchMessage } from './messages.ts';
import { type Area, type Doors, hostsOf, whyNot } from './who-may-ask.ts';

/** What the panel shows; undefined while there is no power. */
export type PanelSource = {
  state(): PanelState | undefined;
  subscribe(changed: () => void): () => void;
  touch(revision: number, touch: PanelTouch): void;
};

/** The physical world around simulated devices. */
export type Bench = {
  state(): BenchState;
  subscribe(changed: () => void): () => void;
  act(act: BenchAct): Promise<Answer<null>>;
  /** A sheet in the tray. */
  sheet(sheetId: string): Uint8Array | undefined;
};

export type PanelServerOptions = {
  readonly host: string;
  readonly port: number;
  /** Further Host headers that mean this server. */
  readonly hostNames?: readonly string[];
  readonly panel: PanelSource;
  readonly bench?: { readonly source: Bench; readonly pageOrigin: string };
  readonly clock: Clock;
  /** For operators: refusals and defects, without what was sent. */
  readonly note: (code: RefusalCode, detail: string) => void;
  /** Where the built panel is; the one of this checkout unless said otherwise. */
  readonly panelDirectory?: string;
  readonly maxListeners?: number;
  readonly heartbeatMs?: number;
};

export type RunningPanelServer = { readonly url: string; readonly port: number; close(): Promise<void> };

const maxBodyBytes = 8_192;
const builtPanel = fileURLToPath(new URL('../../dist/panel', import.meta.url));

declare module 'fastify' {
  interface FastifyContextConfig {
    area?: Area;
  }
}

export async function servePanel(options: PanelServerOptions): Promise<RunningPanelServer> {
  const app = Fastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: 10_000,
    logger: false,
    forceCloseConnections: true,
    // A HEAD of an endless stream would hold a listener's place.
    exposeHeadRoutes: false,
  });
  app.server.maxConnections = 128;
  app.removeContentTypeParser('text/plain');
  const streams: EventStream[] = [];
  const doors: { hosts: ReadonlySet<string>; benchOrigin: string | undefined } = {
    hosts: new Set(),
    benchOrigin: options.bench?.pageOrigin,
  };
  guard(app, doors, options);
  answerErrors(app, options);
  streams.push(servePanelState(app, options));
  if (options.bench !== undefined) streams.push(serveBench(app, options.bench.source, options));
  app.get('/health', async () => {
    const state = options.panel.state();
    return { power: state === undefined ? 'off' : 'on', screen: state?.screen.kind };
  });
  await servePages(app, options.panelDirectory ?? builtPanel);
  const close = async () => {
    for (const stream of streams) stream.close();
    await app.close();
  };
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await close();
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  doors.hosts = hostsOf(options.host, port, options.hostNames ?? []);
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    close,
  };
}

function refuseWith(reply: FastifyReply, code: RefusalCode, detail?: string): FastifyReply {
  return reply.code(refusals[code].httpStatus).send(detail === undefined ? { code } : { code, detail });
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Who may ask, and what every answer carries. */
function guard(app: FastifyInstance, doors: Doors, { note }: PanelServerOptions): void {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${doors.benchOrigin ?? "'none'"}`,
  ].join('; ');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const area = request.routeOptions.config.area ?? 'page';
    const asked = {
      host: header(request, 'host'),
      origin: header(request, 'origin'),
      fetchSite: header(request, 'sec-fetch-site'),
      fetchMode: header(request, 'sec-fetch-mode'),
    };
    const why = whyNot(asked, area, doors);
    if (why !== undefined) {
      note('NOT_ALLOWED', `${request.method} ${request.routeOptions.url ?? '(no such path)'}: ${why}`);
      return refuseWith(reply, 'NOT_ALLOWED', why);
    }
    if (asked.origin === undefined || asked.origin !== doors.benchOrigin) return;
    reply.headers({ 'access-control-allow-origin': asked.origin, vary: 'Origin' });
  });
}

function answerErrors(app: FastifyInstance, { note }: PanelServerOptions): void {
  app.setNotFoundHandler((_request, reply) => refuseWith(reply, 'UNKNOWN'));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error.statusCode === 413) return refuseWith(reply, 'TOO_LARGE', `more than ${maxBodyBytes} bytes`);
    // Fastify's own words quote nothing of the body.
    if (error.statusCode !== undefined && error.statusCode < 500) return refuseWith(reply, 'MALFORMED', error.message);
    note('DEFECT', `${request.routeOptions.url ?? ''}: ${error.stack ?? error.message}`);
    return refuseWith(reply, 'DEFECT');
  });
}

/** The body when it fits; else what is wrong with it, without what it said. */
function checked<T>(schema: TSchema, body: unknown): Answer<T> {
  const validator = validatorOf(schema);
  if (validator.Check(body)) return { ok: true, value: body as T };
  const [misfit] = validator.Errors(body);
  const detail = `${misfit?.instancePath || '/'} ${misfit?.message ?? 'does not fit'}`;
  return { ok: false, failure: { code: 'MALFORMED', detail } };
}

function serveStream(app: FastifyInstance, url: string, area: Area, stream: EventStream): void {
  app.get(url, { config: { area } }, (request, reply) => {
    const { raw } = reply;
    raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    // Small events must not wait for more to come.
    request.raw.socket.setNoDelay(true);
    reply.hijack();
    if (stream.attach(raw)) return;
    raw.statusCode = refusals.BUSY.httpStatus;
    raw.setHeader('content-type', 'application/json; charset=utf-8');
    raw.end(JSON.stringify({ code: 'BUSY', detail: 'too many listen already' }));
  });
}

function servePanelState(app: FastifyInstance, options: PanelServerOptions): EventStream {
  const { panel, clock, maxListeners = 16, heartbeatMs = 15_000 } = options;
  const now = () => {
    const state = panel.state();
    return state === undefined ? { event: 'power', data: 'off' } : { data: state };
  };
  const stream = eventStream({ clock, now, subscribe: panel.subscribe, maxListeners, heartbeatMs });
  serveStream(app, '/panel/state', 'panel', stream);
  app.post('/panel/touch', { config: { area: 'panel' } }, async (request, reply) => {
    const given = checked<{ revision: number; touch: PanelTouch }>(TouchMessage, request.body);
    if (!given.ok) return refuseWith(reply, given.failure.code, given.failure.detail);
    panel.touch(given.value.revision, given.value.touch);
    return {};
  });
  return stream;
}

function serveBench(app: FastifyInstance, bench: Bench, options: PanelServerOptions): EventStream {
  const { clock, maxListeners = 16, heartbeatMs = 15_000 } = options;
  const now = () => ({ data: bench.state() });
  const stream = eventStream({ clock, now, subscribe: bench.subscribe, maxListeners, heartbeatMs });
  const config = { area: 'bench' } as const;
  serveStream(app, '/bench/state', 'bench', stream);
  // What a browser asks before it sends JSON to another origin.
  app.options('/bench/act', { config }, (_request, reply) =>
    reply
      .headers({ 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type' })
      .code(204)
      .send(),
  );
  app.post('/bench/act', { config }, async (request, reply) => {
    const given = checked<BenchAct>(BenchMessage, request.body);
    const done = given.ok ? await bench.act(given.value) : given;
    return done.ok ? {} : refuseWith(reply, done.failure.code, done.failure.detail);
  });
  app.get<{ Params: { file: string } }>('/bench/sheets/:file', { config: { area: 'page' } }, async (request, reply) => {
    const { file } = request.params;
    const sheet = file.endsWith('.pdf') ? bench.sheet(file.slice(0, -'.pdf'.length)) : undefined;
    if (sheet === undefined) return refuseWith(reply, 'UNKNOWN', 'no such sheet lies in the tray');
    // The browser's own viewer is a page of many parts; only who may frame it is said.
    const ancestors = `frame-ancestors 'self' ${options.bench?.pageOrigin ?? ''}`;
    return reply
      .headers({ 'content-security-policy': ancestors, 'content-disposition': 'inline' })
      .type('application/pdf')
      .send(Buffer.from(sheet));
  });
  return stream;
}

async function servePages(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(path.join(directory, 'index.html'))) {
    app.get('/', (_request, reply) =>
      reply.code(503).type('text/plain; charset=utf-8').send('The panel is not built yet. Run: npm run build\n'),
    );
    return;
  }
  await app.register(staticFiles, {
    root: directory,
    cacheControl: false,
    setHeaders(reply, file) {
      // Files under assets/ have the digest of their content in their name.
      const lasting = path.relative(directory, file).startsWith(`assets${path.sep}`);
      reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
