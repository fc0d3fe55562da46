import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoOfEraDate, japaneseEraText } from './era.ts';

test('days on either side of each change of era', () => {
  for (const [iso, text] of [
    ['2026-11-23', '令和8年11月23日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2019-04-30', '平成31年4月30日'],
    ['1989-01-08', '平成元年1月8日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1912-07-29', '明治45年7月29日'],
  ] as const) {
    assert.equal(japaneseEraText(iso), text);
  }
  assert.throws(() => japaneseEraText('1872-12-31'), RangeError);
  assert.throws(() => japaneseEraText('令和8年'), RangeError);
});

test('the days that belong to two eras are legal in both; days that never were are not', () => {
  const iso = (era: string, year: number, month: number, day: number) => isoOfEraDate({ era, year, month, day });
  assert.equal(iso('明治', 45, 7, 30), '1912-07-30');
  assert.equal(iso('大正', 1, 7, 30), '1912-07-30');
  assert.equal(iso('大正', 15, 12, 25), '1926-12-25');
  assert.equal(iso('昭和', 1, 12, 25), '1926-12-25');
  assert.equal(iso('昭和', 64, 1, 7), '1989-01-07');
  assert.equal(iso('昭和', 64, 1, 8), undefined);
  assert.equal(iso('平成', 31, 4, 30), '2019-04-30');
  assert.equal(iso('平成', 31, 5, 1), undefined);
  assert.equal(iso('昭和', 30, 2, 29), undefined);
  assert.equal(iso('昭和', 31, 2, 29), '1956-02-29');
  assert.equal(iso('慶応', 1, 1, 1), undefined);
});
