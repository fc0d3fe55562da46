/** What demands the second PIN (第二暗証番号) is issued after the holder's own card application has signed for it, in this
 *  visit, and not otherwise. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { before, test } from 'node:test';
import { credentialDigest, ordinanceStatement } from '@dokodemo/ic-card';
import { digestOfParts, sha256Hex } from '@dokodemo/protocol';
import type { MunicipalityProfile } from './municipality.ts';
import { otherTown, town } from './testing/people.ts';
import {
  cardOf,
  createWorld,
  enter,
  type Keys,
  makeKeys,
  newSession,
  openAtKiosk,
  openVisit,
  ordinanceOf,
  prepare,
  proofBody,
  proveSecondPin,
  proveVisit,
  putOn,
  refusedAs,
  type Session,
  secondProofBody,
  value,
  type World,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

const demanding: Partial<MunicipalityProfile> = {
  kinds: [{ kindId: 'residence', from: '2020-01-01', maxCopies: 5, secondPin: true }],
};

test('a kind that demands it is issued once it is proven, for the rest of the visit; the history keeps what proves it', async () => {
  const world = createWorld(keys, { profile: demanding });
  const { session, menu, nonce } = await enter(world);
  assert.equal(menu.kinds[0]?.secondPin, true);
  refusedAs(await prepare(world, session), 'SECOND_PIN_NEEDED');
  const proof = secondProofBody(session, nonce);
  value(await proveSecondPin(world, session, proof));
  for (let i = 0; i < 2; i++) {
    const wish = wishBody(world);
    value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
    const record = await world.issuer.history.application(town, wish.applicationId);
    const credential = credentialDigest(session.card.ordinance.certificateDer);
    assert.deepEqual(record?.issue?.second, { credential, signature: proof.signature });
  }
});

test('a kind that does not demand it is issued without, and no trace of it is kept', async () => {
  const world = createWorld(keys);
  const { session, menu } = await enter(world);
  assert.equal(menu.kinds[0]?.secondPin, false);
  const wish = wishBody(world);
  value(await prepare(world, session, wish));
  const record = await world.issuer.history.application(town, wish.applicationId);
  assert.ok(record?.issue && !('second' in record.issue));
});

/** A session whose second proof was not believed, and what comes of it. */
async function rejected(
  prove: (world: World, session: Session, nonce: string) => ReturnType<typeof secondProofBody>,
  profile: Partial<MunicipalityProfile> = {},
): Promise<string> {
  const world = createWorld(keys, { profile: { ...demanding, ...profile } });
  const { session, nonce } = await enter(world);
  const body = prove(world, session, nonce);
  const given = await proveSecondPin(world, session, body);
  assert.ok(!given.ok);
  assert.ok(given.failure.detail);
  assert.deepEqual(await proveSecondPin(world, session, body), given);
  refusedAs(await prepare(world, session), 'SECOND_PIN_NEEDED');
  // It was this visit's one: the right one comes too late.
  refusedAs(await proveSecondPin(world, session, secondProofBody(session, nonce)), 'SAME_ID_OTHER_BODY');
  return given.failure.code;
}

test('a signature for another purpose, visit or key is no second proof', async () => {
  assert.equal(
    await rejected((_world, session, nonce) => secondProofBody(session, nonce, { purpose: 'holder' })),
    'PROOF_WRONG',
  );
  assert.equal(
    await rejected((world, session, nonce) =>
      secondProofBody({ ...session, sessionId: newSession(world).sessionId }, nonce),
    ),
    'PROOF_WRONG',
  );
  assert.equal(
    await rejected((_world, session) => secondProofBody(session, Buffer.alloc(32).toString('base64'))),
    'PROOF_WRONG',
  );
  assert.equal(
    await rejected((world, session, nonce) =>
      secondProofBody({ ...session, kioskKey: newSession(world).kioskKey }, nonce),
    ),
    'PROOF_WRONG',
  );
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  assert.equal(
    await rejected((_world, session, nonce) =>
      secondProofBody(session, nonce, { ordinance: { ...session.card.ordinance, key: privateKey } }),
    ),
    'PROOF_WRONG',
  );
  // The first PIN's own signature, however right, says nothing of the second.
  assert.equal(
    await rejected((world, session, nonce) => ({
      ...secondProofBody(session, nonce),
      signature: proofBody(world, session, nonce).signature,
    })),
    'PROOF_WRONG',
  );
});

test('an application of another card, another municipality, another time, or one that was stopped, is none', async () => {
  const by =
    (make: (session: Session) => Session['card']['ordinance']) => (_: World, session: Session, nonce: string) =>
      secondProofBody(session, nonce, { ordinance: make(session) });
  const own = ordinanceOf(keys, town);
  // Somebody else's application, with that person's second PIN: a valid signature of the wrong person.
  assert.equal(await rejected(by(() => cardOf(keys, 1).ordinance)), 'SECOND_PIN_NOT_SET');
  assert.equal(await rejected(by(({ card }) => putOn(card, ordinanceOf(keys, otherTown)))), 'SECOND_PIN_NOT_SET');
  const past = { notBefore: Date.parse('2020-01-01'), notAfter: Date.parse('2021-01-01') };
  assert.equal(await rejected(by(({ card }) => putOn(card, own, past))), 'CERT_EXPIRED');
  assert.equal(await rejected(() => ({ certificate: 'AAAA', signature: 'AAAA' })), 'CERT_MALFORMED');
  const { certificateDer: jpki } = cardOf(keys, 0);
  assert.equal(
    await rejected((_world, session, nonce) => ({
      ...secondProofBody(session, nonce),
      certificate: Buffer.from(jpki).toString('base64'),
    })),
    'SECOND_PIN_NOT_SET',
  );
  const stopped = { authorities: [own.caCertificateDer], stopped: [cardOf(keys, 0).ordinance.serialHex] };
  assert.equal(
    await rejected(
      by(({ card }) => card.ordinance),
      { ordinance: stopped },
    ),
    'SECOND_PIN_NOT_SET',
  );
});

test('it says something more about a proven holder: before the first proof, after a wrong one, elsewhere or late it says nothing', async () => {
  const world = createWorld(keys, { profile: demanding });
  const session = newSession(world);
  const { nonce } = value(await openVisit(world, session));
  const proof = secondProofBody(session, nonce);
  refusedAs(await proveSecondPin(world, session, proof), 'OUT_OF_STEP');
  refusedAs(await proveSecondPin(world, newSession(world), proof), 'UNKNOWN');
  refusedAs(await proveSecondPin(world, { ...session, municipality: otherTown }, proof), 'UNKNOWN');
  refusedAs(await proveSecondPin(world, { ...session, municipality: '131016' }, proof), 'NOT_PARTICIPATING');
  refusedAs(await proveVisit(world, session, proofBody(world, session, nonce, cardOf(keys, 1))), 'PROOF_WRONG');
  refusedAs(await proveSecondPin(world, session, proof), 'PROOF_WRONG');
  const late = await enter(world);
  world.clock.advance(600_000);
  refusedAs(await proveSecondPin(world, late.session, secondProofBody(late.session, late.nonce)), 'ENDED');
});

test('a demand that was raised after the menu holds at PREPARE; one that was dropped still holds for the menu that was given', async () => {
  const world = createWorld(keys);
  const early = await enter(world);
  world.profile = { ...world.profile, ...demanding };
  refusedAs(await prepare(world, early.session), 'SECOND_PIN_NEEDED');
  const strict = await enter(world);
  world.profile = { ...world.profile, kinds: createWorld(keys).profile.kinds };
  refusedAs(await prepare(world, strict.session), 'SECOND_PIN_NEEDED');
  value(await proveSecondPin(world, strict.session, secondProofBody(strict.session, strict.nonce)));
  value(await prepare(world, strict.session));
});

test('where the municipality has no card application of its own, what demands it is closed', async () => {
  const world = createWorld(keys, { profile: demanding });
  const { ordinance: _, ...without } = world.profile;
  world.profile = without;
  const { session, menu, nonce } = await enter(world);
  assert.equal(menu.kinds[0]?.closed, 'FORM_INCOMPLETE');
  refusedAs(await proveSecondPin(world, session, secondProofBody(session, nonce)), 'SECOND_PIN_NOT_SET');
  refusedAs(await prepare(world, session), 'SECOND_PIN_NEEDED');
});

test('an auditor computes what the card has signed by the rule of all other bindings', () => {
  const challenge = new Uint8Array(32).fill(7);
  for (const purpose of ['holder', 'second'] as const) {
    const digest = digestOfParts('dokodemo/ordinance/v1', purpose, challenge).toString('hex');
    assert.equal(sha256Hex(ordinanceStatement(purpose, challenge)), digest);
  }
});
