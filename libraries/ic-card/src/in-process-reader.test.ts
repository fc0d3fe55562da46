import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CardError, type CardErrorCode, type ReaderState, withCard } from './card-reader.ts';
import { InProcessReader } from './in-process-reader.ts';
import { cardOf, hex } from './people-who-do-not-exist.ts';
import { memoryCardState } from './virtual-card/card-state.ts';

const selectJpki = hex('00a4040c 0a d392f000260100000001');
const selectPin = hex('00a4020c020018');
const rightPin = hex('00200080 04 31323334');

function failsWith(code: CardErrorCode) {
  return (error: unknown) => error instanceof CardError && error.code === code;
}

test('tells what lies on it, in order, until the listener goes', async () => {
  const reader = new InProcessReader('slot 0');
  const [one, two] = [(await cardOf('one')).card, (await cardOf('two')).card];
  const seen: ReaderState[] = [];
  const off = reader.onChange((state) => seen.push(state));
  reader.insert(one);
  reader.insert(two);
  reader.remove(one);
  reader.remove(one);
  reader.setBroken(true);
  reader.setBroken(true);
  reader.setBroken(false);
  reader.remove();
  off();
  reader.insert(one);
  assert.deepEqual(seen, ['card', 'two-cards', 'card', 'broken', 'card', 'empty']);
  assert.equal(reader.state(), 'card');
  assert.throws(() => reader.insert(one));
});

test('connects to one card, for one at a time', async () => {
  const reader = new InProcessReader();
  await assert.rejects(reader.connect(), failsWith('NO_CARD'));
  const { card } = await cardOf('one');
  reader.insert(card);
  const connection = await reader.connect();
  await assert.rejects(reader.connect(), failsWith('SHARING_VIOLATION'));
  await connection.disconnect();
  await connection.disconnect();
  await assert.rejects(connection.transmit(selectJpki), failsWith('DISCONNECTED'));
  await (await reader.connect()).disconnect();
  reader.insert((await cardOf('two')).card);
  await assert.rejects(reader.connect(), failsWith('CARD_TWO'));
  reader.setBroken(true);
  await assert.rejects(reader.connect(), failsWith('READER_BROKEN'));
});

test('a second card in the field ends the conversation with the first', async () => {
  const reader = new InProcessReader();
  reader.insert((await cardOf('one')).card);
  const connection = await reader.connect();
  reader.insert((await cardOf('two')).card);
  await assert.rejects(connection.transmit(selectJpki), failsWith('CARD_TWO'));
  reader.remove();
  await assert.rejects(connection.transmit(selectJpki), failsWith('CARD_TWO'));
});

test('disconnecting unpowers the card, also when the work fails', async () => {
  const reader = new InProcessReader();
  reader.insert((await cardOf('one')).card);
  const work = withCard(reader, async (connection) => {
    for (const apdu of [selectJpki, selectPin, rightPin]) await connection.transmit(apdu);
    throw new Error('the screen went dark');
  });
  await assert.rejects(work, /the screen went dark/);
  await withCard(reader, async (connection) => {
    await connection.transmit(selectJpki);
    await connection.transmit(hex('00a4020c020017'));
    const response = await connection.transmit(hex(`802a0080 01 00 00`));
    assert.equal(Buffer.from(response).toString('hex'), '6982');
  });
});

test('a card pulled in the middle of VERIFY: the kiosk learns it at once, and the card has spent the try', async () => {
  const kept = memoryCardState();
  let saving: (() => void) | undefined;
  let goOn: (() => void) | undefined;
  const written = new Promise<void>((resolve) => {
    saving = resolve;
  });
  const { card } = await cardOf('pulled', {
    stateStore: {
      load: () => kept.load(),
      async save(state) {
        kept.save(state);
        saving?.();
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      },
    },
  });
  const reader = new InProcessReader();
  reader.insert(card);
  const connection = await reader.connect();
  await connection.transmit(selectJpki);
  await connection.transmit(selectPin);
  const verifying = connection.transmit(rightPin);
  await written;
  reader.remove();
  await assert.rejects(verifying, failsWith('CARD_REMOVED'));
  // The card's memory answers only now; the card has no power any more and must not compare.
  goOn?.();
  await assert.rejects(connection.transmit(selectJpki), failsWith('CARD_REMOVED'));
  reader.insert(card);
  await assert.rejects(connection.transmit(selectJpki), failsWith('CARD_REMOVED'), 'the old connection stays dead');
  const again = await reader.connect();
  await again.transmit(selectJpki);
  await again.transmit(selectPin);
  assert.equal(Buffer.from(await again.transmit(hex('00200080'))).toString('hex'), '63c2');
});

test('a dead connection reaches nobody, not even the same card in its next conversation', async () => {
  const reader = new InProcessReader();
  const { card } = await cardOf('again');
  reader.insert(card);
  const old = await reader.connect();
  reader.remove();
  reader.insert(card);
  const fresh = await reader.connect();
  await fresh.transmit(selectJpki);
  await fresh.transmit(selectPin);
  await assert.rejects(old.transmit(hex('00200080 04 30303030')), failsWith('CARD_REMOVED'));
  assert.equal(Buffer.from(await fresh.transmit(hex('00200080'))).toString('hex'), '63c3');
});

test('commands sent at once are carried out one after another', async () => {
  const reader = new InProcessReader();
  reader.insert((await cardOf('queue')).card);
  const connection = await reader.connect();
  const answers = await Promise.all(
    [selectJpki, selectPin, rightPin, hex('00200080')].map((apdu) => connection.transmit(apdu)),
  );
  assert.deepEqual(
    answers.map((it) => Buffer.from(it).toString('hex')),
    ['9000', '9000', '9000', '63c3'],
  );
});
