import assert from 'node:assert/strict';
import { constants, createPublicKey, publicDecrypt, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CardError } from '../card-reader.ts';
import { cardOf, hex } from '../people-who-do-not-exist.ts';
import { type CardState, type CardStateStore, fileCardState, memoryCardState } from './card-state.ts';
import type { VirtualCard } from './virtual-card.ts';

const selectJpki = '00a4040c 0a d392f000260100000001';
const selectAuthPin = '00a4020c 02 0018';
const rightPin = '00200080 04 31323334';
const wrongPin = '00200080 04 39393939';
const askTries = '00200080';
const digestInfo = `3031300d060960864801650304020105000420${'ab'.repeat(32)}`;
const sign = `802a0080 33 ${digestInfo} 00`;

/** Sends each command and compares the status word; returns the data of the last. */
async function dialogue(card: VirtualCard, ...lines: readonly (readonly [command: string, sw: string])[]) {
  let data = Buffer.alloc(0);
  for (const [command, sw] of lines) {
    const response = Buffer.from(await card.transmit(hex(command)));
    assert.equal(response.subarray(-2).toString('hex'), sw, `${command} ${card.lastFault ?? ''}`);
    data = response.subarray(0, -2);
  }
  return data;
}

async function poweredCard(label: string, stateStore: CardStateStore = memoryCardState()): Promise<VirtualCard> {
  const { card } = await cardOf(label, { stateStore });
  card.powerOn();
  return card;
}

test('only its own AID is there, whole or by its beginning; what is not known is 6A82 or 6D00', async () => {
  const card = await poweredCard('select');
  await dialogue(
    card,
    ['00a4040c 08 a000000151000000', '6a82'],
    ['00a4040c', '6a82'],
    ['00a4040c 04 d392f000', '6a82'],
    ['00b0000000', '6d00'],
    ['90b0000000', '6e00'],
    [selectJpki, '9000'],
    ['00a40400 05 d392f00026 00', '9000'],
    ['00a4044c 0a d392f000260100000001', '6a86'],
    ['00f20000', '6d00'],
    ['0cb0000000', '6e00'],
    ['00a4020c 02 7777', '6a82'],
    ['00a4020c 01 00', '6700'],
    ['00a4000c 02 000a', '6a86'],
    ['00b00000 000100', '6700'],
  );
});

test('READ BINARY: free files, wrong kinds, offsets, short file ids', async () => {
  const { card, certificateDer } = await cardOf('read');
  card.powerOn();
  await dialogue(card, [selectJpki, '9000'], ['00b0000000', '6986'], [selectAuthPin, '9000'], ['00b0000000', '6981']);
  const token = await dialogue(card, ['00a4020c 02 0006', '9000'], ['00b0000000', '9000']);
  assert.equal(token.length, 160);
  assert.equal(token.subarray(0, 32).toString(), 'JPKIAPICCTOKEN2'.padEnd(32));
  const start = await dialogue(card, ['00a4020c 02 000a', '9000'], ['00b0000000', '9000']);
  assert.deepEqual(Buffer.from(certificateDer.subarray(0, 256)), start);
  const offset = (256).toString(16).padStart(4, '0');
  assert.deepEqual(await dialogue(card, [`00b0${offset}08`, '9000']), Buffer.from(certificateDer.subarray(256, 264)));
  const past = certificateDer.length.toString(16).padStart(4, '0');
  const last = (certificateDer.length - 1).toString(16).padStart(4, '0');
  assert.equal((await dialogue(card, [`00b0${last}00`, '9000'])).length, 1);
  await dialogue(card, [`00b0${past}00`, '6b00'], ['00b00000', '6700'], ['00b0a00000', '6a86'], ['00b09e0000', '6a82']);
  assert.deepEqual(await dialogue(card, ['00b08a0010', '9000']), start.subarray(0, 16));
  assert.equal((await dialogue(card, ['00a4020c 02 0008', '9000'], ['00b0000000', '9000'])).toString('hex'), '008f00');
});

test('a right PIN opens the key, and the counter is asked without cost, even when verified', async () => {
  const { card, certificateDer } = await cardOf('right-pin');
  card.powerOn();
  await dialogue(
    card,
    [selectJpki, '9000'],
    [askTries, '6986'],
    [sign, '6986'],
    ['00a4020c 02 0017', '9000'],
    [sign, '6982'],
  );
  await dialogue(card, [selectAuthPin, '9000'], [askTries, '63c3'], [wrongPin, '63c2'], [askTries, '63c2']);
  await dialogue(card, [rightPin, '9000'], [askTries, '63c3'], ['00a4020c 02 0017', '9000']);
  const signature = await dialogue(card, [sign, '9000']);
  const key = new X509Certificate(certificateDer).publicKey;
  assert.equal(publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).toString('hex'), digestInfo);
  await dialogue(
    card,
    [`802a0080 f6 ${'00'.repeat(246)} 00`, '6700'],
    [`802a0080 f5 ${'01'.repeat(245)} 00`, '9000'],
    ['802a0080 33 '.concat(digestInfo, ' 10'), '6c00'],
    ['802a0080 33 '.concat(digestInfo), '6700'],
    ['802a0180 33 '.concat(digestInfo, ' 00'), '6a86'],
    ['002a0080 33 '.concat(digestInfo, ' 00'), '6d00'],
  );
});

test('what was verified outlives a new SELECT, but not a reset or a wrong PIN', async () => {
  const card = await poweredCard('verified');
  const toKey = [selectJpki, '00a4020c020017'] as const;
  await dialogue(card, [selectJpki, '9000'], ['00200098 04 31323334', '9000'], [toKey[0], '9000'], [toKey[1], '9000']);
  await dialogue(card, [sign, '9000'], [selectAuthPin, '9000'], [wrongPin, '63c2'], [toKey[1], '9000'], [sign, '6982']);
  await dialogue(card, [selectAuthPin, '9000'], [rightPin, '9000']);
  card.reset();
  await dialogue(card, [selectAuthPin, '6d00'], [toKey[0], '9000'], [toKey[1], '9000'], [sign, '6982']);
});

test('three wrong PINs lock for good: 63C0, then 6984, across power cycles and a new process', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'dokodemo-card-'));
  after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'card.json');
  const first = await poweredCard('locked', fileCardState(path));
  await dialogue(first, [selectJpki, '9000'], [selectAuthPin, '9000'], [wrongPin, '63c2']);
  first.powerOff();
  first.powerOn();
  await dialogue(first, [selectJpki, '9000'], [selectAuthPin, '9000'], [askTries, '63c2'], [wrongPin, '63c1']);
  const second = await poweredCard('locked', fileCardState(path));
  await dialogue(second, [selectJpki, '9000'], [selectAuthPin, '9000'], [askTries, '63c1'], [wrongPin, '63c0']);
  await dialogue(second, [wrongPin, '6984'], [rightPin, '6984'], [askTries, '63c0']);
  const third = await poweredCard('locked', fileCardState(path));
  await dialogue(third, [selectJpki, '9000'], [selectAuthPin, '9000'], [rightPin, '6984'], [askTries, '63c0']);
  assert.equal(existsSync(`${path}.new`), false);
});

test('a damaged memory gives no new tries: the card refuses', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'dokodemo-card-'));
  after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'card.json');
  const damaged = [
    '',
    '{',
    '{}',
    '{"version":2,"pins":{}}',
    '{"version":1,"pins":{}}',
    '{"version":1,"pins":{"0018":{}}}',
  ];
  for (const text of [...damaged, '{"version":1,"pins":{"0018":{"value":"1234","triesLeft":99}}}']) {
    writeFileSync(path, text);
    const card = await poweredCard('damaged', fileCardState(path));
    await dialogue(card, [selectJpki, '9000'], [selectAuthPin, '9000'], [askTries, '6f00'], [rightPin, '6f00']);
    assert.equal(readFileSync(path, 'utf8'), text);
  }
});

test('the try is spent before the PIN is compared: cutting the power there does not save it', async () => {
  const kept = memoryCardState();
  let whenSaved: (() => void) | undefined;
  const store: CardStateStore = {
    load: () => kept.load(),
    save(state: CardState) {
      kept.save(state);
      whenSaved?.();
    },
  };
  const card = await poweredCard('tear', store);
  await dialogue(card, [selectJpki, '9000'], [selectAuthPin, '9000'], [rightPin, '9000']);
  for (const pin of [wrongPin, rightPin, wrongPin]) {
    whenSaved = () => card.powerOff();
    await assert.rejects(card.transmit(hex(pin)), new CardError('CARD_REMOVED', 'the card lost its power'));
    whenSaved = undefined;
    card.powerOn();
    await dialogue(card, [selectJpki, '9000'], [selectAuthPin, '9000']);
  }
  await dialogue(card, [askTries, '63c0'], [rightPin, '6984']);
});

test('when memory cannot be written, no PIN is compared', async () => {
  const store: CardStateStore = {
    load: () => undefined,
    save() {
      throw new Error('disk full');
    },
  };
  const card = await poweredCard('full', store);
  await dialogue(
    card,
    [selectJpki, '9000'],
    [selectAuthPin, '9000'],
    [rightPin, '6f00'],
    ['00a4020c020017', '9000'],
    [sign, '6982'],
  );
  assert.match(String(card.lastFault), /disk full/);
});

test('CHANGE PIN: after the old one, with a new one that fits, kept without power', async () => {
  const store = memoryCardState();
  const card = await poweredCard('change', store);
  const change = '00240180 04 35363738';
  await dialogue(card, [selectJpki, '9000'], [selectAuthPin, '9000'], [change, '6982'], [rightPin, '9000']);
  await dialogue(
    card,
    ['00240180 05 3536373839', '6a80'],
    ['00240180 04 35363741', '6a80'],
    ['00240080 04 35363738', '6a86'],
  );
  await dialogue(card, ['00240180', '6700'], [change, '9000']);
  const again = await poweredCard('change', store);
  await dialogue(
    again,
    [selectJpki, '9000'],
    [selectAuthPin, '9000'],
    [rightPin, '63c2'],
    ['00200080 04 35363738', '9000'],
  );
});

test('only the whole PIN is the PIN: with something behind it, or without its end, it is wrong', async () => {
  const card = await poweredCard('whole');
  await dialogue(card, [selectJpki, '9000'], [selectAuthPin, '9000'], ['00200080 05 3132333435', '63c2']);
  await dialogue(card, ['00200080 03 313233', '63c1'], [rightPin, '9000']);
});

test('a card with the signature certificate shows it, and signs, only after its password', async () => {
  const { card } = await cardOf('two-keys', { signaturePassword: 'ABC123' });
  card.powerOn();
  const password = '00200080 06 414243313233';
  await dialogue(card, [selectJpki, '9000'], ['00a4020c 02 0008', '9000'], ['00b0000000', '9000']);
  await dialogue(
    card,
    ['00a4020c 02 0001', '9000'],
    ['00b0000000', '6982'],
    ['00a4020c 02 0018', '9000'],
    [rightPin, '9000'],
  );
  await dialogue(
    card,
    ['00a4020c 02 0001', '9000'],
    ['00b0000000', '6982'],
    ['00a4020c 02 001a', '9000'],
    [sign, '6982'],
  );
  await dialogue(
    card,
    ['00a4020c 02 001b', '9000'],
    [askTries, '63c5'],
    [password, '9000'],
    ['00a4020c 02 001a', '9000'],
  );
  const signature = await dialogue(card, [sign, '9000']);
  const [first, second] = [
    await dialogue(card, ['00a4020c 02 0001', '9000'], ['00b0000000', '9000']),
    await dialogue(card, ['00b0010000', '9000']),
  ];
  const rest = [await dialogue(card, ['00b0020000', '9000']), await dialogue(card, ['00b0030000', '9000'])];
  const der = Buffer.concat([first, second, ...rest]);
  const key = createPublicKey(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'pem' }));
  assert.equal(publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).toString('hex'), digestInfo);
  await dialogue(card, ['00a4020c 02 0002', '9000'], ['00b0000004', '9000']);
});

test('GET CHALLENGE gives as many bytes as asked, never the same', async () => {
  const card = await poweredCard('challenge');
  await dialogue(card, [selectJpki, '9000'], ['00840000', '6700'], ['0084010008', '6a86']);
  const [one, two] = [await dialogue(card, ['0084000008', '9000']), await dialogue(card, ['0084000008', '9000'])];
  assert.equal(one.length, 8);
  assert.notDeepEqual(one, two);
  assert.equal((await dialogue(card, ['0084000000', '9000'])).length, 256);
});

test('without power there is no answer', async () => {
  const { card } = await cardOf('dark');
  await assert.rejects(card.transmit(hex(selectJpki)), CardError);
});
