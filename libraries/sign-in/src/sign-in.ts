/**
 * Sign-in of staff at a Fastify server:
 *
 *     const signIn = await staffSignIn(app, options);      // GET /sign-in, its callback, POST /sign-out, GET /session
 *     const admitted = signIn.admit(request, { municipality: '482013', anyOf: ['form-editor'] });
 *     if (!admitted.ok) return reply.code(admitted.status).send({ code: admitted.code });
 */
import { timingSafeEqual } from 'node:crypto';
import type { Clock, Entropy } from '@dokodemo/domain';
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ProviderOptions, providerClient } from './provider-client.ts';
import { createAttempts, createSessions, type Session, type SessionLimits } from './sessions.ts';
import { hasRole, type Staff } from './staff.ts';

export type SignInOptions = {
  readonly provider: Omit<ProviderOptions, 'redirectUri' | 'insecure'>;
  /** As people type it: `https://console.city.example`. Plain HTTP for this machine alone, and never in production. */
  readonly publicUrl: string;
  readonly production: boolean;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly limits?: Partial<SessionLimits>;
  readonly onSignedIn?: (staff: Staff) => Promise<void> | void;
  readonly onSignedOut?: (staff: Staff) => Promise<void> | void;
  /** Why a sign-in failed, for operators. */
  readonly note: (what: string, detail: string) => void;
};

export type Admission =
  | { readonly ok: true; readonly staff: Staff; readonly session: Session }
  /** SIGN_IN: nobody is signed in. FORGED: not from our own page. NOT_ALLOWED: not this person, or not there. */
  | { readonly ok: false; readonly status: 401 | 403; readonly code: 'SIGN_IN' | 'FORGED' | 'NOT_ALLOWED' };

export type SignIn = {
  who(request: FastifyRequest): Session | undefined;
  admit(
    request: FastifyRequest,
    wanted: { readonly municipality: string; readonly anyOf: readonly string[] },
  ): Admission;
};

/** Why somebody stands at the door again: `/?sign-in=<reason>`. */
export type SignInRefusal = 'not-begun-here' | 'provider-refused' | 'provider-away' | 'no-role' | 'too-many';

export const defaultSessionLimits: SessionLimits = Object.freeze({
  absoluteMs: 10 * 3_600_000,
  idleMs: 30 * 60_000,
  sessionsMax: 5_000,
});
const attemptMs = 10 * 60_000;
const attemptsMax = 1_000;
const safeMethods = new Set(['GET', 'HEAD']);

function isLocal(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '127.0.0.1';
}

function checkUrls(options: SignInOptions): URL {
  const page = new URL(options.publicUrl);
  const issuer = new URL(options.provider.issuer);
  for (const url of [page, issuer]) {
    if (url.protocol === 'https:') continue;
    if (options.production) throw new Error(`${url.href}: staff sign in over TLS`);
    if (!isLocal(url)) throw new Error(`${url.href}: without TLS on this machine alone`);
  }
  return page;
}

function sameText(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export async function staffSignIn(app: FastifyInstance, options: SignInOptions): Promise<SignIn> {
  const page = checkUrls(options);
  const secure = page.protocol === 'https:';
  const { clock, entropy, note } = options;
  const sessions = createSessions(clock, entropy, { ...defaultSessionLimits, ...options.limits });
  const attempts = createAttempts(clock, entropy, { lastMs: attemptMs, max: attemptsMax });
  const redirectUri = new URL('/sign-in/callback', page).href;
  const provider = providerClient({
    ...options.provider,
    redirectUri,
    insecure: options.provider.issuer.startsWith('http:'),
  });
  // __Host-: no other host of the domain, and nothing without TLS, can set it.
  const sessionCookie = secure ? '__Host-staff' : 'dokodemo-staff';
  const attemptCookie = secure ? '__Secure-sign-in' : 'dokodemo-sign-in';
  const cookie = { httpOnly: true, secure, path: '/', sameSite: 'strict' } as const;
  // The provider sends people back from another site: this one cookie comes along, and opens nothing by itself.
  const attemptScope = { ...cookie, path: '/sign-in', sameSite: 'lax' } as const;
  await app.register(fastifyCookie);

  const who = (request: FastifyRequest): Session | undefined => {
    const id = request.cookies[sessionCookie];
    return id === undefined ? undefined : sessions.find(id);
  };
  const isOurPage = (request: FastifyRequest, session: Session): boolean =>
    (request.headers.origin === undefined || request.headers.origin === page.origin) &&
    [undefined, 'same-origin'].includes(request.headers['sec-fetch-site'] as string | undefined) &&
    sameText(request.headers['x-csrf-token'], session.csrf);
  const turnAway = (reply: FastifyReply, reason: SignInRefusal) => reply.redirect(`/?sign-in=${reason}`, 303);

  app.get('/sign-in', async (_request, reply) => {
    try {
      const { url, attempt } = await provider.begin();
      reply.setCookie(attemptCookie, attempts.begin(attempt), { ...attemptScope, maxAge: attemptMs / 1_000 });
      return reply.redirect(url, 303);
    } catch (error) {
      note('provider-away', error instanceof Error ? error.message : String(error));
      return turnAway(reply, 'provider-away');
    }
  });

  app.get('/sign-in/callback', async (request, reply) => {
    const attempt = attempts.take(request.cookies[attemptCookie] ?? '');
    reply.clearCookie(attemptCookie, attemptScope);
    if (attempt === undefined) return turnAway(reply, 'not-begun-here');
    let staff: Staff;
    try {
      staff = await provider.finish(new URL(request.url, page), attempt);
    } catch (error) {
      note('provider-refused', error instanceof Error ? error.message : String(error));
      return turnAway(reply, 'provider-refused');
    }
    if (Object.keys(staff.grants).length === 0) {
      note('no-role', staff.subject);
      return turnAway(reply, 'no-role');
    }
    const before = request.cookies[sessionCookie];
    if (before !== undefined) sessions.end(before);
    const started = sessions.start(staff);
    if (started === undefined) return turnAway(reply, 'too-many');
    await options.onSignedIn?.(staff);
    return reply.setCookie(sessionCookie, started.id, cookie).redirect('/', 303);
  });

  app.get('/session', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const session = who(request);
    if (session === undefined) return reply.code(401).send({ code: 'SIGN_IN' });
    const { staff, csrf, endsAt } = session;
    return { name: staff.name, subject: staff.subject, grants: staff.grants, csrf, endsAt };
  });

  app.post('/sign-out', async (request, reply) => {
    const session = who(request);
    if (session === undefined) return reply.code(401).send({ code: 'SIGN_IN' });
    if (!isOurPage(request, session)) return reply.code(403).send({ code: 'FORGED' });
    sessions.end(request.cookies[sessionCookie] ?? '');
    await options.onSignedOut?.(session.staff);
    return reply.clearCookie(sessionCookie, cookie).send({});
  });

  return {
    who,
    admit(request, { municipality, anyOf }) {
      const session = who(request);
      if (session === undefined) return { ok: false, status: 401, code: 'SIGN_IN' };
      if (!safeMethods.has(request.method) && !isOurPage(request, session))
        return { ok: false, status: 403, code: 'FORGED' };
      // A municipality that is not there and one that is somebody else's are the same to whoever asks.
      if (!hasRole(session.staff, municipality, anyOf)) return { ok: false, status: 403, code: 'NOT_ALLOWED' };
      return { ok: true, staff: session.staff, session };
    },
  };
}
