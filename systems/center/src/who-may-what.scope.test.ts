/** Who may call what: roles by endpoint, and within a role only what is one's own. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { uuidV7 } from '@dokodemo/domain';
import {
  answerRequest,
  collectingEndpoints,
  conversationEndpoints,
  type Endpoints,
  fileEndpoints,
  inquiryEndpoints,
  type LoggedPaper,
  type PeerRole,
} from '@dokodemo/protocol';
import { certificateDer, certify, createAuthority } from '@dokodemo/protocol/authority';
import { operatorEndpoints } from './operator-endpoints.ts';
import { eventsOf, makeWorld, startOfTests, TestKiosk, type World } from './testing/world.ts';

const roles: readonly PeerRole[] = ['kiosk', 'center', 'issuer', 'base-registry', 'operator', 'portal'];
const mayCall: Readonly<Record<string, PeerRole>> = {
  openSession: 'kiosk',
  giveInput: 'kiosk',
  fetchDocument: 'kiosk',
  reportFacts: 'kiosk',
  putDirectory: 'issuer',
  recentEvents: 'operator',
  liveSessions: 'operator',
  listCases: 'operator',
  noteCase: 'operator',
  closeCase: 'operator',
  readLedger: 'operator',
  readStatistics: 'operator',
  depositFile: 'kiosk',
  fileState: 'kiosk',
  withdrawFile: 'kiosk',
  collectFile: 'portal',
  inquire: 'portal',
  logCheckpoint: 'portal',
  logTile: 'portal',
  logEntries: 'portal',
};

async function codeOf(world: World, name: string, role: PeerRole): Promise<string> {
  const { handlers: ours, operatorHandlers, inquiryHandlers, fileHandlers, collectingHandlers } = world.center;
  const services: readonly (readonly [Endpoints, object])[] = [
    [conversationEndpoints, ours],
    [operatorEndpoints, operatorHandlers],
    [inquiryEndpoints, inquiryHandlers],
    [fileEndpoints, fileHandlers],
    [collectingEndpoints, collectingHandlers],
  ];
  const [endpoints, handlers] = services.find(([it]) => name in it) ?? assert.fail(name);
  const request = { peer: { role, id: 'somebody' }, params: {}, body: null };
  const reply = await answerRequest(endpoints, handlers as never, name, request, () => undefined);
  return (JSON.parse(Buffer.from(reply.body).toString()) as { code?: string }).code ?? 'answered';
}

describe('each endpoint answers one role', () => {
  const names = [
    ...Object.keys(conversationEndpoints),
    ...Object.keys(operatorEndpoints),
    ...Object.keys(inquiryEndpoints),
    ...Object.keys(fileEndpoints),
    ...Object.keys(collectingEndpoints),
  ];
  test('every endpoint is listed here', () => assert.deepEqual(names.sort(), Object.keys(mayCall).sort()));
  for (const [name, may] of Object.entries(mayCall)) {
    test(`${name}: ${may}, and nobody else`, async () => {
      const world = await makeWorld();
      for (const role of roles) {
        const code = await codeOf(world, name, role);
        assert.equal(code === 'NOT_ALLOWED', role !== may, `${role}: ${code}`);
      }
    });
  }
});

describe('openSession', () => {
  async function refusal(change: (kiosk: TestKiosk, world: World) => Promise<object> | object): Promise<string> {
    const world = await makeWorld();
    const kiosk = new TestKiosk(world);
    const body = { ...kiosk.opening(), ...(await change(kiosk, world)) };
    const answered = await world.center.handlers.openSession({ peer: kiosk.peer, params: {}, body });
    assert.equal((await eventsOf(world.journal)).length, answered.ok ? 1 : 0);
    return answered.ok ? 'opened' : answered.failure.code;
  }
  const stranger = (kiosk: TestKiosk, certificate: string) => ({
    terminal: { ...kiosk.opening().terminal, certificate: Buffer.from(certificateDer(certificate)).toString('base64') },
  });
  const validity = { notBefore: new Date(startOfTests - 1_000), notAfter: new Date(startOfTests + 1_000_000) };

  test('as it should be', async () => assert.equal(await refusal(() => ({})), 'opened'));
  test('a terminal out of service', async () =>
    assert.equal(
      await refusal(async (_, world) => {
        await world.store.putTerminals([{ terminalId: 'DEMO-0001', operator: 'o', store: 's', active: false }]);
        return {};
      }),
      'TERMINAL_UNKNOWN',
    ));
  test('another key than the one that was signed', async () =>
    assert.equal(await refusal(() => ({ kioskKey: Buffer.alloc(32, 7).toString('base64') })), 'TERMINAL_UNKNOWN'));
  test('another session than the one that was signed', async () =>
    assert.equal(await refusal((_, world) => ({ sessionId: uuidV7(world.time, world.entropy) })), 'TERMINAL_UNKNOWN'));
  test('the statement of another terminal', async () =>
    assert.equal(
      await refusal((kiosk, world) => {
        const other = new TestKiosk(world, 'DEMO-0002').opening();
        return { ...other, sessionId: kiosk.sessionId };
      }),
      'TERMINAL_UNKNOWN',
    ));
  test('a certificate of another authority', async () =>
    assert.equal(
      await refusal(async (kiosk) => {
        const other = await createAuthority('test', validity.notBefore, validity.notAfter);
        const made = await certify(other, { use: 'kiosk', id: 'DEMO-0001', ...validity });
        return stranger(kiosk, made.certificate);
      }),
      'TERMINAL_UNKNOWN',
    ));
  test('a certificate that is no kiosk’s', async () =>
    assert.equal(
      await refusal(async (kiosk, world) => {
        const made = await certify(world.keys.authority, { use: 'issuer', id: 'DEMO-0001', ...validity });
        return stranger(kiosk, made.certificate);
      }),
      'TERMINAL_UNKNOWN',
    ));
  test('a certificate out of its time', async () =>
    assert.equal(
      await refusal(async (kiosk, world) => {
        const past = { notBefore: new Date(startOfTests - 2_000), notAfter: new Date(startOfTests - 1_000) };
        const made = await certify(world.keys.authority, { use: 'kiosk', id: 'DEMO-0001', ...past });
        return stranger(kiosk, made.certificate);
      }),
      'TERMINAL_UNKNOWN',
    ));
  test('nonsense for a certificate', async () =>
    assert.equal(
      await refusal((kiosk) => ({ terminal: { ...kiosk.opening().terminal, certificate: 'AAAA' } })),
      'TERMINAL_UNKNOWN',
    ));
});

test('another terminal cannot see, move, read or report a session that is not its own', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  const applicationId = await kiosk.toPay('seal');
  const peer = { role: 'kiosk' as const, id: 'DEMO-0002' };
  const { sessionId, seq } = kiosk;
  const { handlers } = world.center;
  const events = (await eventsOf(world.journal)).length;
  const answers = [
    await handlers.giveInput({ peer, params: { sessionId }, body: { seq, input: { kind: 'stop' } } }),
    await handlers.fetchDocument({ peer, params: { sessionId, applicationId }, body: null }),
  ];
  for (const it of answers) assert.ok(!it.ok && it.failure.code === 'UNKNOWN');
  const reported = kiosk.reported(...kiosk.wellDelivered(applicationId));
  const facts = await handlers.reportFacts({ peer, params: {}, body: { facts: reported } });
  assert.ok(facts.ok && facts.value.accepted.length === 0);
  assert.ok(facts.value.refused.every(({ code }) => code === 'UNKNOWN'));
  assert.equal((await eventsOf(world.journal)).length, events);
});

test('a document is handed out while it waits for its fee, and not a moment longer', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  const applicationId = await kiosk.toPay('seal');
  const fetch = async (id = applicationId) => {
    const params = { sessionId: kiosk.sessionId, applicationId: id };
    const answered = await world.center.handlers.fetchDocument({ peer: kiosk.peer, params, body: null });
    return answered.ok ? 'handed out' : answered.failure.code;
  };
  assert.equal(await fetch(), 'handed out');
  assert.equal(await fetch(), 'handed out');
  assert.equal(await fetch(kiosk.sessionId), 'UNKNOWN');
  world.time.at += 300_000;
  assert.equal(await fetch(), 'DOCUMENT_EXPIRED');
  world.time.at -= 300_000;
  await world.store.putPaper(
    kiosk.sessionId,
    `document-${applicationId}`,
    Buffer.from('{"aad":"AAAA","sealed":"AAAA"}'),
    9e15,
  );
  assert.equal(await fetch(), 'MISMATCH_STOP');
  await kiosk.report({ kind: 'fee-reserved', applicationId, feeYen: 200, method: 'cash' });
  assert.equal(await fetch(), 'ENDED');
});

test('an issuer writes the directory of its own municipalities only', async () => {
  const world = await makeWorld({
    municipalities: [
      { code: '482013', name: '市', issuerId: '482013' },
      { code: '483028', name: '町', issuerId: '999999' },
    ],
  });
  const put = (municipality: string) =>
    world.center.handlers.putDirectory({
      peer: { role: 'issuer', id: '482013' },
      params: { municipality },
      body: { added: ['b'.repeat(64)], removed: [] },
    });
  assert.deepEqual(await put('482013'), { ok: true, value: { size: 2 } });
  for (const other of ['483028', '131016']) {
    const refused = await put(other);
    assert.ok(!refused.ok && refused.failure.code === 'NOT_ALLOWED');
  }
});

test('a document that is not this session’s goes no further, opens a case, and its issuer is told that it is void', async () => {
  for (const twist of [
    { holder: '0'.repeat(64) },
    { feeYen: 100 },
    { terminalId: 'DEMO-0002' },
    { copies: 2 },
    // A number of another municipality, in the log before that one uses it, would make its paper false.
    { documentNumbers: ['20261123-483028-0000001'] },
    { documentNumbers: ['0000001'] },
  ]) {
    const world = await makeWorld();
    world.issuer.twist = (binding) => ({ ...binding, ...twist });
    const kiosk = new TestKiosk(world);
    await kiosk.toMenu();
    await kiosk.give({ kind: 'chosen', questionId: '@kind', optionIds: ['seal'] });
    const { screen } = await kiosk.give({ kind: 'confirmed', feeYen: 200 });
    assert.ok(screen.kind === 'notice');
    assert.deepEqual(screen.lines, [{ text: 'refusal.MISMATCH_STOP' }]);
    assert.ok(![...world.store.papers.keys()].some((name) => name.includes('document-')));
    await world.center.tick();
    assert.equal(world.issuer.outcomes[0]?.outcome, 'voided');
    assert.ok((await eventsOf(world.journal)).some(({ body }) => body.kind === 'CaseOpened'));
  }
});

test('papers for the log that are not those of the document: a document of something else', async () => {
  for (const twist of [
    (papers: LoggedPaper[]) => papers.slice(1),
    (papers: LoggedPaper[]) => papers.map((it) => ({ ...it, number: '20261123-483028-0000001' })),
  ]) {
    const world = await makeWorld();
    world.issuer.twistPapers = twist;
    const kiosk = new TestKiosk(world);
    await kiosk.toMenu();
    await kiosk.give({ kind: 'chosen', questionId: '@kind', optionIds: ['seal'] });
    const { screen } = await kiosk.give({ kind: 'confirmed', feeYen: 200 });
    assert.ok(screen.kind === 'notice');
    assert.deepEqual(screen.lines, [{ text: 'refusal.MISMATCH_STOP' }]);
  }
});

test('overload is refused politely, before anything is written', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  await kiosk.toMenu();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  world.issuer.hold = () => held;
  await kiosk.give({ kind: 'chosen', questionId: '@kind', optionIds: ['seal'] });
  const asked = Array.from({ length: 8 }, () => kiosk.ask({ kind: 'confirmed', feeYen: 200 }));
  const early = await Promise.race(asked.slice(-1));
  assert.ok(early !== undefined && !early.ok && early.failure.code === 'BUSY');
  release();
  const answers = await Promise.all(asked);
  const screens = answers.flatMap((it) => (it.ok ? [it.value.screen.kind] : []));
  assert.deepEqual(screens, ['pay', 'pay', 'pay', 'pay']);
  assert.equal(world.issuer.prepared.size, 1);
});
