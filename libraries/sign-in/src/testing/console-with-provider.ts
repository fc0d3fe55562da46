/** A server that staff sign in at, and the real provider they come back from. */
import type { Clock } from '@dokodemo/domain';
import Fastify from 'fastify';
import { type DevelopmentUser, startDevelopmentProvider } from '../development-provider.ts';
import { type SignInOptions, staffSignIn } from '../sign-in.ts';
import { type Visitor, visitor } from './visitor.ts';

export const town = '482013';
export const roles = ['form-editor', 'form-approver'] as const;
export const users: readonly DevelopmentUser[] = [
  { id: 'editor', name: '見本 編子', note: '', roles: [`${town}:form-editor`, 'mail-reader', `${town}:king`] },
  { id: 'stranger', name: '見本 無縁', note: '', roles: ['mail-reader'] },
  { id: 'other-town', name: '見本 隣', note: '', roles: ['483028:form-editor'] },
];

const systemEntropy = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
export const dateClock: Clock = { now: () => Date.now(), setTimer: () => () => {} };

export async function consoleWithProvider(more: Partial<SignInOptions> = {}) {
  const app = Fastify();
  // The callback's address must be known before the server that answers it listens.
  await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = app.server.address() as { port: number };
  await new Promise<void>((resolve) => app.server.close(() => resolve()));
  const url = `http://localhost:${port}`;
  const client = { id: 'console', secret: 'a-secret-of-the-tests', redirectUri: `${url}/sign-in/callback` };
  const provider = await startDevelopmentProvider({ port: 0, production: false, users, client });
  const notes: string[] = [];
  const signIn = await staffSignIn(app, {
    provider: { issuer: provider.issuer, clientId: client.id, clientSecret: client.secret, rolesClaim: 'roles', roles },
    publicUrl: url,
    production: false,
    clock: dateClock,
    entropy: systemEntropy,
    note: (what) => void notes.push(what),
    ...more,
  });
  app.get('/', async () => 'the page');
  app.all<{ Params: { municipality: string } }>('/work/:municipality', async (request, reply) => {
    const { municipality } = request.params;
    const admitted = signIn.admit(request, { municipality, anyOf: ['form-editor'] });
    return admitted.ok ? { by: admitted.staff.subject } : reply.code(admitted.status).send({ code: admitted.code });
  });
  await app.listen({ host: '127.0.0.1', port });
  return {
    url,
    provider,
    notes,
    /** To the provider's page and back to where the provider sends this person, without opening that address. */
    async toCallback(who: Visitor, user: string): Promise<string> {
      const at = await who.follow(`${url}/sign-in`);
      const chosen = await who.post(at.url, new URLSearchParams({ user }));
      const next = new URL(chosen.headers.get('location') ?? '', at.url).href;
      return (await who.follow(next, /\/sign-in\/callback/)).url;
    },
    async signedIn(user = 'editor'): Promise<Visitor> {
      const who = visitor();
      await who.get(await this.toCallback(who, user));
      return who;
    },
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await provider.close();
    },
  };
}

export async function sessionOf(who: Visitor, url: string) {
  const response = await who.get(`${url}/session`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
