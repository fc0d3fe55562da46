/** The part that differs, and nothing beside it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differingPart } from './differing-part.ts';

test('what differs is cut out, whole characters at a time', () => {
  assert.deepEqual(differingPart('町田　花', '町田　見本'), ['町田　', '花', '']);
  assert.deepEqual(differingPart('昭和55年4月13日', '昭和55年4月12日'), ['昭和55年4月1', '3', '日']);
  assert.deepEqual(differingPart('髙野　一', '高野　一'), ['', '髙', '野　一']);
  assert.deepEqual(differingPart('𠮷田', '𠮶田'), ['', '𠮷', '田']);
  assert.deepEqual(differingPart('一一', '一'), ['一', '一', '']);
  assert.deepEqual(differingPart('同じ', '同じ'), ['同じ', '', '']);
});
