import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeCommand, decodeResponse, encodeCommand, encodeResponse } from './apdu.ts';

const byte = fc.integer({ min: 0, max: 255 });
const bytes = (maxLength: number) => fc.uint8Array({ minLength: 0, maxLength }).map((array) => Uint8Array.from(array));

test('every command that can be written is read back as it was', () => {
  const data = fc.oneof(
    bytes(8),
    bytes(300),
    fc.constantFrom(255, 256, 65_535).map((length) => new Uint8Array(length)),
  );
  const le = fc.option(fc.oneof(fc.integer({ min: 1, max: 65_536 }), fc.constantFrom(255, 256, 257)), {
    nil: undefined,
  });
  fc.assert(
    fc.property(byte, byte, byte, byte, data, le, (cla, ins, p1, p2, data, le) => {
      const command = { cla, ins, p1, p2, data, ...(le === undefined ? {} : { le }) };
      const { extended, ...back } = decodeCommand(encodeCommand(command)) ?? assert.fail('not read');
      assert.deepEqual(back, command);
      assert.equal(extended, data.length > 255 || (le ?? 0) > 256);
    }),
  );
});

test('bytes that are no command are refused, never misread', () => {
  fc.assert(
    fc.property(bytes(40), (input) => {
      const command = decodeCommand(input);
      if (command === undefined) return;
      assert.ok(command.data.length + 4 <= input.length);
      if (!command.extended) assert.deepEqual(encodeCommand(command), input);
    }),
    { numRuns: 500 },
  );
});

test('a response is its data and its status word', () => {
  fc.assert(
    fc.property(bytes(300), fc.integer({ min: 0, max: 0xffff }), (data, sw) => {
      assert.deepEqual(decodeResponse(encodeResponse({ data, sw })), { data, sw });
    }),
  );
  assert.equal(decodeResponse(Uint8Array.of(0x90)), undefined);
});
