import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { answer, refuse } from '@dokodemo/domain';
import { Type } from 'typebox';
import { type Authority, type CertifiedUse, certify, createAuthority } from './authority.ts';
import { carryOverHttp } from './call-http.ts';
import { clientOver, type Noted } from './dispatch.ts';
import { defineEndpoints } from './endpoint.ts';
import { type RunningServer, serveHttp, service, type TlsIdentity } from './serve-http.ts';
import { strict } from './shapes.ts';

const endpoints = defineEndpoints({
  greet: {
    method: 'POST',
    path: '/v1/greetings/:name',
    callers: ['kiosk'],
    summary: 'for this test',
    params: Type.Object({ name: Type.String({ pattern: '^[a-z]+$' }) }, strict),
    body: Type.Object({ times: Type.Integer({ minimum: 1, maximum: 3 }) }, strict),
    reply: Type.Object({ text: Type.String() }, strict),
    maxBodyBytes: 200,
    maxReplyBytes: 1_000,
    timeoutMs: 400,
  },
});

let authority: Authority;
let server: RunningServer;
const noted: Noted[] = [];
const closing: (() => Promise<void>)[] = [];
/** Calls that are held open, each with what lets it go. */
const held: (() => void)[] = [];
let onHeld: () => void = () => undefined;
const releaseAll = () => {
  for (const release of held.splice(0)) release();
};

async function identity(use: CertifiedUse, id: string, by = authority): Promise<TlsIdentity> {
  const certified = await certify(by, {
    use,
    id,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
  });
  return { ...certified, authority: authority.certificate };
}

before(async () => {
  authority = await createAuthority('systems', new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000));
  server = await serveHttp(
    [
      service(endpoints, {
        greet: async ({ peer, params, body }) => {
          if (params.name === 'nobody') return refuse('UNKNOWN', 'no such person');
          if (params.name === 'broken') throw new Error('secret detail');
          if (params.name === 'slow')
            await new Promise<void>((resolve) => {
              held.push(resolve);
              onHeld();
            });
          return answer({ text: `${'hello '.repeat(body.times)}${params.name} from ${peer.id}` });
        },
      }),
    ],
    {
      host: '127.0.0.1',
      port: 0,
      tls: await identity('center', 'center'),
      note: (line) => noted.push(line),
      maxInFlight: 2,
    },
  );
});

after(async () => {
  releaseAll();
  for (const close of closing) await close();
  await server.close();
});

async function client(use: CertifiedUse, id: string, expectRole: 'center' | 'issuer' = 'center', by = authority) {
  const { carry, close } = carryOverHttp({
    url: server.url,
    tls: await identity(use, id, by),
    expect: { role: expectRole },
    connections: 4,
  });
  closing.push(close);
  return { call: clientOver(endpoints, carry), carry };
}

test('a kiosk is known by its certificate and answered', async () => {
  const { call } = await client('kiosk', 'DEMO-0001');
  assert.deepEqual(
    await call.greet({ name: 'taro' }, { times: 2 }),
    answer({ text: 'hello hello taro from DEMO-0001' }),
  );
});

test('another role is refused before its body is read', async () => {
  const { call } = await client('issuer', '482013');
  const reply = await call.greet({ name: 'taro' }, { times: 99 });
  assert.ok(!reply.ok && reply.failure.code === 'NOT_ALLOWED');
});

test('a certificate of another authority gets no connection', async () => {
  const foreign = await createAuthority('foreign', new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000));
  const { call } = await client('kiosk', 'DEMO-0001', 'center', foreign);
  const reply = await call.greet({ name: 'taro' }, { times: 1 });
  assert.ok(!reply.ok && reply.failure.code === 'NO_ANSWER');
});

test('a server of another role is not believed', async () => {
  const { call } = await client('kiosk', 'DEMO-0001', 'issuer');
  const reply = await call.greet({ name: 'taro' }, { times: 1 });
  assert.ok(!reply.ok);
});

test('unknown fields, wrong types, wrong paths, no JSON and too much of it are refused with a code', async () => {
  const { call, carry } = await client('kiosk', 'DEMO-0001');
  const extra = await call.greet({ name: 'taro' }, { times: 1, extra: true } as never);
  assert.ok(!extra.ok && extra.failure.code === 'MALFORMED');
  const beyond = await call.greet({ name: 'taro' }, { times: 4 });
  assert.ok(!beyond.ok && beyond.failure.code === 'MALFORMED');
  const param = await call.greet({ name: 'Taro' }, { times: 1 });
  assert.ok(!param.ok && param.failure.code === 'MALFORMED');
  const raw = async (path: string, body: Buffer) => {
    const reply = await carry({ method: 'POST', path, body, timeoutMs: 400, maxReplyBytes: 1_000 });
    assert.ok('status' in reply);
    return { status: reply.status, code: JSON.parse(Buffer.from(reply.body).toString()).code };
  };
  assert.deepEqual(await raw('/v1/greetings/taro', Buffer.from('{')), { status: 400, code: 'MALFORMED' });
  assert.deepEqual(await raw('/v1/greetings/taro', Buffer.from(`{"times":1,"x":"${'x'.repeat(300)}"}`)), {
    status: 413,
    code: 'TOO_LARGE',
  });
  assert.deepEqual(await raw('/v1/greetings/taro', Buffer.alloc(5_000, 32)), { status: 413, code: 'TOO_LARGE' });
  assert.deepEqual(await raw('/v2/nothing', Buffer.from('{}')), { status: 404, code: 'UNKNOWN' });
});

test('refusals arrive as values; a defect tells the caller nothing of its inside', async () => {
  const { call } = await client('kiosk', 'DEMO-0001');
  assert.deepEqual(await call.greet({ name: 'nobody' }, { times: 1 }), refuse('UNKNOWN', 'no such person'));
  assert.deepEqual(await call.greet({ name: 'broken' }, { times: 1 }), refuse('DEFECT'));
  assert.ok(noted.some(({ code, detail }) => code === 'DEFECT' && detail.includes('secret detail')));
});

test('no answer in time is said to be in doubt; a closed port is said to be down', async () => {
  const { call } = await client('kiosk', 'DEMO-0001');
  const late = await call.greet({ name: 'slow' }, { times: 1 });
  assert.ok(!late.ok && late.failure.code === 'NO_ANSWER');
  const { carry, close } = carryOverHttp({
    url: 'https://127.0.0.1:1',
    tls: await identity('kiosk', 'DEMO-0001'),
    expect: { role: 'center' },
    connections: 1,
  });
  closing.push(close);
  const down = await clientOver(endpoints, carry).greet({ name: 'taro' }, { times: 1 });
  assert.ok(!down.ok && down.failure.code === 'UPSTREAM_DOWN');
});

test('more than it can carry at once is answered politely, and the next is served', async () => {
  releaseAll();
  const { call } = await client('kiosk', 'DEMO-0001');
  const bothHeld = new Promise<void>((resolve) => {
    onHeld = () => held.length === 2 && resolve();
  });
  const first = [call.greet({ name: 'slow' }, { times: 1 }), call.greet({ name: 'slow' }, { times: 1 })];
  await bothHeld;
  const third = await call.greet({ name: 'taro' }, { times: 1 });
  assert.ok(!third.ok && third.failure.code === 'BUSY');
  releaseAll();
  for (const reply of await Promise.all(first)) assert.ok(reply.ok);
  assert.ok((await call.greet({ name: 'taro' }, { times: 1 })).ok);
});

test('plain text at the port is not answered', async () => {
  const said = await new Promise<string>((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n\r\n'));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
  assert.ok(!said.includes('HTTP/1.1 200'));
});
