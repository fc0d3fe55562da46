/** Blocks come back whole as long as 2 · errors + erasures ≤ check bytes, whatever is wrong in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpacked } from '../bit-image.ts';
import { chanceOf } from '../testing/chance.ts';
import { qrSymbol, version2Q, version40L } from './qr-symbol.ts';
import { softSymbol } from './soft-symbol.ts';

for (const [name, kind] of [
  ['40-L', version40L],
  ['2-Q', version2Q],
] as const) {
  const [symbol, soft] = [qrSymbol(kind), softSymbol(kind)];

  test(`${name}: modules that are not sure do no harm, however many bytes they are in, up to the check bytes`, () => {
    for (let seed = 1; seed <= 12; seed++) {
      const chance = chanceOf(seed);
      const data = chance.bytes(symbol.capacity - (seed % 3));
      const modules = Float32Array.from(unpacked(symbol.encode(data)), (it) => (it === 1 ? 1 : -1));
      assert.deepEqual(Buffer.from(soft.read(modules) ?? []), Buffer.from(data));
      // A square of nothing, as a stain is: a fortieth of the symbol (version 2: some modules).
      const side = Math.floor(soft.size * 0.2);
      const [left, top] = [10, 10].map((it) => it + Math.floor(chance.next() * (soft.size - side - it))) as [number, number]; // biome-ignore format: one line
      for (let y = top; y < top + side; y++)
        for (let x = left; x < left + side; x++) modules[y * soft.size + x] = 0.01 * chance.normal();
      assert.deepEqual(Buffer.from(soft.read(modules) ?? []), Buffer.from(data), `seed ${seed}`);
    }
  });

  test(`${name}: what is wrong and sure is borne up to half of the check bytes, and beyond nothing is said`, () => {
    const data = chanceOf(3).bytes(symbol.capacity);
    const chance = chanceOf(4);
    let read = 0;
    for (const share of [0.004, 0.3]) {
      const modules = Float32Array.from(unpacked(symbol.encode(data)), (it) =>
        (it === 1 ? 1 : -1) * (chance.next() < share ? -1 : 1),
      ); // biome-ignore format: one thought
      const said = soft.read(modules);
      if (said === undefined) continue;
      read++;
      assert.deepEqual(Buffer.from(said), Buffer.from(data));
    }
    assert.equal(read, 1);
  });
}
