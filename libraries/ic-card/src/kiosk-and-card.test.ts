import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  cardConversation,
  checkCredential,
  InProcessReader,
  isTestAuthority,
  makeCard,
  memoryCardState,
  memoryShelf,
  openTestAuthority,
  verifyChallengeSignature,
  withCard,
} from './index.ts';

const now = Date.parse('2026-11-23T10:00:00+09:00');

test('a kiosk reads the certificate, verifies the PIN, has the challenge signed, and the issuer believes it', async () => {
  const shelf = memoryShelf();
  const authority = await openTestAuthority({ shelf, clock: { now: () => now } });
  const made = await makeCard({
    authority,
    pin: '1234',
    holderLabel: 'yamada',
    stateStore: memoryCardState(),
    shelf: memoryShelf(),
  });
  const reader = new InProcessReader();
  reader.insert(made.card);
  const challenge = createHash('sha256').update('a visit').digest();
  const outcome = await withCard(reader, async (connection) => {
    const conversation = cardConversation(connection);
    const read = await conversation.readAuthenticationCertificate();
    const tries = await conversation.pinTriesLeft();
    const early = await conversation.signChallenge(challenge);
    const pin = Buffer.from('1234');
    const verified = await conversation.verifyPin(pin);
    const signed = await conversation.signChallenge(challenge);
    return { read, tries, early, pin, verified, signed };
  });
  assert.equal(made.card.lastFault, undefined);
  assert.ok(outcome.read.ok);
  assert.equal(outcome.read.token, 'card');
  assert.deepEqual(outcome.read.certificateDer, made.certificateDer);
  assert.deepEqual(outcome.tries, { ok: true, triesLeft: 3 });
  assert.equal(outcome.early.ok, false);
  assert.deepEqual([...outcome.pin], [0, 0, 0, 0]);
  assert.deepEqual(outcome.verified, { ok: true, outcome: 'ok' });
  assert.ok(outcome.signed.ok);
  assert.ok(verifyChallengeSignature(made.certificateDer, challenge, outcome.signed.signature));
  const checked = checkCredential({
    certificateDer: made.certificateDer,
    trustAnchors: [authority.caCertificateDer],
    now,
  });
  assert.ok(checked.ok, JSON.stringify(checked));
  assert.equal(checked.credential.serialHex, made.serialHex);
  assert.ok(isTestAuthority(authority.caCertificateDer));
  assert.ok(isTestAuthority(made.certificateDer));
});
