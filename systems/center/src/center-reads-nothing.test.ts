/** S6: neither journal, nor store, nor notes ever hold a name, a PIN or the plain text of a label or a document. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cardConversation,
  InProcessReader,
  isTestAuthority,
  makeCard,
  memoryCardState,
  memoryShelf,
  openOrdinanceAuthority,
  openTestAuthority,
  withCard,
} from '@dokodemo/ic-card';
import { visitChallenge, x25519PublicBytes } from '@dokodemo/protocol';
import { jpkiCredentials } from './credentials.ts';
import { sealedNames } from './testing/menu.ts';
import { eventsOf, makeWorld, startOfTests, TestKiosk, TestTime, testEntropy } from './testing/world.ts';

test('a whole issuance with a real card leaves nothing readable at the center', async () => {
  const clock = new TestTime();
  const authority = await openTestAuthority({ shelf: memoryShelf(), clock, entropy: testEntropy('authority') });
  const shelf = memoryShelf();
  const ordinance = {
    authority: await openOrdinanceAuthority({
      municipality: '482013',
      shelf,
      clock,
      entropy: testEntropy('ordinance'),
    }),
    secondPin: '8305',
    stateStore: memoryCardState(),
  };
  const card = { authority, pin: '4649', holderLabel: 'taro', stateStore: memoryCardState(), shelf };
  const made = await makeCard({ ...card, ordinance });
  const credentials = jpkiCredentials({
    anchors: [authority.caCertificateDer],
    clock,
    allowTestAuthority: true,
    revocation: {
      status: async () => ({
        status: 'good',
        by: 'ocsp',
        producedAt: startOfTests,
        nextUpdate: startOfTests + 600_000,
      }),
    },
  });
  const world = await makeWorld({ credentials, checkCard: true, listed: false });
  const kiosk = new TestKiosk(world);
  const copies: string[] = [];
  const look = async () => {
    for (const [name, bytes] of world.store.papers) copies.push(`${name} ${Buffer.from(bytes).toString('latin1')}`);
    for (const [, bytes] of world.store.papers) copies.push(Buffer.from(bytes).toString('utf8'));
  };

  await kiosk.open();
  await kiosk.give({ kind: 'agree' });
  const certificate = Buffer.from(made.certificateDer).toString('base64');
  const credential = { kind: 'jpki' as const, certificate };
  const which = await kiosk.give({ kind: 'credential', credential, triesLeft: 3 });
  assert.ok(which.screen.kind === 'choose' && which.screen.questionId === '@municipality');
  const pin = await kiosk.give({ kind: 'chosen', questionId: '@municipality', optionIds: ['m-482013'] });
  assert.ok(pin.screen.kind === 'enter-pin');
  const challenge = visitChallenge({
    sessionId: kiosk.sessionId,
    issuerNonce: Buffer.from(pin.screen.issuerNonce, 'base64'),
    kioskKey: x25519PublicBytes(kiosk.key),
    terminalId: kiosk.terminalId,
  });
  const reader = new InProcessReader();
  reader.insert(made.card);
  const signed = await withCard(reader, async (connection) => {
    const conversation = cardConversation(connection);
    await conversation.verifyPin(Buffer.from('4649'));
    return conversation.signChallenge(challenge);
  });
  assert.ok(signed.ok);
  await look();
  await kiosk.give({ kind: 'proof', signature: Buffer.from(signed.signature).toString('base64') });
  await look();
  await kiosk.give({ kind: 'card-removed' });
  const applicationId = await kiosk.toPay('residence');
  await look();
  await kiosk.report(...kiosk.wellDelivered(applicationId, 600, 2));
  await kiosk.give({ kind: 'delivered', applicationId, outcome: 'captured' });

  await kiosk.give({ kind: 'another' });
  await kiosk.give({ kind: 'chosen', questionId: '@kind', optionIds: ['family'] });
  await kiosk.give({ kind: 'credential', credential, triesLeft: 3 });
  const second = await withCard(reader, async (connection) => {
    const conversation = cardConversation(connection);
    const read = await conversation.readOrdinanceCertificate();
    await conversation.verifyPin(Buffer.from('8305'), 'second');
    const signed = await conversation.signOrdinance('second', challenge);
    assert.ok(read.ok && signed.ok);
    return {
      certificate: Buffer.from(read.certificateDer).toString('base64'),
      signature: Buffer.from(signed.signature).toString('base64'),
    };
  });
  await kiosk.give({ kind: 'second-proof', ...second });
  await look();
  const question = await kiosk.give({ kind: 'card-removed' });
  assert.ok(question.screen.kind === 'choose' && question.screen.questionId === 'range');
  await look();
  await kiosk.give({ kind: 'chosen', questionId: 'range', optionIds: ['whole'] });
  await kiosk.give({ kind: 'copies', copies: 1 });
  const pay = await kiosk.give({ kind: 'confirmed', feeYen: 450 });
  assert.ok(pay.screen.kind === 'pay');
  await look();
  await kiosk.report(...kiosk.wellDelivered(pay.screen.applicationId, 450, 1));
  await kiosk.give({ kind: 'delivered', applicationId: pay.screen.applicationId, outcome: 'captured' });
  await kiosk.give({ kind: 'finish' });
  await world.center.tick();

  const journal = JSON.stringify(await eventsOf(world.journal));
  const everything = [journal, JSON.stringify(world.notes), ...copies].join('\n');
  assert.ok(copies.length > 6);
  for (const secret of [...sealedNames, '見本 太郎', '太郎', '4649', '8305', '%PDF']) {
    assert.ok(!everything.includes(secret), `"${secret}" can be read at the center`);
    assert.ok(!everything.includes(Buffer.from(secret).toString('base64').replace(/=+$/, '')));
  }
  // The journal names the card by digest, never by serial number or key; and what is not a fact of the session is gone.
  assert.ok(!journal.includes(made.serialHex) && !journal.includes(certificate.slice(40, 80)));
  assert.ok(!journal.includes(second.certificate.slice(40, 80)) && !journal.includes(second.signature));
  assert.equal(world.store.papers.size, 0);
});

test('production does not believe a test authority', async () => {
  const authority = await openTestAuthority({ shelf: memoryShelf(), clock: new TestTime() });
  const revocation = { status: async () => assert.fail('not asked') };
  const options = { anchors: [authority.caCertificateDer], clock: new TestTime(), revocation };
  assert.ok(isTestAuthority(authority.caCertificateDer));
  assert.throws(() => jpkiCredentials({ ...options, allowTestAuthority: false }), /test authority/);
});

test('when nobody can say whether a certificate was revoked, it is refused', async () => {
  const clock = new TestTime();
  const authority = await openTestAuthority({ shelf: memoryShelf(), clock });
  const made = await makeCard({
    authority,
    pin: '1234',
    holderLabel: 'a',
    stateStore: memoryCardState(),
    shelf: memoryShelf(),
  });
  const answers = [
    { status: 'unknown', by: 'crl', doubt: 'UNREACHABLE', detail: 'down' },
    { status: 'revoked', by: 'ocsp', producedAt: 0, nextUpdate: 0, revokedAt: startOfTests },
  ] as const;
  const codes = [];
  for (const status of answers) {
    const revocation = { status: async () => status };
    const credentials = jpkiCredentials({
      anchors: [authority.caCertificateDer],
      clock,
      revocation,
      allowTestAuthority: true,
    });
    const world = await makeWorld({ credentials });
    const kiosk = new TestKiosk(world);
    await kiosk.open();
    await kiosk.give({ kind: 'agree' });
    const certificate = Buffer.from(made.certificateDer).toString('base64');
    const { screen } = await kiosk.give({
      kind: 'credential',
      credential: { kind: 'jpki', certificate },
      triesLeft: 3,
    });
    codes.push(screen.kind === 'notice' ? screen.lines[0] : screen.kind);
    assert.equal(world.issuer.calls.length, 0);
    assert.equal((await kiosk.give({ kind: 'agree' })).screen.kind, 'end');
  }
  assert.deepEqual(codes, [{ text: 'refusal.CERT_STATUS_UNKNOWN' }, { text: 'refusal.CERT_REVOKED' }]);
});
