/** What comes in over HTTP is checked, by whom it comes too; what goes out is the newest state, to every listener. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { answer, refuse, systemClock } from '@dokodemo/domain';
import type { BenchAct, BenchState, PanelState, PanelTouch } from '../panel-contract.ts';
import { type Bench, type PanelSource, type RunningPanelServer, servePanel } from './serve-panel.ts';

const pageOrigin = 'http://localhost:4999';

const welcome = (revision: number): PanelState => ({
  revision,
  language: 'ja',
  screen: { kind: 'welcome' },
  busy: false,
  card: 'absent',
  pinDigits: 0,
  insertedYen: 0,
  terminal: { terminalId: 'DEMO-0001', store: '一号店' },
});

function world() {
  const listeners = new Set<() => void>();
  let state: PanelState | undefined = welcome(1);
  const touches: [number, PanelTouch][] = [];
  const acts: BenchAct[] = [];
  const subscribe = (changed: () => void) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  };
  const panel: PanelSource = {
    state: () => state,
    subscribe,
    touch: (revision, touch) => touches.push([revision, touch]),
  };
  const bench: Bench = {
    state: () => ({ power: state === undefined ? 'off' : 'on' }) as BenchState,
    subscribe,
    act: async (act) => {
      acts.push(act);
      return act.act === 'take-card' ? refuse('OUT_OF_STEP', 'no card lies there') : answer(null);
    },
    sheet: (id) => (id === 'one' ? Buffer.from('%PDF-1.7') : undefined),
  };
  return {
    panel,
    bench,
    touches,
    acts,
    listeners,
    show(next: PanelState | undefined) {
      state = next;
      for (const listener of listeners) listener();
    },
  };
}

type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string };
type Answered = { status: number; headers: IncomingMessage['headers']; text: string };

function open(port: number, { method = 'GET', path: at, headers = {}, body }: Asked): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port, method, path: at, headers }, resolve);
    asked.once('error', reject);
    asked.end(body);
  });
}

async function ask(port: number, asked: Asked): Promise<Answered> {
  const reply = await open(port, asked);
  const parts: Buffer[] = [];
  for await (const part of reply) parts.push(part as Buffer);
  return { status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(parts).toString() };
}

/** Events of a stream, one by one. */
async function* eventsOf(reply: IncomingMessage): AsyncGenerator<{ event?: string; data: unknown }> {
  let text = '';
  for await (const part of reply) {
    text += (part as Buffer).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
      const event = lines.find((line) => line.startsWith('event: '))?.slice(7);
      if (data !== undefined) yield { ...(event === undefined ? {} : { event }), data: JSON.parse(data) };
    }
  }
}

describe('the panel’s server', () => {
  let folder: string;
  let served: RunningPanelServer;
  let made: ReturnType<typeof world>;
  const notes: string[] = [];

  const json = { 'content-type': 'application/json' };
  const post = (at: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(served.port, { method: 'POST', path: at, headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const get = (at: string, headers: Record<string, string> = {}) => ask(served.port, { path: at, headers });

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'kiosk-panel-'));
    mkdirSync(path.join(folder, 'assets'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html>panel');
    writeFileSync(path.join(folder, 'assets', 'main-abc123.js'), '1');
    made = world();
    served = await servePanel({
      host: '127.0.0.1',
      port: 0,
      hostNames: ['Kiosk.Example:8080'],
      panel: made.panel,
      bench: { source: made.bench, pageOrigin },
      clock: systemClock,
      note: (code, detail) => notes.push(`${code} ${detail}`),
      panelDirectory: folder,
      maxListeners: 2,
    });
  });
  after(async () => {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    made.touches.length = 0;
    made.acts.length = 0;
  });

  test('a touch reaches the agent with its revision', async () => {
    const reply = await post('/panel/touch', { revision: 7, touch: { kind: 'start', language: 'ja' } });
    assert.deepEqual([reply.status, reply.text], [200, '{}']);
    assert.deepEqual(made.touches, [[7, { kind: 'start', language: 'ja' }]]);
  });

  test('what is no touch is refused with a code and reaches nobody', async () => {
    const touch = { kind: 'agree' };
    for (const bad of [
      null,
      [],
      { touch },
      { revision: -1, touch },
      { revision: 1.5, touch },
      { revision: '1', touch },
      { revision: 1, touch, more: 1 },
      { revision: 1, touch: { kind: 'open-the-vault' } },
      { revision: 1, touch: { kind: 'agree', more: 1 } },
      { revision: 1, touch: { kind: 'pin-key', key: '12' } },
      { revision: 1, touch: { kind: 'copies', copies: 21 } },
      { revision: 1, touch: { kind: 'start', language: 'tlh' } },
      { revision: 1, touch: { kind: 'chosen', questionId: 'members', optionIds: Array(51).fill('a') } },
    ]) {
      const reply = await post('/panel/touch', bad);
      assert.equal(reply.status, 400, JSON.stringify(bad));
      assert.equal(JSON.parse(reply.text).code, 'MALFORMED');
    }
    const plain = { method: 'POST', path: '/panel/touch' };
    const notJson = await ask(served.port, { ...plain, headers: json, body: '{' });
    assert.deepEqual([notJson.status, JSON.parse(notJson.text).code], [400, 'MALFORMED']);
    const asText = await ask(served.port, { ...plain, headers: { 'content-type': 'text/plain' }, body: '{}' });
    assert.deepEqual([asText.status, JSON.parse(asText.text).code], [400, 'MALFORMED']);
    assert.deepEqual(made.touches, []);
  });

  test('a refusal never repeats what was sent: it may be a digit of a PIN', async () => {
    const reply = await post('/panel/touch', { revision: 1, touch: { kind: 'pin-key', key: '9876' } });
    assert.ok(!reply.text.includes('9876'));
    assert.ok(!notes.join().includes('9876'));
  });

  test('more than a touch can be is too large', async () => {
    const reply = await post('/panel/touch', { revision: 1, touch: { kind: 'start', language: 'x'.repeat(9_000) } });
    assert.deepEqual([reply.status, JSON.parse(reply.text).code], [413, 'TOO_LARGE']);
  });

  test('the newest state comes at once, and every change after it, to each listener', async () => {
    made.show(welcome(3));
    const replies = await Promise.all([1, 2].map(() => open(served.port, { path: '/panel/state' })));
    assert.match(replies[0]?.headers['content-type'] ?? '', /^text\/event-stream/);
    assert.equal(replies[0]?.headers['cache-control'], 'no-store');
    const streams = replies.map(eventsOf);
    for (const stream of streams) assert.deepEqual((await stream.next()).value, { data: welcome(3) });
    made.show(welcome(4));
    for (const stream of streams) assert.deepEqual((await stream.next()).value, { data: welcome(4) });
    const third = await get('/panel/state');
    assert.deepEqual([third.status, JSON.parse(third.text).code], [503, 'BUSY']);
    made.show(undefined);
    for (const stream of streams) assert.deepEqual((await stream.next()).value, { event: 'power', data: 'off' });
    made.show(welcome(1));
    for (const stream of streams) assert.deepEqual((await stream.next()).value, { data: welcome(1) });
    const before = made.listeners.size;
    for (const reply of replies) reply.destroy();
    assert.equal(made.listeners.size, before, 'listeners share one subscription');
    // A place is free again as soon as the server has seen that one went away.
    let status = 503;
    for (let i = 0; i < 1_000 && status !== 200; i++) {
      const reply = await open(served.port, { path: '/panel/state' });
      status = reply.statusCode ?? 0;
      reply.destroy();
    }
    assert.equal(status, 200);
  });

  test('another host, another origin, another site: refused before anything is read', async () => {
    const touch = { revision: 1, touch: { kind: 'agree' } };
    const own = `127.0.0.1:${served.port}`;
    for (const headers of [
      { host: 'evil.example' },
      { host: `evil.example:${served.port}` },
      { host: '127.0.0.1:1' },
      { host: own, origin: 'http://evil.example' },
      { host: own, origin: 'null' },
      { host: own, origin: `https://${own}` },
      { host: own, origin: pageOrigin },
      { host: own, 'sec-fetch-site': 'cross-site' },
      { host: own, 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const reply = await post('/panel/touch', touch, headers);
      assert.deepEqual([reply.status, JSON.parse(reply.text).code], [403, 'NOT_ALLOWED'], JSON.stringify(headers));
      const state = await get('/panel/state', headers);
      assert.equal(state.status, 403, JSON.stringify(headers));
    }
    assert.deepEqual(made.touches, []);
    for (const headers of [
      { host: own },
      { host: `localhost:${served.port}`, origin: `http://localhost:${served.port}`, 'sec-fetch-site': 'same-origin' },
      { host: 'kiosk.example:8080', origin: 'http://kiosk.example:8080' },
    ] as Record<string, string>[]) {
      assert.equal((await post('/panel/touch', touch, headers)).status, 200, JSON.stringify(headers));
    }
  });

  test('the bench is for its own page, and for programs without an origin', async () => {
    const act = { act: 'put-card', cardId: 'taro' };
    const allowed = await post('/bench/act', act, { origin: pageOrigin, 'sec-fetch-site': 'same-site' });
    assert.equal(allowed.status, 200);
    assert.equal(allowed.headers['access-control-allow-origin'], pageOrigin);
    assert.equal((await post('/bench/act', act)).status, 200);
    assert.deepEqual(made.acts, [act, act]);
    const own = await post('/bench/act', act, {
      host: `127.0.0.1:${served.port}`,
      origin: `http://127.0.0.1:${served.port}`,
    });
    assert.deepEqual([own.status, own.headers['access-control-allow-origin']], [200, undefined]);
    const preflight = await ask(served.port, {
      method: 'OPTIONS',
      path: '/bench/act',
      headers: { origin: pageOrigin, 'access-control-request-method': 'POST' },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-headers'], 'content-type');
    for (const origin of ['http://localhost:5000', 'null', 'http://evil.example']) {
      const reply = await post('/bench/act', act, { origin });
      assert.equal(reply.status, 403);
      assert.equal(reply.headers['access-control-allow-origin'], undefined);
    }
    for (const bad of [{ act: 'insert-cash', yen: 5_000 }, { act: 'power' }, { act: 'put-card', cardId: '../taro' }]) {
      assert.equal((await post('/bench/act', bad)).status, 400);
    }
    const refused = await post('/bench/act', { act: 'take-card' });
    assert.deepEqual([refused.status, JSON.parse(refused.text).code], [409, 'OUT_OF_STEP']);
  });

  test('a sheet in the tray is a PDF that only the bench page may frame', async () => {
    const sheet = await get('/bench/sheets/one.pdf', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' });
    assert.deepEqual([sheet.status, sheet.text], [200, '%PDF-1.7']);
    assert.equal(sheet.headers['content-type'], 'application/pdf');
    assert.equal(sheet.headers['cache-control'], 'no-store');
    assert.match(String(sheet.headers['content-security-policy']), new RegExp(`frame-ancestors 'self' ${pageOrigin}`));
    for (const at of ['two.pdf', 'one', '..%2fone.pdf']) assert.equal((await get(`/bench/sheets/${at}`)).status, 404);
  });

  test('the panel’s files: names with digests last, the page itself is asked for again, a policy holds both', async () => {
    const page = await get('/');
    assert.equal(page.text, '<!doctype html>panel');
    assert.equal(page.headers['cache-control'], 'no-cache');
    const policy = String(page.headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.ok(policy.includes(`frame-ancestors ${pageOrigin}`));
    assert.match(String((await get('/assets/main-abc123.js')).headers['cache-control']), /immutable/);
    assert.deepEqual(JSON.parse((await get('/nothing-here')).text), { code: 'UNKNOWN' });
    assert.equal((await get('/..%2f..%2fetc%2fpasswd')).status, 404);
    assert.deepEqual(JSON.parse((await get('/health')).text), { power: 'on', screen: 'welcome' });
  });

  test('without a built panel, and without a bench', async () => {
    const bare = await servePanel({
      host: '127.0.0.1',
      port: 0,
      panel: made.panel,
      clock: systemClock,
      note: () => undefined,
      panelDirectory: path.join(folder, 'not-built'),
    });
    try {
      const page = await ask(bare.port, { path: '/' });
      assert.equal(page.status, 503);
      assert.match(page.text, /not built yet\. Run: npm run build/);
      assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'none'/);
      for (const at of ['/bench/state', '/bench/sheets/one.pdf']) {
        assert.equal((await ask(bare.port, { path: at })).status, 404);
      }
    } finally {
      await bare.close();
    }
  });

  test('closing ends the streams that are open', async () => {
    const short = await servePanel({
      host: '127.0.0.1',
      port: 0,
      panel: made.panel,
      clock: systemClock,
      note: () => undefined,
      panelDirectory: folder,
    });
    const reply = await open(short.port, { path: '/panel/state' });
    const stream = eventsOf(reply);
    await stream.next();
    await short.close();
    assert.equal((await stream.next()).done, true);
  });
});
