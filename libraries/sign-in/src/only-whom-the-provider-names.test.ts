/** Nobody comes in but whom the provider names, at the door where the sign-in began, once. */
import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import { startDevelopmentProvider } from './development-provider.ts';
import { staffSignIn } from './sign-in.ts';
import { consoleWithProvider, dateClock, roles, sessionOf, town } from './testing/console-with-provider.ts';
import { visitor } from './testing/visitor.ts';

let at: Awaited<ReturnType<typeof consoleWithProvider>>;
before(async () => {
  at = await consoleWithProvider();
});
after(() => at.close());

const isOut = async (who: ReturnType<typeof visitor>) => assert.equal((await sessionOf(who, at.url)).status, 401);
const door = (response: Response) => new URL(response.headers.get('location') ?? '', at.url).search;

test('a person of the provider comes in, with the roles of this program and no others', async () => {
  const who = await at.signedIn();
  const { status, body } = await sessionOf(who, at.url);
  assert.equal(status, 200);
  assert.deepEqual([body.name, body.grants], ['見本 編子', { [town]: ['form-editor'] }]);
});

test('the cookie of a session is out of reach for scripts and for other sites', async () => {
  const who = visitor();
  const response = await who.get(await at.toCallback(who, 'editor'));
  const line = response.headers.getSetCookie().find((it) => it.startsWith('dokodemo-staff=')) ?? '';
  for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/']) assert.ok(line.includes(attribute), line);
});

test('an answer with another state, without the cookie of its attempt, or come twice, opens nothing', async () => {
  const who = visitor();
  const callback = new URL(await at.toCallback(who, 'editor'));
  callback.searchParams.set('state', 'x'.repeat(43));
  assert.equal(door(await who.get(callback.href)), '?sign-in=provider-refused');
  await isOut(who);

  const [honest, thief] = [visitor(), visitor()];
  const stolen = await at.toCallback(honest, 'editor');
  assert.equal(door(await thief.get(stolen)), '?sign-in=not-begun-here');
  await isOut(thief);

  const attempt = new Map(honest.cookies);
  await honest.get(stolen);
  const again = visitor();
  for (const [name, value] of attempt) again.cookies.set(name, value);
  assert.equal(door(await again.get(stolen)), '?sign-in=not-begun-here');
  await isOut(again);
});

test('a code of another attempt of the same browser does not fit: PKCE, state and nonce are of one attempt', async () => {
  const who = visitor();
  const first = new URL(await at.toCallback(who, 'editor'));
  const second = new URL(await at.toCallback(who, 'editor'));
  second.searchParams.set('code', first.searchParams.get('code') ?? '');
  assert.equal(door(await who.get(second.href)), '?sign-in=provider-refused');
  await isOut(who);
});

test('a code that has expired opens nothing', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  try {
    const who = visitor();
    const callback = await at.toCallback(who, 'editor');
    mock.timers.tick(61_000);
    assert.equal(door(await who.get(callback)), '?sign-in=provider-refused');
    await isOut(who);
  } finally {
    mock.timers.reset();
  }
});

test('a person without a role here is turned away', async () => {
  const who = visitor();
  assert.equal(door(await who.get(await at.toCallback(who, 'stranger'))), '?sign-in=no-role');
  await isOut(who);
});

test('the page of demo people lets in nobody who is not on it', async () => {
  const who = visitor();
  const people = await who.follow(`${at.url}/sign-in`);
  const page = await people.response.text();
  for (const name of ['見本 編子', '見本 無縁']) assert.ok(page.includes(name));
  assert.equal((await who.post(people.url, new URLSearchParams({ user: 'mayor' }))).status, 400);
});

test('the development provider and plain HTTP are refused in production', async () => {
  const client = { id: 'c', secret: 's', redirectUri: 'https://console.example/sign-in/callback' };
  await assert.rejects(startDevelopmentProvider({ port: 0, production: true, users: [], client }), /production/);
  const provider = { clientId: 'c', clientSecret: 's', rolesClaim: 'roles', roles, issuer: 'https://id.example' };
  const rest = { clock: dateClock, entropy: { bytes: () => new Uint8Array(32) }, note: () => {} };
  const of = (publicUrl: string, issuer: string, production: boolean) =>
    staffSignIn({} as never, { ...rest, provider: { ...provider, issuer }, publicUrl, production });
  await assert.rejects(of('http://localhost:1', 'https://id.example', true), /TLS/);
  await assert.rejects(of('https://console.example', 'http://id.example', true), /TLS/);
  await assert.rejects(of('http://console.example', 'https://id.example', false), /this machine/);
});
