/** Who may what at the portal: anybody may ask, within limits, and learns no more than what the center answers. The real
 *  server, over the real mutual TLS, in front of a center of this test. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  collectingEndpoints,
  type Handlers,
  type InquiryReply,
  inquiryEndpoints,
  serveHttp,
  service,
} from '@dokodemo/protocol';
import { type Authority, certify, createAuthority } from '@dokodemo/protocol/authority';
import { ConfigError } from '@dokodemo/protocol/config';
import { checkConfig, type PortalConfig, type ServedPortal, serve } from './serve.ts';

const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
const pem = (text: string) => ({ pem: text });
const rightKey = Buffer.alloc(32, 7).toString('base64');
const wrongKey = Buffer.alloc(32, 8).toString('base64');

const known: InquiryReply = {
  state: 'handed-over',
  issuer: '482013',
  issuerName: '見本県どこでも市',
  kindId: 'residence',
  at: '2026-11-23T10:00:00+09:00',
};
const handlers: Handlers<typeof inquiryEndpoints> = {
  inquire: async ({ body }) => ({
    ok: true,
    value: body.documentNumber === 'known' && body.inquiry === rightKey ? known : { state: 'unknown' },
  }),
  logCheckpoint: async () => ({ ok: true, value: { note: 'demo.example\n3\nAAAA\n\n— demo.example BBBB\n' } }),
  logTile: async ({ params }) =>
    params.index === '9'
      ? { ok: false, failure: { code: 'UNKNOWN' } }
      : { ok: true, value: { hashes: Buffer.from(JSON.stringify(params)).toString('base64') } },
  logEntries: async ({ params }) => ({
    ok: true,
    value: { bundle: Buffer.from(JSON.stringify(params)).toString('base64') },
  }),
};

const depositId = 'A'.repeat(22);
const sealed = Buffer.from([0, 1, 2, 255]);
const files: Handlers<typeof collectingEndpoints> = {
  collectFile: async ({ body }) => {
    if (body.depositId === depositId) return { ok: true, value: { sealed: sealed.toString('base64') } };
    return { ok: false, failure: { code: body.depositId.startsWith('W') ? 'ENDED' : 'UNKNOWN' } };
  },
};

describe('the portal', () => {
  let folder: string;
  let authority: Authority;
  let center: Awaited<ReturnType<typeof serveHttp>>;
  let portalConfig: PortalConfig;
  const notes: unknown[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'portal-'));
    mkdirSync(path.join(folder, 'page', 'assets'), { recursive: true });
    writeFileSync(path.join(folder, 'page', 'index.html'), '<!doctype html><title>portal</title>');
    writeFileSync(path.join(folder, 'page', 'assets', 'a-1234.js'), '0;');
    authority = await createAuthority('test', validity.notBefore, validity.notAfter);
    const [portal, peer] = await Promise.all([
      certify(authority, { use: 'portal', id: 'portal', ...validity }),
      certify(authority, { use: 'center', id: 'center', ...validity }),
    ]);
    writeFileSync(
      path.join(folder, 'bundle.json'),
      JSON.stringify({
        format: 'dokodemo/trust/v1',
        madeAt: '2026-01-01T00:00:00Z',
        authorities: [authority.certificate],
        revoked: [],
      }),
    );
    center = await serveHttp([service(inquiryEndpoints, handlers), service(collectingEndpoints, files)], {
      host: '127.0.0.1',
      port: 0,
      tls: { key: peer.key, certificate: peer.certificate, authority: authority.certificate },
      maxInFlight: 10,
      note: (noted) => notes.push(noted),
    });
    portalConfig = {
      listen: { host: '127.0.0.1', port: 0 },
      publicUrl: 'http://localhost:4804',
      center: { url: center.url, id: 'center' },
      tls: { key: pem(portal.key), certificate: pem(portal.certificate), authority: pem(authority.certificate) },
      trustBundleFile: path.join(folder, 'bundle.json'),
      production: false,
    };
  });
  after(async () => {
    await center.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function withPortal(
    config: Partial<PortalConfig>,
    use: (at: string, portal: ServedPortal, said: unknown[]) => Promise<void>,
  ): Promise<void> {
    const said: unknown[] = [];
    const portal = await serve(
      { ...portalConfig, ...config },
      { note: (it) => said.push(it), page: path.join(folder, 'page') },
    );
    try {
      await use(`http://127.0.0.1:${portal.port}`, portal, said);
    } finally {
      await portal.close();
    }
  }

  const ask = (at: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${at}/api/status`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('a file is given to whoever brings its id, as it is, and nobody keeps it; who asks too often is told so', async () => {
    await withPortal({ limits: { questionsPerDocumentPerHour: 2 } }, async (at) => {
      const receive = (body: unknown) =>
        fetch(`${at}/api/receive`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const got = await receive({ depositId });
      assert.deepEqual(Buffer.from(await got.arrayBuffer()), sealed);
      assert.deepEqual(
        [got.headers.get('cache-control'), got.headers.get('content-type')],
        ['no-store', 'application/octet-stream'],
      );
      assert.equal((await receive({ depositId: 'U'.repeat(22) })).status, 404);
      assert.equal((await receive({ depositId: 'W'.repeat(22) })).status, 410);
      for (const bad of [{}, { depositId: `${depositId}A` }, { depositId, key: 'a' }, { depositId: 7 }])
        assert.equal((await receive(bad)).status, 400);
      assert.equal((await receive({ depositId })).status, 200);
      assert.equal((await receive({ depositId })).status, 429);
      const page = await fetch(`${at}/receive`);
      assert.match(await page.text(), /<title>portal/);
      assert.equal(page.headers.get('cache-control'), 'no-cache');
    });
  });

  test('a question is answered with the center’s words; an unknown number and a wrong code alike', async () => {
    await withPortal({}, async (at, _portal, said) => {
      const answer = await ask(at, { documentNumber: 'known', inquiry: rightKey });
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), known);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const wrong = await ask(at, { documentNumber: 'known', inquiry: wrongKey });
      const unknown = await ask(at, { documentNumber: 'unknown', inquiry: rightKey });
      assert.equal(wrong.status, unknown.status);
      assert.equal(await wrong.text(), await unknown.text());
      assert.deepEqual(said, [], 'nothing is noted of visitors');
    });
  });

  test('what does not fit is refused before the center hears of it', async () => {
    await withPortal({}, async (at) => {
      for (const body of [{}, { documentNumber: 'known' }, { documentNumber: 'known', inquiry: '!' }, [], 'null', '{'])
        assert.equal((await ask(at, body)).status, 400, JSON.stringify(body));
      const named = { documentNumber: 'known', inquiry: rightKey, name: '見本　太郎' };
      assert.equal((await ask(at, named)).status, 400, 'an unknown field');
      const large = await ask(at, { documentNumber: 'x'.repeat(10_000), inquiry: rightKey });
      assert.equal(large.status, 413);
      assert.deepEqual(await large.json(), { code: 'TOO_LARGE' });
    });
  });

  test('an address has a limit, and a document number has one whoever asks', async () => {
    const proxies = ['127.0.0.1'];
    const limits = { questionsPerAddressPerMinute: 3, questionsPerDocumentPerHour: 5 };
    await withPortal({ proxies, limits }, async (at) => {
      const from = (address: string, documentNumber: string) =>
        ask(at, { documentNumber, inquiry: wrongKey }, { 'x-forwarded-for': address }).then(({ status }) => status);
      const one = [];
      for (let i = 0; i < 5; i++) one.push(await from('192.0.2.1', `number-${i}`));
      assert.deepEqual(one, [200, 200, 200, 429, 429]);
      const many = [];
      for (let i = 0; i < 7; i++) many.push(await from(`192.0.2.${10 + i}`, 'same-number'));
      assert.deepEqual(many, [200, 200, 200, 200, 200, 429, 429]);
      const neighbours = [];
      for (let i = 0; i < 4; i++) neighbours.push(await from(`2001:db8::${i}`, `other-${i}`));
      assert.deepEqual(neighbours, [200, 200, 200, 429], 'a /64 of IPv6 is one address');
    });
  });

  test('without a named proxy nobody chooses an address', async () => {
    await withPortal({ limits: { questionsPerAddressPerMinute: 2 } }, async (at) => {
      const from = (address: string) =>
        ask(at, { documentNumber: 'n', inquiry: wrongKey }, { 'x-forwarded-for': address }).then((it) => it.status);
      assert.deepEqual([await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.3')], [200, 200, 429]);
    });
  });

  test('every answer has the headers; no other origin may be loaded, nor this one framed', async () => {
    await withPortal({}, async (at) => {
      for (const place of ['/', '/assets/a-1234.js', '/nothing', '/trust/bundle.json', '/log/checkpoint', '/health']) {
        const { headers } = await fetch(`${at}${place}`);
        const policy = headers.get('content-security-policy') ?? '';
        assert.match(policy, /default-src 'none'/, place);
        assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/, place);
        assert.match(policy, /frame-ancestors 'none'/, place);
        assert.doesNotMatch(policy, /https?:|'unsafe-inline'|'unsafe-eval'|\*/, place);
        assert.equal(headers.get('referrer-policy'), 'no-referrer', place);
        assert.match(headers.get('permissions-policy') ?? '', /camera=\(self\), microphone=\(\)/, place);
        assert.equal(headers.get('set-cookie'), null, place);
      }
      const asset = await fetch(`${at}/assets/a-1234.js`);
      assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
      assert.equal((await fetch(`${at}/`)).headers.get('cache-control'), 'no-cache');
    });
  });

  test('the log is read by the paths of tlog-tiles; full tiles for ever', async () => {
    await withPortal({}, async (at) => {
      const checkpoint = await fetch(`${at}/log/checkpoint`);
      assert.match(await checkpoint.text(), /^demo\.example\n3\n/);
      const full = await fetch(`${at}/log/tile/0/x001/234`);
      assert.deepEqual(await full.json(), { level: '0', index: '1234', width: '256' });
      assert.match(full.headers.get('cache-control') ?? '', /immutable/);
      const partial = await fetch(`${at}/log/tile/entries/005.p/17`);
      assert.deepEqual(await partial.json(), { index: '5', width: '17' });
      assert.doesNotMatch(partial.headers.get('cache-control') ?? '', /immutable/);
      for (const none of ['tile/0/009', 'tile/9/001', 'tile/0/1', 'tile/0/001.p/256', 'tile/entries/abc'])
        assert.equal((await fetch(`${at}/log/${none}`)).status, 404, none);
    });
  });

  test('the trust bundle is the file, also after it changed; never an unsound one', async () => {
    const trustBundleFile = path.join(folder, 'changing.json');
    const bundle = (madeAt: string) =>
      JSON.stringify({ format: 'dokodemo/trust/v1', madeAt, authorities: [authority.certificate], revoked: [] });
    writeFileSync(trustBundleFile, bundle('2026-01-01T00:00:00Z'));
    await withPortal({ trustBundleFile }, async (at, _portal, said) => {
      const madeAt = async () => ((await (await fetch(`${at}/trust/bundle.json`)).json()) as { madeAt: string }).madeAt;
      assert.equal(await madeAt(), '2026-01-01T00:00:00Z');
      writeFileSync(trustBundleFile, `${bundle('2026-02-01T00:00:00Z')}\n`);
      assert.equal(await madeAt(), '2026-02-01T00:00:00Z');
      writeFileSync(trustBundleFile, '{}');
      assert.equal(await madeAt(), '2026-02-01T00:00:00Z');
      assert.equal(said.length, 1);
    });
  });

  test('without the center the page is there, and a question says that nobody answered', async () => {
    await withPortal({ center: { url: 'https://127.0.0.1:9' } }, async (at) => {
      assert.equal((await fetch(`${at}/`)).status, 200);
      const answer = await ask(at, { documentNumber: 'known', inquiry: rightKey });
      assert.equal(answer.status, 502);
      assert.deepEqual(await answer.json(), { code: 'UPSTREAM_DOWN' });
      assert.equal((await fetch(`${at}/log/checkpoint`)).status, 502);
    });
  });

  test('a configuration is refused with everything that is wrong', async () => {
    const kiosk = await certify(authority, { use: 'kiosk', id: 'K-1', ...validity });
    const faultsOf = (given: unknown): readonly string[] => {
      try {
        checkConfig(given);
        return [];
      } catch (error) {
        assert.ok(error instanceof ConfigError, String(error));
        return error.faults;
      }
    };
    assert.deepEqual(faultsOf(portalConfig), []);
    const bad = {
      ...portalConfig,
      production: true,
      trustBundleFile: path.join(folder, 'none.json'),
      tls: { ...portalConfig.tls, certificate: pem(kiosk.certificate) },
    };
    assert.equal(faultsOf(bad).length, 4, faultsOf(bad).join('\n'));
    assert.match(faultsOf({ ...portalConfig, trustBundel: 'x' }).join('\n'), /trustBundel|additional/);
  });
});
