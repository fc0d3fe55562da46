import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apduTraceLine, tracedConnection } from './apdu-trace.ts';
import { cardConversation } from './card-conversation.ts';
import { type CardConnection, CardError } from './card-reader.ts';
import { verifyChallengeSignature } from './credential.ts';
import { InProcessReader } from './in-process-reader.ts';
import { verifyOrdinanceSignature } from './ordinance-credential.ts';
import { ascii, cardOf, challengeOf, hex } from './people-who-do-not-exist.ts';
import { VirtualCard } from './virtual-card/virtual-card.ts';

async function conversationWith(card: VirtualCard) {
  const reader = new InProcessReader();
  reader.insert(card);
  const lines: string[] = [];
  const connection = tracedConnection(await reader.connect(), (line) => lines.push(line));
  return { reader, lines, conversation: cardConversation(connection) };
}

/** A card that answers what it is told to, by instruction. */
function scripted(answers: Record<string, string>): CardConnection {
  return {
    async transmit(apdu) {
      const text = Buffer.from(apdu).toString('hex');
      const key = Object.keys(answers).find((start) => text.startsWith(start));
      return hex(key === undefined ? '9000' : (answers[key] ?? ''));
    },
    async disconnect() {},
  };
}

test('wrong, wrong, locked; and the bytes of each PIN are gone', async () => {
  const { conversation, lines } = await conversationWith((await cardOf('lock')).card);
  const wrong = () => ascii('9999');
  assert.deepEqual(await conversation.verifyPin(wrong()), { ok: true, outcome: 'wrong', triesLeft: 2 });
  assert.deepEqual(await conversation.verifyPin(wrong()), { ok: true, outcome: 'wrong', triesLeft: 1 });
  assert.deepEqual(await conversation.pinTriesLeft(), { ok: true, triesLeft: 1 });
  assert.deepEqual(await conversation.verifyPin(wrong()), { ok: true, outcome: 'locked' });
  const right = ascii('1234');
  assert.deepEqual(await conversation.verifyPin(right), { ok: true, outcome: 'locked' });
  assert.deepEqual(right, new Uint8Array(4));
  assert.deepEqual(await conversation.pinTriesLeft(), { ok: true, triesLeft: 0 });
  assert.equal(
    lines.some((line) => /39393939|31323334/.test(line)),
    false,
  );
});

test('the command that carried the PIN is wiped too, in whatever way the card ends it', async () => {
  const sent: Uint8Array[] = [];
  const connection: CardConnection = {
    async transmit(apdu) {
      sent.push(apdu);
      if (apdu[1] === 0x20) throw new CardError('CARD_REMOVED', 'gone');
      return hex('9000');
    },
    async disconnect() {},
  };
  const pin = ascii('1234');
  const outcome = await cardConversation(connection).verifyPin(pin);
  assert.deepEqual(outcome, { ok: false, code: 'CARD_REMOVED', detail: 'gone' });
  assert.deepEqual(pin, new Uint8Array(4));
  assert.ok(sent.every((apdu) => apdu.every((byte) => byte === 0)));
});

test('what is no PIN is not sent and costs no try', async () => {
  const { conversation } = await conversationWith((await cardOf('slip')).card);
  for (const slip of ['', '123', '12345', '12a4']) {
    const outcome = await conversation.verifyPin(ascii(slip));
    assert.equal(outcome.ok ? 'sent' : outcome.code, 'PIN_MALFORMED', slip);
  }
  assert.deepEqual(await conversation.pinTriesLeft(), { ok: true, triesLeft: 3 });
});

test('the signature password has a counter of its own, on cards that have one', async () => {
  const { conversation } = await conversationWith((await cardOf('second', { signaturePassword: 'ABC123' })).card);
  assert.deepEqual(await conversation.pinTriesLeft('signature'), { ok: true, triesLeft: 5 });
  assert.deepEqual(await conversation.verifyPin(ascii('ABC999'), 'signature'), {
    ok: true,
    outcome: 'wrong',
    triesLeft: 4,
  });
  assert.deepEqual(await conversation.verifyPin(ascii('ABC123'), 'signature'), { ok: true, outcome: 'ok' });
  const without = await conversationWith((await cardOf('no-second')).card);
  const outcome = await without.conversation.pinTriesLeft('signature');
  assert.equal(outcome.ok ? '' : outcome.code, 'CARD_NO_CERTIFICATE');
});

test('the second PIN is the municipality’s: read, counted, verified and signed for beside JPKI', async () => {
  const made = await cardOf('ordinance', { secondPin: '5678' });
  const { conversation } = await conversationWith(made.card);
  const challenge = challengeOf('a visit');
  const read = await conversation.readOrdinanceCertificate();
  assert.deepEqual(read, { ok: true, certificateDer: made.ordinanceCertificateDer });
  assert.deepEqual(await conversation.pinTriesLeft('second'), { ok: true, triesLeft: 3 });
  const early = await conversation.signOrdinance('second', challenge);
  assert.equal(early.ok ? '' : early.code, 'PIN_NEEDED');
  assert.deepEqual(await conversation.verifyPin(ascii('1234'), 'second'), { ok: true, outcome: 'wrong', triesLeft: 2 });
  const right = ascii('5678');
  assert.deepEqual(await conversation.verifyPin(right, 'second'), { ok: true, outcome: 'ok' });
  assert.deepEqual(right, new Uint8Array(4));
  // In the middle of it the other application is spoken to: what was verified stays, each in its own place.
  assert.ok((await conversation.readAuthenticationCertificate()).ok);
  assert.deepEqual(await conversation.pinTriesLeft(), { ok: true, triesLeft: 3 });
  const signed = await conversation.signOrdinance('second', challenge);
  assert.ok(signed.ok && made.ordinanceCertificateDer);
  assert.ok(verifyOrdinanceSignature(made.ordinanceCertificateDer, 'second', challenge, signed.signature));
  const holder = await conversation.signOrdinance('holder', challenge);
  assert.equal(holder.ok ? '' : holder.code, 'PIN_NEEDED');
  const jpki = await conversation.signChallenge(challenge);
  assert.equal(jpki.ok ? '' : jpki.code, 'PIN_NEEDED');
  await assert.rejects(conversation.signOrdinance('second', new Uint8Array(31)), RangeError);
});

test('a card without the municipality’s application says so, and can still be used for everything else', async () => {
  const { conversation } = await conversationWith((await cardOf('plain')).card);
  for (const outcome of [
    await conversation.pinTriesLeft('second'),
    await conversation.verifyPin(ascii('5678'), 'second'),
    await conversation.readOrdinanceCertificate(),
    await conversation.signOrdinance('second', challengeOf('x')),
  ]) {
    assert.equal(outcome.ok ? '' : outcome.code, 'CARD_NO_ORDINANCE');
  }
  assert.deepEqual(await conversation.verifyPin(ascii('1234')), { ok: true, outcome: 'ok' });
});

test('the signature is over this challenge by this card and no other', async () => {
  const mine = await cardOf('mine');
  const other = await cardOf('other');
  const { conversation } = await conversationWith(mine.card);
  const challenge = challengeOf('visit 1');
  const early = await conversation.signChallenge(challenge);
  assert.equal(early.ok ? '' : early.code, 'PIN_NEEDED');
  await conversation.verifyPin(ascii('1234'));
  const signed = await conversation.signChallenge(challenge);
  assert.ok(signed.ok);
  assert.equal(signed.signature.length, 256);
  assert.ok(verifyChallengeSignature(mine.certificateDer, challenge, signed.signature));
  assert.equal(verifyChallengeSignature(other.certificateDer, challenge, signed.signature), false);
  assert.equal(verifyChallengeSignature(mine.certificateDer, challengeOf('visit 2'), signed.signature), false);
  await assert.rejects(conversation.signChallenge(new Uint8Array(20)), RangeError);
});

test('another kind of card, a card without the certificate, a card gone: each is said', async () => {
  const transit = await conversationWith(new VirtualCard([]));
  const unknown = await transit.conversation.readAuthenticationCertificate();
  assert.equal(unknown.ok ? '' : unknown.code, 'CARD_UNKNOWN');
  transit.reader.remove();
  const gone = await transit.conversation.readAuthenticationCertificate();
  assert.equal(gone.ok ? '' : gone.code, 'CARD_REMOVED');
  const label = Buffer.from('JPKIAPICCTOKEN2'.padEnd(32)).toString('hex');
  const absent = await cardConversation(
    scripted({ '00a4020c02000a': '6a82', '00b0': `${label}9000` }),
  ).readAuthenticationCertificate();
  assert.equal(absent.ok ? '' : absent.code, 'CARD_NO_CERTIFICATE');
});

const badCards: readonly [string, Record<string, string>, string][] = [
  ['an empty certificate file', { '00b0': `${'00'.repeat(32)}9000` }, 'CARD_NO_CERTIFICATE'],
  [
    'a certificate of 64 KB',
    { '00b0000020': `${'20'.repeat(32)}9000`, '00b0000000': `3082ffff${'00'.repeat(28)}9000` },
    'CARD_UNREADABLE',
  ],
  ['a file that gives nothing', { '00b0': '9000' }, 'CARD_UNREADABLE'],
  ['more than was asked', { '00b0': `${'30'.repeat(64)}9000` }, 'CARD_UNREADABLE'],
  ['no status word', { '00b0': '90' }, 'CARD_UNREADABLE'],
  ['a phone before its PIN', { '00b0000020': `${'20'.repeat(32)}9000`, '00b0000000': '6982' }, 'PIN_NEEDED'],
  ['an unexpected word at SELECT', { '00a4020c': '6f00' }, 'CARD_UNREADABLE'],
];
for (const [name, answers, code] of badCards) {
  test(`${name} is ${code}`, async () => {
    const outcome = await cardConversation(scripted(answers)).readAuthenticationCertificate();
    assert.equal(outcome.ok ? 'ok' : outcome.code, code);
  });
}

test('6983 means locked as well as 6984, and 63C0 at the last try', async () => {
  for (const word of ['6983', '6984', '63c0']) {
    const conversation = cardConversation(scripted({ '00200080': word }));
    assert.deepEqual(await conversation.verifyPin(ascii('1234')), { ok: true, outcome: 'locked' });
    assert.deepEqual(await conversation.pinTriesLeft(), { ok: true, triesLeft: 0 });
  }
  const strange = await cardConversation(scripted({ '00200080': '6f00' })).verifyPin(ascii('1234'));
  assert.equal(strange.ok ? '' : strange.code, 'CARD_UNREADABLE');
});

test('phones are told apart by their token', async () => {
  for (const [label, kind] of [
    ['JPKIAPGPSETOKEN', 'android'],
    ['JPKIAPIOSTOKEN', 'iphone'],
    ['SOMETHING', 'other'],
  ] as const) {
    const { certificateDer } = await cardOf('phone');
    const connection: CardConnection = {
      async transmit(apdu) {
        if (apdu[1] !== 0xb0) return hex('9000');
        const le = apdu[4] || 256;
        const offset = ((apdu[2] ?? 0) << 8) | (apdu[3] ?? 0);
        const content =
          le === 32 && offset === 0 ? ascii(label.padEnd(32)) : certificateDer.subarray(offset, offset + le);
        return Uint8Array.from([...content, 0x90, 0x00]);
      },
      async disconnect() {},
    };
    const read = await cardConversation(connection).readAuthenticationCertificate();
    assert.ok(read.ok);
    assert.equal(read.token, kind);
    assert.deepEqual(read.certificateDer, certificateDer);
  }
  assert.match(apduTraceLine(hex('00b0000000'), hex('')), /no answer/);
});
