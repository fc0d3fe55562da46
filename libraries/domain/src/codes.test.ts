import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUuidV7, uuidV7 } from './ids.ts';
import { isMunicipalityCode, municipalityCheckDigit, municipalityCode } from './municipality-code.ts';
import { dayInJapan, isoJapan } from './runtime.ts';

test('municipality codes: published codes hold, a wrong digit does not', () => {
  for (const code of ['131016', '011002', '141003', '271004', '372013', '122033', '482013', '483028']) {
    assert.equal(municipalityCode(code), code);
    assert.ok(!isMunicipalityCode(code.slice(0, 5) + String((Number(code[5]) + 1) % 10)));
  }
  assert.throws(() => municipalityCode('13101'), RangeError);
});

test('municipality codes: the check digit depends on every digit', () => {
  const base = municipalityCheckDigit('48201');
  for (let place = 0; place < 5; place++) {
    const other = [...'48201'].map((digit, i) => (i === place ? String((Number(digit) + 1) % 10) : digit)).join('');
    assert.notEqual(municipalityCheckDigit(other), base, other);
  }
});

test('ids are UUID version 7, in order of time', () => {
  let now = 1_795_000_000_000;
  const clock = { now: () => now, setTimer: () => () => undefined };
  const entropy = { bytes: (n: number) => new Uint8Array(n).fill(0xff) };
  const first = uuidV7(clock, entropy);
  now += 1;
  const second = uuidV7(clock, entropy);
  assert.ok(isUuidV7(first) && isUuidV7(second));
  assert.ok(first < second);
  assert.equal(Number.parseInt(first.slice(0, 8) + first.slice(9, 13), 16), 1_795_000_000_000);
});

test('times are told as Japan’s', () => {
  assert.equal(isoJapan(Date.UTC(2026, 10, 22, 15, 0, 0)), '2026-11-23T00:00:00.000+09:00');
  assert.equal(dayInJapan(Date.UTC(2026, 10, 22, 14, 59, 59)), '2026-11-22');
});
