import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addresseeCheckDigit, addresseeNumbers } from './addressee-number.ts';
import { individualNumberCheckDigit, isIndividualNumber } from './individual-number.ts';
import { isRelationship, relationshipRank } from './relationship.ts';

test('individual numbers: published samples hold, changed ones do not', () => {
  for (const number of ['379474484458', '454972364860', '507957100721', '983205673214']) {
    assert.ok(isIndividualNumber(number), number);
    assert.ok(!isIndividualNumber(number.slice(0, 11) + String((Number(number[11]) + 1) % 10)));
  }
  assert.throws(() => individualNumberCheckDigit('1234'), RangeError);
});

test('addressee numbers: weights 2 to 7 from the right, none with remainder 1', () => {
  // 1·2 = 2 → 9; 5·2 + 1·3 = 13, remainder 2 → 9; 6·2 = 12, remainder 1 → none
  assert.equal(addresseeCheckDigit('1'), 9);
  assert.equal(addresseeCheckDigit('15'), 9);
  assert.equal(addresseeCheckDigit('6'), undefined);
  const numbers = addresseeNumbers(1, 3);
  const first = Array.from({ length: 6 }, () => numbers.next().value);
  assert.deepEqual(first, ['0019', '0027', '0035', '0043', '0051', '0078']);
});

test('relationships: the vocabulary, up to four links', () => {
  for (const good of [
    '世帯主',
    '妻',
    '妻（未届）',
    '子',
    '子の子の子の子',
    '子（子の妻）',
    '妻の母',
    '縁故者',
    '同居人',
    '子の妻',
    '兄の子',
  ])
    assert.ok(isRelationship(good), good);
  for (const bad of ['', '友人', '子の子の子の子の子', '子の', '世帯主の子', '長男', '縁故者の子'])
    assert.ok(!isRelationship(bad), bad);
});

test('members stand in the order of the standard', () => {
  const members = ['同居人', '母', '子の子', '子', '妻', '縁故者', '世帯主', '妻の母'];
  assert.deepEqual(
    members.sort((a, b) => relationshipRank(a) - relationshipRank(b)),
    ['世帯主', '妻', '子', '子の子', '母', '妻の母', '縁故者', '同居人'],
  );
});
