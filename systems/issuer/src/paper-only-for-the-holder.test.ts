/** S1: every printed page belongs to the holder whose card signed the session's challenge. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { before, test } from 'node:test';
import { isoJapan } from '@dokodemo/domain';
import { certificateDer, certify } from '@dokodemo/protocol/authority';
import {
  cardOf,
  createWorld,
  enter,
  type Keys,
  makeKeys,
  newSession,
  openAtKiosk,
  openBody,
  openVisit,
  prepare,
  proofBody,
  proveVisit,
  readPaper,
  refusedAs,
  terminalIds,
  value,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

test('a signature by another card is no proof, and the visit is spent', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const { nonce } = value(await openVisit(world, session));
  const foreign = proofBody(world, session, nonce, cardOf(keys, 1));
  refusedAs(await proveVisit(world, session, foreign), 'PROOF_WRONG');
  refusedAs(await proveVisit(world, session, foreign), 'PROOF_WRONG');
  refusedAs(await proveVisit(world, session, proofBody(world, session, nonce)), 'SAME_ID_OTHER_BODY');
  refusedAs(await prepare(world, session), 'PROOF_WRONG');
});

test('a proof of one visit is none in another: replayed, or over another nonce', async () => {
  const world = createWorld(keys);
  const first = newSession(world);
  const proof = proofBody(world, first, value(await openVisit(world, first)).nonce);
  value(await proveVisit(world, first, proof));
  const second = newSession(world);
  value(await openVisit(world, second));
  refusedAs(await proveVisit(world, second, proof), 'PROOF_WRONG');
  const third = newSession(world);
  value(await openVisit(world, third));
  const otherNonce = Buffer.from(world.entropy.bytes(32)).toString('base64');
  refusedAs(await proveVisit(world, third, proofBody(world, third, otherNonce)), 'PROOF_WRONG');
});

test('a key put in by somebody on the way is not what the terminal signed', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const body = openBody(world, session);
  const swapped = { ...body, kioskKey: Buffer.from(world.entropy.bytes(32)).toString('base64') };
  refusedAs(await openVisit(world, session, swapped), 'TERMINAL_UNKNOWN');
  for (const other of [{ sessionId: newSession(world).sessionId }, { terminalId: terminalIds[1] }]) {
    refusedAs(await openVisit(world, session, { ...body, ...other }), 'TERMINAL_UNKNOWN');
  }
  refusedAs(await openVisit(world, session, { ...body, kioskKey: 'AAAA' }), 'MALFORMED');
});

test('a terminal that swaps the key after the card has signed opens nothing', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const thief = newSession(world, { ...session, kioskPrivateKey: newSession(world).kioskPrivateKey });
  const wish = wishBody(world);
  const reply = value(await prepare(world, session, wish));
  refusedAs(openAtKiosk(world, thief, wish, reply), 'MISMATCH_STOP');
  value(openAtKiosk(world, session, wish, reply));
});

test('only certificates of terminals, from the systems’ authority, in force, are believed', async () => {
  const world = createWorld(keys);
  const [notBefore, notAfter] = [new Date('2026-01-01'), new Date('2027-01-01')];
  const past = new Date('2026-02-01');
  const signed = [
    await certify(keys.systems, { use: 'operator', id: 'DEMO-0001', notBefore, notAfter }),
    await certify(keys.documents, { use: 'kiosk', id: 'DEMO-0001', notBefore, notAfter }),
    await certify(keys.systems, { use: 'kiosk', id: 'DEMO-0001', notBefore, notAfter: past }),
    await certify(keys.systems, { use: 'kiosk', id: 'DEMO-0009', notBefore, notAfter }),
  ];
  const good = await certify(keys.systems, { use: 'kiosk', id: 'DEMO-0001', notBefore, notAfter });
  for (const [i, made] of [...signed, good].entries()) {
    const terminal = { key: createPrivateKey(made.key), certificate: certificateDer(made.certificate) };
    const session = newSession(world);
    const body = openBody({ ...world, keys: { ...keys, terminals: new Map([['DEMO-0001', terminal]]) } }, session);
    const opened = await openVisit(world, session, body);
    if (i < signed.length) refusedAs(opened, 'TERMINAL_UNKNOWN');
    else value(opened);
  }
});

test('a card whose certificate is out of date, or not of the card authority, opens no visit', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const body = openBody(world, session);
  const credential = { kind: 'jpki' as const, certificate: body.terminal.certificate };
  refusedAs(await openVisit(world, session, { ...body, credential }), 'CERT_UNTRUSTED');
  world.clock.set('2034-01-01T10:00:00+09:00');
  refusedAs(await openVisit(world, session), 'CERT_EXPIRED');
});

test('what the center saw of the card must be fresh', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const { nonce } = value(await openVisit(world, session));
  const proof = proofBody(world, session, nonce);
  const ago = (minutes: number) => isoJapan(world.clock.now() - minutes * 60_000);
  for (const saw of [{ producedAt: ago(16) }, { at: ago(16), by: 'crl' as const }, { producedAt: ago(-1) }]) {
    const centerSaw = { ...proof.centerSaw, ...saw };
    refusedAs(await proveVisit(world, session, { ...proof, centerSaw }), 'CERT_STATUS_UNKNOWN');
  }
  value(
    await proveVisit(world, session, { ...proof, centerSaw: { ...proof.centerSaw, by: 'crl', producedAt: ago(60) } }),
  );
});

test('nobody here holds this card', async () => {
  const world = createWorld(keys);
  world.register.holders.clear();
  const session = newSession(world);
  const { nonce } = value(await openVisit(world, session));
  refusedAs(await proveVisit(world, session, proofBody(world, session, nonce)), 'NOT_RESIDENT');
});

test('a visit has its time', async () => {
  const world = createWorld(keys);
  const session = newSession(world);
  const body = openBody(world, session);
  const { nonce } = value(await openVisit(world, session, body));
  const { session: proven } = await enter(world);
  refusedAs(await prepare(world, session), 'OUT_OF_STEP');
  world.clock.advance(600_000);
  refusedAs(await proveVisit(world, session, proofBody(world, session, nonce)), 'ENDED');
  refusedAs(await prepare(world, proven), 'ENDED');
  refusedAs(await openVisit(world, session, body), 'ENDED');
});

test('two kiosks in the same millisecond: each gets its own holder’s paper, and neither can open the other’s', async () => {
  const world = createWorld(keys);
  const a = await enter(world, { card: cardOf(keys, 0), terminalId: terminalIds[0] });
  const b = await enter(world, { card: cardOf(keys, 1), terminalId: terminalIds[1] });
  const wishes = [a, b].map((side) => ({
    side,
    wish: wishBody(world, { answers: { scope: [side === a ? 'holder' : 'all'], show: ['head'] }, copies: 2 }),
  }));
  // Both are held at the register until both are there, then answered in the opposite order.
  const gates: (() => void)[] = [];
  world.register.beforeSnapshot = () => new Promise((resolve) => gates.push(resolve));
  const replies = wishes.map(({ side, wish }) => prepare(world, side.session, wish));
  while (gates.length < 2) await new Promise(setImmediate);
  for (const open of gates.toReversed()) open();
  const [mine, other] = (await Promise.all(replies)).map(value);
  assert.ok(mine && other && wishes[0] && wishes[1]);
  const paper = (i: 0 | 1, reply: typeof mine) => {
    const entry = wishes[i];
    assert.ok(entry);
    return readPaper(value(openAtKiosk(world, entry.side.session, entry.wish, reply)).sheets);
  };
  assert.deepEqual(new Set(paper(0, mine).map(({ lines }) => lines[0])), new Set(['name 佐藤 花子']));
  assert.deepEqual(new Set(paper(1, other).map(({ lines }) => lines[0])), new Set(['name 鈴木 次郎']));
  assert.equal(new Set([...mine.documentNumbers, ...other.documentNumbers]).size, 4);
  refusedAs(openAtKiosk(world, a.session, wishes[0].wish, other), 'MISMATCH_STOP');
  refusedAs(openAtKiosk(world, b.session, wishes[1].wish, mine), 'MISMATCH_STOP');
});

test('ids of one municipality are nothing in another', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  refusedAs(await prepare(world, { ...session, municipality: '483028' }), 'UNKNOWN');
  refusedAs(await prepare(world, { ...session, municipality: '010006' }), 'NOT_PARTICIPATING');
});
