/** A session belongs to one browser, ends by itself, and no other page can speak for it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createAttempts, createSessions } from './sessions.ts';
import { consoleWithProvider, sessionOf, town } from './testing/console-with-provider.ts';
import { visitor } from './testing/visitor.ts';

let at: Awaited<ReturnType<typeof consoleWithProvider>>;
let now = Date.now();
const limits = { absoluteMs: 3_600_000, idleMs: 600_000, sessionsMax: 50 };
before(async () => {
  at = await consoleWithProvider({ clock: { now: () => now, setTimer: () => () => {} }, limits });
});
after(() => at.close());

test('a session that was planted before the sign-in is never the one that comes out of it', async () => {
  const attacker = await at.signedIn('other-town');
  const planted = attacker.cookies.get('dokodemo-staff') ?? '';
  const victim = visitor();
  victim.cookies.set('dokodemo-staff', planted);
  await victim.get(await at.toCallback(victim, 'editor'));
  assert.notEqual(victim.cookies.get('dokodemo-staff'), planted);
  assert.equal((await sessionOf(victim, at.url)).body.subject, 'editor');
  assert.equal((await sessionOf(attacker, at.url)).status, 401, 'the planted one has ended');
  const invented = visitor();
  invented.cookies.set('dokodemo-staff', 'A'.repeat(43));
  assert.equal((await sessionOf(invented, at.url)).status, 401);
});

test('a change needs the token of the session, and comes from our own page', async () => {
  const who = await at.signedIn();
  const { body } = await sessionOf(who, at.url);
  const token = { 'x-csrf-token': String(body.csrf) };
  const work = async (headers: Record<string, string>) =>
    (await who.post(`${at.url}/work/${town}`, undefined, headers)).status;
  assert.equal(await work(token), 200);
  assert.equal(await work({ ...token, origin: at.url }), 200);
  assert.equal(await work({}), 403);
  assert.equal(await work({ 'x-csrf-token': 'A'.repeat(43) }), 403);
  assert.equal(await work({ ...token, origin: 'https://evil.example' }), 403);
  assert.equal(await work({ ...token, 'sec-fetch-site': 'cross-site' }), 403);
  const others = await sessionOf(await at.signedIn(), at.url);
  assert.equal(await work({ 'x-csrf-token': String(others.body.csrf) }), 403);
  assert.equal((await who.post(`${at.url}/sign-out`)).status, 403, 'nor can another page sign anybody out');
});

test('another municipality, and one that is not there, are the same closed door', async () => {
  const who = await at.signedIn('other-town');
  const answers = await Promise.all(
    [town, '999999', 'constructor', '__proto__'].map(async (it) => {
      const response = await who.get(`${at.url}/work/${it}`);
      return [response.status, await response.text()];
    }),
  );
  assert.deepEqual(new Set(answers.map(String)), new Set(['403,{"code":"NOT_ALLOWED"}']));
});

test('signed out is out, also for whoever has kept the cookie', async () => {
  const who = await at.signedIn();
  const kept = who.cookies.get('dokodemo-staff') ?? '';
  const { body } = await sessionOf(who, at.url);
  assert.equal((await who.post(`${at.url}/sign-out`, undefined, { 'x-csrf-token': String(body.csrf) })).status, 200);
  assert.equal(who.cookies.has('dokodemo-staff'), false);
  who.cookies.set('dokodemo-staff', kept);
  assert.equal((await sessionOf(who, at.url)).status, 401);
});

test('idle for too long, or signed in for too long: out', async () => {
  const idle = await at.signedIn();
  now += limits.idleMs;
  assert.equal((await sessionOf(idle, at.url)).status, 401);
  const busy = await at.signedIn();
  for (let ms = 0; ms + limits.idleMs / 2 < limits.absoluteMs; ms += limits.idleMs / 2) {
    assert.equal((await sessionOf(busy, at.url)).status, 200);
    now += limits.idleMs / 2;
  }
  now += limits.idleMs / 2;
  assert.equal((await sessionOf(busy, at.url)).status, 401);
});

test('there are only so many sessions and attempts; those that are over make room', () => {
  let time = 0;
  let drawn = 0;
  const clock = { now: () => time, setTimer: () => () => {} };
  const entropy = { bytes: (length: number) => new Uint8Array(length).fill(++drawn) };
  const sessions = createSessions(clock, entropy, { absoluteMs: 100, idleMs: 100, sessionsMax: 2 });
  const staff = { subject: 's', name: 'n', grants: {} };
  assert.ok(sessions.start(staff) && sessions.start(staff));
  assert.equal(sessions.start(staff), undefined);
  time = 100;
  assert.ok(sessions.start(staff));
  const attempts = createAttempts(clock, entropy, { lastMs: 50, max: 2 });
  const attempt = { state: 's', nonce: 'n', verifier: 'v' };
  const [first, second, third] = [attempts.begin(attempt), attempts.begin(attempt), attempts.begin(attempt)];
  assert.equal(attempts.take(first ?? ''), undefined, 'the oldest made room');
  assert.ok(attempts.take(second ?? ''));
  time += 50;
  assert.equal(attempts.take(third ?? ''), undefined, 'too late');
});
