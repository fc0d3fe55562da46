/** The second PIN and the application around it: counted for itself, locked for good, and never in place of another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { verifyChallengeSignature } from '../credential.ts';
import { verifyOrdinanceSignature } from '../ordinance-credential.ts';
import { cardOf, challengeOf, hex } from '../people-who-do-not-exist.ts';
import { type CardStateStore, memoryCardState } from './card-state.ts';

const jpki = { select: hex('00a4040c 0a d392f000260100000001') };
const ordinance = { select: hex('00a4040c 0a f0444f4b4f44454d4f01') };
/** Each PIN with the key behind it. */
const doors = {
  holder: { ...jpki, pinFile: '0018', keyFile: '0017', pin: '8305' },
  ordinance: { ...ordinance, pinFile: '0011', keyFile: '0021', pin: '4417' },
  second: { ...ordinance, pinFile: '0012', keyFile: '0022', pin: '9026' },
} as const;
type DoorName = keyof typeof doors;
const names = Object.keys(doors) as DoorName[];

const challenge = challengeOf('a visit');
const digestInfo = `3031300d060960864801650304020105000420${Buffer.from(challenge).toString('hex')}`;
const sign = (door: DoorName) =>
  door === 'holder'
    ? hex(`802a0080 33 ${digestInfo} 00`)
    : hex(`802a0080 20 ${Buffer.from(challenge).toString('hex')} 40`);
const selectFile = (file: string) => hex(`00a4020c 02 ${file}`);
const verify = (pin: string) => hex(`00200080 04 ${Buffer.from(pin).toString('hex')}`);

function cardWith(label: string, stateStore?: CardStateStore, ordinanceStore?: CardStateStore) {
  return cardOf(label, {
    pin: doors.holder.pin,
    ordinancePin: doors.ordinance.pin,
    secondPin: doors.second.pin,
    ...(stateStore ? { stateStore } : {}),
    ...(ordinanceStore ? { ordinanceStore } : {}),
  });
}

test('three PINs on one card: each follows its own counter, opens its own key, and locks for good', async () => {
  const aDoor = fc.constantFrom(...names);
  // What is typed at a door: its own PIN, that of another door, or nobody's.
  const typed = fc.constantFrom('own' as const, 'wrong' as const, ...names);
  const deeds = ['verify', 'verify', 'verify', 'sign', 'sign', 'ask', 'power', 'new-process'] as const;
  const step = fc.record({ do: fc.constantFrom(...deeds), door: aDoor, typed });
  let signatures = 0;
  let locked = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const stores = [memoryCardState(), memoryCardState()] as const;
      let made = await cardWith('three', ...stores);
      made.card.powerOn();
      const tries = { holder: 3, ordinance: 3, second: 3 };
      const open = new Set<DoorName>();
      const send = async (apdu: Uint8Array) => {
        const response = Buffer.from(await made.card.transmit(apdu));
        return { sw: response.subarray(-2).toString('hex'), data: response.subarray(0, -2) };
      };
      for (const it of steps) {
        const door = doors[it.door];
        if (it.do === 'power' || it.do === 'new-process') {
          if (it.do === 'new-process') made = await cardWith('three', ...stores);
          made.card.reset();
          open.clear();
          continue;
        }
        await send(door.select);
        await send(selectFile(it.do === 'sign' ? door.keyFile : door.pinFile));
        if (it.do === 'ask') {
          assert.equal((await send(hex('00200080'))).sw, `63c${tries[it.door]}`);
        } else if (it.do === 'verify') {
          const meant = it.typed === 'own' ? it.door : it.typed;
          const { sw } = await send(verify(meant === 'wrong' ? '0000' : doors[meant].pin));
          if (tries[it.door] === 0) {
            locked++;
            assert.equal(sw, '6984');
          } else if (meant === it.door) {
            assert.equal(sw, '9000');
            tries[it.door] = 3;
            open.add(it.door);
          } else {
            assert.equal(sw, `63c${--tries[it.door]}`);
            open.delete(it.door);
          }
        } else {
          const { sw, data } = await send(sign(it.door));
          assert.equal(sw, open.has(it.door) ? '9000' : '6982');
          if (sw !== '9000') continue;
          signatures++;
          // What one door signs is never good for another.
          const certificate = made.ordinanceCertificateDer ?? new Uint8Array(0);
          assert.deepEqual(
            [
              verifyChallengeSignature(made.certificateDer, challenge, data),
              verifyOrdinanceSignature(certificate, 'holder', challenge, data),
              verifyOrdinanceSignature(certificate, 'second', challenge, data),
            ],
            names.map((name) => name === it.door),
          );
        }
      }
    }),
    { numRuns: 150 },
  );
  assert.ok(signatures > 50 && locked > 20, `${signatures} signatures, ${locked} at a locked door`);
});

const byte = fc.integer({ min: 0, max: 255 });
/** Commands that look right, so that the deep parts are reached too. */
const likely = fc
  .tuple(
    fc.constantFrom(0x00, 0x80, 0x0c),
    fc.constantFrom(0xa4, 0xb0, 0x20, 0x24, 0x2a, 0x84, 0x2c),
    fc.oneof(byte, fc.constantFrom(0, 1, 2, 4, 0x80)),
    fc.oneof(byte, fc.constantFrom(0, 0x0c, 0x80, 0x91, 0x92)),
    fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ maxLength: 40 }), fc.constant(challenge)),
    fc.option(byte, { nil: undefined }),
  )
  .map(([cla, ins, p1, p2, data, le]) => {
    const body = data.length ? [data.length, ...data] : [];
    return Uint8Array.from([cla, ins, p1, p2, ...body, ...(le === undefined ? [] : [le])]);
  });
const navigation = fc.constantFrom(
  ordinance.select,
  ...['0001', '0011', '0012', '0021', '0022'].map(selectFile),
  verify('0000'),
  sign('second'),
);

test('whatever bytes come, the municipality’s application answers a status word and never signs without its PIN', async () => {
  const store = memoryCardState();
  const { card } = await cardWith('storm', undefined, store);
  let signed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ arbitrary: navigation, weight: 2 }, likely), { minLength: 10, maxLength: 40 }),
      async (commands) => {
        card.reset();
        await card.transmit(ordinance.select);
        let before = triesIn(store);
        for (const command of commands) {
          const response = Buffer.from(await card.transmit(command));
          const sw = response.readUInt16BE(response.length - 2);
          assert.ok(sw === 0x9000 || (sw >= 0x6200 && sw < 0x6f00), `${sw.toString(16)} ${card.lastFault}`);
          assert.equal(response.includes(doors.second.pin), false);
          assert.equal(response.includes(doors.ordinance.pin), false);
          if (command[0] === 0x80 && command[1] === 0x2a && response.length > 2) signed++;
          const after = triesIn(store);
          assert.ok(
            after.every((tries, i) => tries <= (before[i] ?? 0)),
            'tries came back',
          );
          before = after;
        }
      },
    ),
    { numRuns: 300 },
  );
  assert.equal(signed, 0);
});

function triesIn(store: CardStateStore): number[] {
  const state = store.load();
  if (state === undefined || state instanceof Promise) return [3, 3];
  return ['0011', '0012'].map((id) => state.pins[id]?.triesLeft ?? -1);
}

test('only a challenge of its length is signed, and the length of the answer is its own', async () => {
  const { card } = await cardWith('lengths');
  card.powerOn();
  const words: string[] = [];
  for (const apdu of [
    ordinance.select,
    selectFile('0012'),
    verify(doors.second.pin),
    selectFile('0022'),
    hex(`802a0080 1f ${'ab'.repeat(31)} 40`),
    hex(`802a0080 21 ${'ab'.repeat(33)} 40`),
    hex(`802a0080 20 ${'ab'.repeat(32)}`),
    hex(`802a0080 20 ${'ab'.repeat(32)} 3f`),
    hex(`802a0080 20 ${'ab'.repeat(32)} 00`),
  ]) {
    words.push(
      Buffer.from(await card.transmit(apdu))
        .subarray(-2)
        .toString('hex'),
    );
  }
  assert.deepEqual(words, ['9000', '9000', '9000', '9000', '6700', '6700', '6700', '6c40', '9000']);
});

test('two applications of a card cannot be given one memory: one would write over what the other counted', async () => {
  const store = memoryCardState();
  await assert.rejects(cardWith('one-memory', store, store), /memory of its own/);
});
