import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cardOf, hex } from '../people-who-do-not-exist.ts';
import { memoryCardState } from './card-state.ts';

// A PIN that chance will not find within a run, and bytes that chance will not answer.
const pin = '8305';
const password = 'QZ7WX9KD';

const byte = fc.integer({ min: 0, max: 255 });
const anything = fc.uint8Array({ maxLength: 280 }).map((bytes) => Uint8Array.from(bytes));
/** Commands that look right, so that the deep parts are reached too. */
const likely = fc
  .tuple(
    fc.constantFrom(0x00, 0x80, 0x0c, 0x90),
    fc.constantFrom(0xa4, 0xb0, 0x20, 0x24, 0x2a, 0x84, 0xc0, 0x2c, 0xca),
    fc.oneof(byte, fc.constantFrom(0, 1, 2, 4, 0x80, 0x8a)),
    fc.oneof(byte, fc.constantFrom(0, 0x0c, 0x80, 0x98, 0x9b)),
    fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ maxLength: 40 })),
    fc.option(byte, { nil: undefined }),
  )
  .map(([cla, ins, p1, p2, data, le]) =>
    Uint8Array.from([
      cla,
      ins,
      p1,
      p2,
      ...(data.length ? [data.length, ...data] : []),
      ...(le === undefined ? [] : [le]),
    ]),
  );
const select = fc.constantFrom(
  hex('00a4040c 0a d392f000260100000001'),
  ...['0001', '0002', '0006', '0008', '000a', '000b', '0017', '0018', '001a', '001b'].map((id) =>
    hex(`00a4020c02${id}`),
  ),
);
const wrongPin = fc.constantFrom(hex('00200080 04 30303030'), hex('00200080 06 303030303030'), hex('00200080'));
const command = fc.oneof(anything, likely, { arbitrary: select, weight: 3 }, wrongPin);

test('whatever bytes come, the card answers a status word, never more tries, never a secret', async () => {
  const store = memoryCardState();
  const { card } = await cardOf('storm', { pin, signaturePassword: password, stateStore: store });
  let exchanges = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(command, fc.constant('power' as const)), { minLength: 10, maxLength: 40 }),
      async (steps) => {
        card.powerOn();
        let before = triesIn(store);
        for (const step of steps) {
          if (step === 'power') {
            card.reset();
            continue;
          }
          const response = Buffer.from(await card.transmit(step));
          exchanges++;
          assert.ok(response.length >= 2 && response.length <= 258);
          const sw = response.readUInt16BE(response.length - 2);
          assert.ok(
            sw === 0x9000 || (sw >= 0x6200 && sw < 0x7000 && sw !== 0x6f00),
            `${sw.toString(16)} ${card.lastFault}`,
          );
          assert.equal(response.includes(pin), false);
          assert.equal(response.includes(password), false);
          const isSigning = step[0] === 0x80 && step[1] === 0x2a;
          assert.ok(!isSigning || response.length === 2, 'signed without a PIN');
          const after = triesIn(store);
          assert.ok(
            after.every((tries, index) => tries <= (before[index] ?? 0)),
            'tries came back',
          );
          before = after;
        }
        card.powerOff();
      },
    ),
    { numRuns: 400 },
  );
  assert.ok(exchanges > 1_000, `${exchanges} exchanges`);
});

function triesIn(store: ReturnType<typeof memoryCardState>): number[] {
  const state = store.load();
  if (state === undefined || state instanceof Promise) return [3, 5];
  return ['0018', '001b'].map((id) => state.pins[id]?.triesLeft ?? -1);
}

test('the counter follows its model: wrong, right, power cut in any order', async () => {
  const steps = fc.array(fc.constantFrom('wrong', 'right', 'power', 'ask'), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const { card } = await cardOf('counter', { pin });
      const selectPin = async () => {
        await card.transmit(hex('00a4040c 0a d392f000260100000001'));
        await card.transmit(hex('00a4020c020018'));
      };
      card.powerOn();
      await selectPin();
      let tries = 3;
      for (const step of sequence) {
        if (step === 'power') {
          card.reset();
          await selectPin();
          continue;
        }
        const apdu =
          step === 'ask' ? '00200080' : `00200080 04 ${Buffer.from(step === 'right' ? pin : '0000').toString('hex')}`;
        const sw = Buffer.from(await card.transmit(hex(apdu))).toString('hex');
        if (step === 'ask') assert.equal(sw, `63c${tries}`);
        else if (tries === 0) assert.equal(sw, '6984');
        else if (step === 'right') {
          tries = 3;
          assert.equal(sw, '9000');
        } else assert.equal(sw, `63c${--tries}`);
      }
    }),
    { numRuns: 100 },
  );
});
