import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kind } from '@dokodemo/protocol';
import { makeWorld, TestKiosk } from '../testing/world.ts';
import { copiesOf, feeOfAll, lookAhead, stepBefore } from './choosing.ts';

const chosen = (questionId: string, ...optionIds: string[]) => ({ kind: 'chosen' as const, questionId, optionIds });

async function kioskAtMenu(): Promise<TestKiosk> {
  const kiosk = new TestKiosk(await makeWorld());
  await kiosk.toMenu();
  return kiosk;
}

test('back leads to the question that was really asked before, and from the first one to the certificates', async () => {
  const kiosk = await kioskAtMenu();
  await kiosk.give(chosen('@kind', 'residence'));
  await kiosk.give(chosen('scope', 'some'));
  await kiosk.give(chosen('members', 'm1'));
  const show = await kiosk.give(chosen('show', 'domicile'));
  assert.equal(show.screen.kind, 'copies');
  const order: unknown[] = [];
  for (let i = 0; i < 4; i++) {
    const { screen } = await kiosk.give({ kind: 'back' });
    order.push(screen.kind === 'choose' ? [screen.questionId, screen.chosen] : screen.kind);
  }
  assert.deepEqual(order, [
    ['show', ['domicile']],
    ['members', ['m1']],
    ['scope', ['some']],
    ['@kind', ['residence']],
  ]);
});

test('who goes back over a question is asked it again on the way forward, with what the screen before keeps', async () => {
  const kiosk = await kioskAtMenu();
  await kiosk.give(chosen('@kind', 'residence'));
  await kiosk.give(chosen('scope', 'holder'));
  await kiosk.give(chosen('show', 'domicile'));
  await kiosk.give({ kind: 'copies', copies: 2 });
  for (let i = 0; i < 3; i++) await kiosk.give({ kind: 'back' });
  const show = await kiosk.give(chosen('scope', 'holder'));
  assert.ok(show.screen.kind === 'choose' && show.screen.questionId === 'show');
  assert.deepEqual(show.screen.chosen, []);
  const copies = await kiosk.give(chosen('show'));
  assert.equal(copies.screen.kind, 'copies');
  assert.equal((await kiosk.give({ kind: 'copies', copies: 1 })).screen.kind, 'confirm');
});

test('a question with one answer is not asked, and back goes over it', async () => {
  const kiosk = await kioskAtMenu();
  const item = await kiosk.give(chosen('@kind', 'tax'));
  assert.ok(item.screen.kind === 'choose' && item.screen.questionId === 'item');
  const back = await kiosk.give({ kind: 'back' });
  assert.ok(back.screen.kind === 'choose' && back.screen.questionId === '@kind');
});

test('a kind with one copy skips the number of copies, and its confirmation offers no change of it', async () => {
  const kiosk = await kioskAtMenu();
  const confirm = await kiosk.give(chosen('@kind', 'seal'));
  assert.ok(confirm.screen.kind === 'confirm');
  assert.equal(confirm.screen.feeYen, 200);
  assert.deepEqual(
    confirm.screen.lines.map((it) => it.change),
    ['@kind', undefined],
  );
});

test('a change leads to that question and straight back; what has lost its ground is forgotten', async () => {
  const kiosk = await kioskAtMenu();
  await kiosk.give(chosen('@kind', 'residence'));
  await kiosk.give(chosen('scope', 'some'));
  await kiosk.give(chosen('members', 'm1', 'm2'));
  await kiosk.give(chosen('show'));
  const confirm = await kiosk.give({ kind: 'copies', copies: 3 });
  assert.ok(confirm.screen.kind === 'confirm');
  assert.equal(confirm.screen.feeYen, 900);
  assert.deepEqual(
    confirm.screen.lines.map(({ value, change }) => [value, change]),
    [
      [{ plain: '住民票の写し' }, '@kind'],
      [{ plain: '世帯の一部' }, 'scope'],
      [{ sealed: 0 }, 'members'],
      [{ sealed: 1 }, undefined],
      [{ text: 'center.confirm.none' }, 'show'],
      [{ text: 'center.confirm.copies-value', args: { copies: 3 } }, '@copies'],
    ],
  );
  const again = await kiosk.give({ kind: 'change', questionId: 'scope' });
  assert.ok(again.screen.kind === 'choose');
  assert.deepEqual(again.screen.chosen, ['some']);
  const changed = await kiosk.give(chosen('scope', 'holder'));
  assert.ok(changed.screen.kind === 'confirm');
  assert.equal(changed.screen.lines.length, 4);
  const copies = await kiosk.give({ kind: 'change', questionId: '@copies' });
  assert.equal(copies.screen.kind, 'copies');
  const one = await kiosk.give({ kind: 'copies', copies: 1 });
  assert.ok(one.screen.kind === 'confirm' && one.screen.feeYen === 300);
});

test('what is not on the screen cannot be chosen', async () => {
  const kiosk = await kioskAtMenu();
  for (const input of [
    chosen('@kind', 'old'),
    chosen('@kind', 'nothing'),
    chosen('@kind'),
    chosen('@kind', 'seal', 'tax'),
    chosen('scope', 'all'),
  ]) {
    const refused = await kiosk.ask(input);
    assert.ok(!refused.ok && refused.failure.code === 'ANSWERS_WRONG', JSON.stringify(input));
  }
  await kiosk.give(chosen('@kind', 'residence'));
  await kiosk.give(chosen('scope', 'some'));
  for (const optionIds of [[], ['m1', 'm1'], ['m3'], ['all']]) {
    const refused = await kiosk.ask(chosen('members', ...optionIds));
    assert.ok(!refused.ok && refused.failure.code === 'ANSWERS_WRONG');
  }
  await kiosk.give(chosen('members', 'm2'));
  await kiosk.give(chosen('show'));
  const many = await kiosk.ask({ kind: 'copies', copies: 6 });
  assert.ok(!many.ok && many.failure.code === 'COPIES_LIMIT');
});

test('nobody pays a surprise: the fee that is confirmed is the fee of the screen', async () => {
  const kiosk = await kioskAtMenu();
  await kiosk.give(chosen('@kind', 'seal'));
  const other = await kiosk.ask({ kind: 'confirmed', feeYen: 150 });
  assert.ok(!other.ok && other.failure.code === 'FEE_CHANGED');
});

test('when the fee has changed at the issuer, the resident is shown the new one and asked again', async () => {
  const kiosk = await kioskAtMenu();
  const { issuer } = kiosk.world;
  issuer.script = (name, body) =>
    name === 'prepareDocument' && (body as { feeYen: number }).feeYen !== 250
      ? { code: 'FEE_CHANGED', detail: 'feeYen=250' }
      : undefined;
  await kiosk.give(chosen('@kind', 'seal'));
  const notice = await kiosk.give({ kind: 'confirmed', feeYen: 200 });
  assert.ok(notice.screen.kind === 'notice');
  assert.deepEqual(notice.screen.lines, [{ text: 'refusal.FEE_CHANGED' }]);
  const confirm = await kiosk.give({ kind: 'agree' });
  assert.ok(confirm.screen.kind === 'confirm' && confirm.screen.feeYen === 250);
  const pay = await kiosk.give({ kind: 'confirmed', feeYen: 250 });
  assert.ok(pay.screen.kind === 'pay' && pay.screen.feeYen === 250);
});

test('an answer that permits one copy takes the number of copies out of the way, and leaves it in mind', () => {
  const options = [
    { id: 'paper', label: { plain: '紙' } },
    { id: 'electronic', label: { plain: '電子' }, maxCopies: 1 },
  ];
  const medium = {
    id: 'medium',
    label: { plain: '?' },
    choose: 'one',
    atLeast: 1,
    skipIfSingle: false,
    options,
  } as const;
  const kind: Kind = {
    id: 'k',
    label: { plain: 'K' },
    feeYen: 300,
    maxCopies: 5,
    secondPin: false,
    questions: [{ ...medium, options: [...options] }],
  };
  const chosen = (medium: string, copies: number) => ({ kindId: 'k', answers: { medium: [medium] }, copies });
  assert.equal(lookAhead(kind, { medium: ['paper'] }, 0).next, '@copies');
  assert.equal(lookAhead(kind, { medium: ['electronic'] }, 0).next, '@confirm');
  assert.equal(stepBefore(kind, chosen('electronic', 0), '@confirm'), 'medium');
  assert.equal(stepBefore(kind, chosen('paper', 3), '@confirm'), '@copies');
  assert.deepEqual([copiesOf(kind, chosen('electronic', 3)), copiesOf(kind, chosen('paper', 3))], [1, 3]);
  assert.deepEqual([feeOfAll(kind, chosen('electronic', 3)), feeOfAll(kind, chosen('paper', 3))], [300, 900]);
});
