/** What is coded comes back bit for bit, here and in another program. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BitImage, packed } from '../bit-image.ts';
import { missing, withFile } from '../testing/foreign-reader.ts';
import { pageLike } from '../testing/page-like.ts';
import { decodeBilevel, encodeBilevel } from './bilevel.ts';

const images = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.constantFrom(0, 0, 0, 1), { minLength: width * height, maxLength: width * height })
      .map((pixels) => packed(width, height, Uint8Array.from(pixels))),
  );

test('any image comes back', () => {
  fc.assert(
    fc.property(images, (image) => {
      assert.deepEqual(decodeBilevel(image.width, image.height, encodeBilevel(image)), image);
    }),
    { numRuns: 300 },
  );
});

test('a page comes back, in a fraction of its bytes', () => {
  const page = pageLike(1, 600, 850);
  const coded = encodeBilevel(page);
  assert.deepEqual(decodeBilevel(page.width, page.height, coded), page);
  assert.ok(coded.length < page.bits.length / 4, `${coded.length} of ${page.bits.length}`);
});

test('bytes that nobody coded give an image, and no error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      assert.equal(decodeBilevel(30, 20, bytes).bits.length, 80);
    }),
  );
  assert.throws(() => decodeBilevel(100_000, 100_000, new Uint8Array(1)), RangeError);
});

/** A JBIG2 file of one page with one immediate generic region (T.88, annex D). */
function jbig2File({ width, height }: BitImage, coded: Uint8Array): Buffer {
  const words = (...values: readonly number[]) => {
    const bytes = Buffer.alloc(4 * values.length);
    for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
    return bytes;
  };
  const segment = (number: number, type: number, page: number, data: Buffer) =>
    Buffer.concat([words(number), Buffer.of(type, 0, page), words(data.length), data]);
  const page = Buffer.concat([words(width, height, 0, 0), Buffer.of(0, 0, 0)]);
  const likeRows = 0x08;
  const adaptive = Buffer.of(3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe);
  const region = Buffer.concat([words(width, height, 0, 0), Buffer.of(0, likeRows), adaptive, coded]);
  return Buffer.concat([
    Buffer.of(0x97, 0x4a, 0x42, 0x32, 0x0d, 0x0a, 0x1a, 0x0a, 1),
    words(1),
    segment(0, 48, 1, page),
    segment(1, 38, 1, region),
    segment(2, 49, 1, Buffer.alloc(0)),
    segment(3, 51, 0, Buffer.alloc(0)),
  ]);
}

test('jbig2dec sees the same page', { skip: missing('jbig2dec') }, () => {
  const page = pageLike(2, 597, 842);
  const bitmap = withFile('page.jb2', jbig2File(page, encodeBilevel(page)), (file) => {
    const done = spawnSync('jbig2dec', ['-t', 'pbm', '-o', '-', file], { maxBuffer: 10_000_000 });
    assert.equal(done.status, 0, String(done.stderr));
    return done.stdout;
  });
  assert.deepEqual(bitmap.subarray(-page.bits.length), Buffer.from(page.bits));
});
