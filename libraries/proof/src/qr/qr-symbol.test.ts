/** Codes that we draw say to other programs what we put in. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openCodeReaderInNode as openCodeReader } from '../files/in-node.ts';
import { type GrayImage, grayOf } from '../read/gray-image.ts';
import type { ReadCodes } from '../read/read-codes.ts';
import { chanceOf } from '../testing/chance.ts';
import { missing, zbarReads } from '../testing/foreign-reader.ts';
import { version7M, version10M } from './address-symbols.ts';
import { type QrSymbol, qrSymbol, version2Q, version40L } from './qr-symbol.ts';

const drawn = (symbol: QrSymbol, data: Uint8Array): GrayImage => grayOf(symbol.encode(data), 4, 24);

for (const [name, kind, capacity] of [
  ['40-L', version40L, 2953],
  ['2-Q', version2Q, 20],
  ['7-M', version7M, 122],
  ['10-M', version10M, 213],
] as const) {
  const symbol = qrSymbol(kind);
  describe(`a QR code ${name}`, () => {
    let read: ReadCodes;
    before(async () => {
      read = await openCodeReader();
    });

    test('holds what the standard says', () => {
      assert.equal(symbol.capacity, capacity);
      assert.equal(symbol.size, kind.version * 4 + 17);
      assert.throws(() => symbol.encode(new Uint8Array(capacity + 1)), RangeError);
    });

    test('is read by ZXing byte for byte, full, nearly empty and between', async () => {
      for (const length of [1, Math.floor(capacity / 2), capacity - 1, capacity]) {
        const data = chanceOf(length).bytes(length);
        const found = await read(drawn(symbol, data));
        assert.equal(found.length, 1);
        assert.deepEqual(Buffer.from(found[0]?.bytes ?? []), Buffer.from(data));
      }
    });

    test('is read by zbar byte for byte', { skip: missing('zbarimg') }, () => {
      const data = chanceOf(7).bytes(capacity);
      assert.deepEqual(zbarReads(drawn(symbol, data)), Buffer.from(data));
    });
  });
}
