import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Numbers } from './numbers.ts';

const digest = new Uint8Array(32);
const numberOf = (serial: number) => `20261123-482013-${String(serial).padStart(7, '0')}`;
const deed = fc.record({ kind: fc.constantFrom('issued', 'void'), serial: fc.integer({ min: 1, max: 40 }) });

test('as two plain sets would have it, and the same when written and read between any two entries', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 120 }), fc.boolean(), (deeds, isWhole) => {
      let numbers = new Numbers(isWhole);
      const issued = new Set<number>();
      for (const { kind, serial } of deeds) {
        const number = numberOf(serial);
        const said = numbers.take(kind === 'issued' ? { kind: 'issued', number, digest } : { kind: 'void', number });
        const fault =
          kind === 'issued'
            ? issued.has(serial) && 'issued-twice'
            : isWhole && !issued.has(serial) && 'void-without-issue';
        assert.deepEqual(said, fault || { municipality: '482013', kind });
        if (kind === 'issued') issued.add(serial);
        numbers = Numbers.read(JSON.parse(JSON.stringify(numbers.write())), isWhole) ?? assert.fail();
      }
    }),
    { numRuns: 300 },
  );
});

test('neighbours are kept as one range; what is no number, or no index, is refused', () => {
  const numbers = new Numbers(true);
  for (const serial of [5, 3, 1, 2, 4, 9]) numbers.take({ kind: 'issued', number: numberOf(serial), digest });
  assert.deepEqual(numbers.write(), { '20261123-482013': ['1-5,9', ''] });
  assert.equal(numbers.take({ kind: 'void', number: '1' }), 'number-malformed');
  for (const wrong of [null, { x: ['', ''] }, { '20261123-482013': ['5-1', ''] }, { '20261123-482013': ['3,2', ''] }])
    assert.equal(Numbers.read(wrong, true), undefined);
});
