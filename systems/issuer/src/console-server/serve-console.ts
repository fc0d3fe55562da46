/** The console's server: sign-in, the built page, and the table of routes. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, type Entropy, refusals } from '@dokodemo/domain';
import { type SignInOptions, staffSignIn } from '@dokodemo/sign-in';
import staticFiles from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Municipalities } from '../municipality.ts';
import type { ConsoleConfig } from './console-config.ts';
import { roles } from './roles.ts';
import { checkAsked, type RouteTools, routes } from './routes.ts';

export const builtPage = fileURLToPath(new URL('../../dist/console', import.meta.url));

export type ConsoleOptions = {
  readonly config: ConsoleConfig;
  readonly production: boolean;
  readonly municipalities: Municipalities;
  readonly tools: RouteTools;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** The built page's folder. */
  readonly page?: string;
  readonly note: (what: string, detail: string) => void;
};

export type ServedConsole = { readonly url: string; close(): Promise<void> };

const bodyMaxBytes = 600_000;

const headers: Readonly<Record<string, string>> = {
  // blob: — the preview is a PDF that the page was handed, in the browser's own viewer.
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; frame-src blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

async function providerOf({ config, production, entropy }: ConsoleOptions) {
  const { signIn, publicUrl } = config;
  if (!('development' in signIn)) {
    const { issuer, clientId, clientSecretFile, rolesClaim } = signIn;
    const clientSecret = readFileSync(clientSecretFile, 'utf8').trim();
    return { provider: { issuer, clientId, clientSecret, rolesClaim, roles }, close: async () => {} };
  }
  const client = {
    id: 'issuer-console',
    secret: Buffer.from(entropy.bytes(24)).toString('base64url'),
    redirectUri: `${publicUrl}/sign-in/callback`,
  };
  const { port, users } = signIn.development;
  // Not even loaded where it is not wanted.
  const { startDevelopmentProvider } = await import('@dokodemo/sign-in/development-provider');
  const started = await startDevelopmentProvider({ port, production, users, client });
  const provider: SignInOptions['provider'] = {
    issuer: started.issuer,
    clientId: client.id,
    clientSecret: client.secret,
    rolesClaim: 'roles',
    roles,
  };
  return { provider, close: started.close };
}

function answerRoutes(
  app: FastifyInstance,
  { municipalities, tools }: ConsoleOptions,
  signIn: Awaited<ReturnType<typeof staffSignIn>>,
): void {
  for (const route of routes) {
    const place = route.aboutSetting
      ? `/api/:municipality/:settingId/${route.name}`
      : `/api/:municipality/${route.name}`;
    app.post<{ Params: { municipality: string; settingId?: string } }>(place, async (request, reply) => {
      const { municipality, settingId = '' } = request.params;
      const admitted = signIn.admit(request, { municipality, anyOf: route.anyOf });
      if (!admitted.ok) return reply.code(admitted.status).send({ code: admitted.code });
      const profile = municipalities.find(municipality);
      // Granted a municipality that is not served here: as closed as any other.
      if (profile === undefined) return reply.code(403).send({ code: 'NOT_ALLOWED' });
      const checked = checkAsked(route, settingId, request.body);
      const said = checked.ok
        ? await route.answer({ tools, profile, staff: admitted.staff, settingId, body: request.body as never })
        : checked;
      if (said.ok) return said.value;
      return reply.code(refusals[said.failure.code].httpStatus).send(said.failure);
    });
  }
}

export async function serveConsole(options: ConsoleOptions): Promise<ServedConsole> {
  const { config, tools, clock, municipalities } = options;
  const app = Fastify({ logger: false, bodyLimit: bodyMaxBytes, routerOptions: { maxParamLength: 80 } });
  app.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500)
      return reply.code(error.statusCode).send({ code: error.statusCode === 413 ? 'TOO_LARGE' : 'MALFORMED' });
    const reference = randomUUID();
    options.note('console-defect', `${reference}: ${error.stack ?? error.message}`);
    return reply.code(500).send({ code: 'DEFECT', reference });
  });
  const { provider, close } = await providerOf(options);
  const noteAll =
    (act: 'signed-in' | 'signed-out') =>
    async ({ subject, name, grants }: { subject: string; name: string; grants: Readonly<Record<string, unknown>> }) => {
      for (const municipality of Object.keys(grants)) {
        if (municipalities.find(municipality) === undefined) continue;
        await tools.audit.write({ municipality, at: clock.now(), by: { subject, name }, act, about: {} });
      }
    };
  const signIn = await staffSignIn(app, {
    provider,
    publicUrl: config.publicUrl,
    production: options.production,
    clock,
    entropy: options.entropy,
    onSignedIn: noteAll('signed-in'),
    onSignedOut: noteAll('signed-out'),
    note: options.note,
  });
  answerRoutes(app, options, signIn);
  await app.register(staticFiles, {
    root: path.resolve(options.page ?? builtPage),
    cacheControl: false,
    setHeaders: (response) => void response.header('cache-control', 'no-cache'),
  });
  await app.listen({ host: config.listen.host, port: config.listen.port });
  return {
    url: config.publicUrl,
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await close();
    },
  };
}
