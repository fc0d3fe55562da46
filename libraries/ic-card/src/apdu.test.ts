import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeCommand, encodeCommand } from './apdu.ts';
import { apduTraceLine } from './apdu-trace.ts';
import { statusMeaning, triesInStatus } from './status-word.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const written: readonly [string, string, Parameters<typeof encodeCommand>[0]][] = [
  ['case 1', '00200080', { cla: 0, ins: 0x20, p1: 0, p2: 0x80, data: hex('') }],
  ['case 2 short, 256 is written 00', '00b0000000', { cla: 0, ins: 0xb0, p1: 0, p2: 0, data: hex(''), le: 256 }],
  ['case 3 short', '00a4020c020018', { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: hex('0018') }],
  ['case 4 short', '802a008002abcd00', { cla: 0x80, ins: 0x2a, p1: 0, p2: 0x80, data: hex('abcd'), le: 256 }],
  ['case 2 extended', '00b00000000101', { cla: 0, ins: 0xb0, p1: 0, p2: 0, data: hex(''), le: 257 }],
  [
    'case 2 extended, 65,536 is written 0000',
    '00b00000000000',
    { cla: 0, ins: 0xb0, p1: 0, p2: 0, data: hex(''), le: 65_536 },
  ],
];

for (const [name, bytes, command] of written) {
  test(`${name}: ${bytes}`, () => {
    assert.deepEqual(encodeCommand(command), hex(bytes));
    const { extended: _, ...back } = decodeCommand(hex(bytes)) ?? assert.fail('not read');
    assert.deepEqual(back, command);
  });
}

test('lengths that contradict the bytes are no command', () => {
  for (const bytes of ['', '00a404', '00a404000300', '00a4040003aabb', '00a4040001aabbcc', '00a404000000']) {
    assert.equal(decodeCommand(hex(bytes)), undefined, bytes);
  }
  assert.equal(decodeCommand(hex('00a40400 000000 11')), undefined, 'an extended Lc of 0 with something behind it');
});

test('a value out of range is a fault of the program', () => {
  const command = { cla: 0, ins: 0, p1: 0, p2: 0, data: new Uint8Array(0) };
  assert.throws(() => encodeCommand({ ...command, le: 0 }), RangeError);
  assert.throws(() => encodeCommand({ ...command, le: 65_537 }), RangeError);
  assert.throws(() => encodeCommand({ ...command, p1: 256 }), RangeError);
  assert.throws(() => encodeCommand({ ...command, data: new Uint8Array(65_536) }), RangeError);
});

test('status words have a meaning', () => {
  assert.equal(triesInStatus(0x63c2), 2);
  assert.equal(triesInStatus(0x6300), undefined);
  assert.match(statusMeaning(0x63c1), /1 tries left/);
  assert.match(statusMeaning(0x6984), /locked/);
  assert.match(statusMeaning(0x6c00), /256 bytes/);
  assert.match(statusMeaning(0x1234), /do not know/);
});

test('a trace shows no PIN, old or new, not even its length, and nothing of what cannot be read', () => {
  const secrets = ['00200080 04 31323334', '00240180 04 35363738', '80320080 04 31323334', '002c0080 04 31323334'];
  for (const secret of secrets) {
    const line = apduTraceLine(hex(secret), hex('63c1'));
    assert.doesNotMatch(line, /3132|3334|3536|3738| 04 /);
    assert.match(line, /\[masked\]/);
  }
  assert.doesNotMatch(apduTraceLine(hex('00200080 05 31323334'), hex('6700')), /3132/);
  assert.doesNotMatch(apduTraceLine(hex('00b0000000'), hex('deadbeef9000')), /dead/);
  assert.equal(apduTraceLine(hex('00a4020c020018'), hex('9000')), '00 a4 02 0c 0018 -> 9000 done, 0 bytes');
});
