import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import { frameOf, orderOf } from './orders.ts';
import { pageOf } from './page.ts';

test('the page that the peers draw says what ours says, label and value', () => {
  const engine = openFormEngine();
  const order = orderOf(3, frameOf(engine));
  const rendered = engine.renderResidenceCertificate(order);
  assert.ok(rendered.ok);
  const page = pageOf(rendered.sheets[0]?.pdf ?? new Uint8Array());
  const words = page.texts.map(({ text }) => text);
  for (const { name, birth } of order.snapshot.household.members)
    assert.ok(words.includes(name.text) && words.includes(birth.text));
  assert.ok(words.includes('氏名') && words.some((it) => it.includes(order.frame.documentNumber)));
  assert.ok(page.texts.every(({ x, y }) => x > 30 && x < page.width - 30 && y > 20 && y < page.height - 20));
  assert.equal(page.boxes.length, 6);
});
