/**
 * An OpenID provider for development: a page with the people of the demo, and nobody is asked for a password. It is
 * refused in production, and listens on this machine alone.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import { peoplePage } from './people-page.ts';

export type DevelopmentUser = {
  /** `hanako`: the subject. */
  readonly id: string;
  readonly name: string;
  /** What this person is there for, in words. */
  readonly note: string;
  /** `<municipality>:<role>`. */
  readonly roles: readonly string[];
};

export type DevelopmentProviderOptions = {
  readonly port: number;
  readonly production: boolean;
  readonly users: readonly DevelopmentUser[];
  readonly client: { readonly id: string; readonly secret: string; readonly redirectUri: string };
};

export type DevelopmentProvider = { readonly issuer: string; close(): Promise<void> };

const interactionPattern = /^\/interaction\/([A-Za-z0-9_-]{1,64})$/;
const bodyMaxBytes = 1_000;

function configurationOf({ users, client }: DevelopmentProviderOptions) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const provider = { current: undefined as Provider | undefined };
  const configuration = {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    claims: { openid: ['sub'], profile: ['name', 'roles'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: 300, Interaction: 600, Session: 3_600, Grant: 3_600 },
    findAccount: (_context: unknown, id: string) => {
      const user = users.find((it) => it.id === id);
      return user && { accountId: id, claims: async () => ({ sub: id, name: user.name, roles: user.roles }) };
    },
    /** The one client is the house's own: nobody is asked whether it may know their name. */
    async loadExistingGrant(context: { oidc: { session: { accountId: string }; client: { clientId: string } } }) {
      const { session, client: asking } = context.oidc;
      if (provider.current === undefined) return undefined;
      const grant = new provider.current.Grant({ accountId: session.accountId, clientId: asking.clientId });
      grant.addOIDCScope('openid profile');
      await (grant as unknown as { save(): Promise<string> }).save();
      return grant;
    },
  };
  return { provider, configuration };
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > bodyMaxBytes) throw new Error('too large');
  }
  return new URLSearchParams(text);
}

async function interact(
  provider: Provider,
  users: readonly DevelopmentUser[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'POST') {
    const chosen = (await bodyOf(request)).get('user');
    if (!users.some(({ id }) => id === chosen)) throw new Error('nobody of that name');
    await provider.interactionFinished(request, response, { login: { accountId: chosen } });
    return;
  }
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    .end(peoplePage(uid, users));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Resolves when it listens. `port` 0: any that is free. */
export async function startDevelopmentProvider(options: DevelopmentProviderOptions): Promise<DevelopmentProvider> {
  if (options.production) throw new Error('The development provider knows no passwords: never in production.');
  let answer = (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  const issuer = `http://localhost:${await listen(server, options.port)}`;
  const { provider: holder, configuration } = configurationOf(options);
  const provider = new Provider(issuer, configuration);
  holder.current = provider;
  const protocol = provider.callback();
  answer = (request, response) => {
    if (!interactionPattern.test(request.url ?? '')) return protocol(request, response);
    interact(provider, options.users, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('This sign-in is no longer under way. Begin again at the console.');
    });
  };
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
