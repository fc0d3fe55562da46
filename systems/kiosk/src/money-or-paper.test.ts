/** S2: the fee is captured with the last sheet, by the printer's word; in every other case it goes back, or is a case. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseNumberOf } from './journal-state.ts';
import type { MoneyUnit, Printer } from './ports.ts';
import { simulatedMoneyUnit } from './simulated/index.ts';
import { type Around, World } from './testing/world.ts';

async function outcome(world: World): Promise<{ state: string | undefined; money: string }> {
  await world.time.pass(5_000);
  const applicationId = world.center.bindings[0]?.applicationId ?? '';
  assert.deepEqual(world.center.impossible, []);
  return { state: world.center.stateOf(applicationId), money: await world.money.recall(applicationId) };
}

/** Replaces members of one port. */
function instead(of: string, change: (port: never) => object): Around {
  return (name, port) => (name === of ? { ...port, ...change(port as never) } : port);
}

test('やめる on the payment screen gives back every coin, and the session ends', async () => {
  const world = await World.open();
  await world.toPay();
  world.money.insert(100);
  world.money.insert(50);
  await world.time.pass(0);
  assert.equal(world.kiosk.state().insertedYen, 150);
  await world.touch({ kind: 'stop' });
  const refunded = await world.until('refunded');
  assert.deepEqual([refunded.returnedYen, refunded.code], [150, 'STOPPED']);
  await world.touch({ kind: 'taken' });
  await world.until('end');
  assert.deepEqual(await outcome(world), { state: 'voided', money: 'given-back' });
  assert.equal(world.money.picture().returnedYen, 150);
  assert.ok(!world.facts().includes('fee-reserved'));
});

test('nothing was put in: nothing is said to come back', async () => {
  const world = await World.open();
  await world.toPay();
  await world.touch({ kind: 'stop' });
  await world.until('end');
  assert.ok(!world.states.some(({ screen }) => screen.kind === 'refunded'));
  assert.equal((await outcome(world)).state, 'voided');
  assert.equal(world.money.picture().returnedYen, 0);
});

test('a jam after page 1 of 2, repaired: the printing goes on, and the fee is captured once', async () => {
  const world = await World.open();
  world.center.script.sheetsPerCopy = 2;
  await world.toPay();
  await world.pay();
  await world.time.pass(60_000, () => world.printer.tray().length === 1);
  world.printer.setCondition('jam', true);
  await world.time.pass(30_000);
  const standing = await world.until('printing');
  assert.deepEqual([standing.printed, standing.sheets, standing.trouble], [1, 2, 'jam']);
  assert.equal((await world.money.escrow()).insertedYen, 300);
  world.printer.setCondition('jam', false);
  await world.until('take');
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'captured' });
  assert.equal(world.printer.tray().length, 2);
  assert.ok(world.facts().includes('printer-trouble'));
});

for (const condition of ['jam', 'media-empty', 'door-open', 'offline'] as const) {
  test(`${condition} before page 2 of 2, given up by staff: void, and all money back`, async () => {
    const world = await World.open();
    world.center.script.sheetsPerCopy = 2;
    await world.toPay();
    world.money.insert(1000);
    await world.time.pass(1_000);
    world.printer.setCondition('media-empty', true);
    await world.time.pass(60_000, () => world.printer.tray().length === 1);
    world.printer.setCondition(condition, true);
    await world.time.pass(5_000);
    assert.ok(world.kiosk.staff({ kind: 'give-up-printing' }));
    const refunded = await world.until('refunded');
    assert.deepEqual([refunded.returnedYen, refunded.code], [1000, 'PRINTER_UNAVAILABLE']);
    await world.touch({ kind: 'taken' });
    // With a printer that stands still there is nothing to go on with.
    await world.until('end');
    assert.deepEqual(await outcome(world), { state: 'refunded', money: 'given-back' });
    const closed = await world.until('out-of-service');
    assert.equal(closed.code, 'PRINTER_UNAVAILABLE');
    world.printer.setCondition(condition, false);
    world.printer.setCondition('media-empty', false);
    await world.until('welcome');
    assert.equal(world.printer.tray().length, 1, 'what was given up is not printed later');
  });
}

test('a printer that nobody repairs is given up when patience ends', async () => {
  const world = await World.open();
  await world.toPay();
  world.printer.setCondition('media-empty', true);
  await world.pay();
  await world.time.pass(599_000);
  assert.equal(world.screen.kind, 'printing');
  await world.until('refunded');
  assert.deepEqual(await outcome(world), { state: 'refunded', money: 'given-back' });
});

test('a printer that says nothing of the last sheet: a case, the fee in escrow, nobody served, until staff have looked', async () => {
  for (const paper of ['all-came-out', 'not-all-came-out'] as const) {
    const silent = instead('printer', () => ({ print: () => new Promise<never>(() => undefined) }));
    const world = await World.open({ around: silent });
    await world.toPay();
    await world.pay();
    const open = await world.until('case', 300_000);
    const applicationId = world.center.bindings[0]?.applicationId ?? '';
    assert.deepEqual([open.caseNumber, open.feeYen], [caseNumberOf('DEMO-0001', applicationId), 300]);
    assert.deepEqual(await outcome(world), { state: 'unresolved', money: 'in-escrow' });
    await world.touch({ kind: 'taken' });
    await world.until('end');
    const closed = await world.until('out-of-service');
    assert.equal(closed.caseNumber, open.caseNumber);
    await world.time.pass(3_600_000);
    assert.deepEqual(await outcome(world), { state: 'unresolved', money: 'in-escrow' });
    assert.equal(world.kiosk.staff({ kind: 'settle-case', caseNumber: 'DEMO-0001-0000-0000', paper }), false);
    assert.equal(world.kiosk.staff({ kind: 'settle-case', caseNumber: open.caseNumber, paper }), true);
    await world.time.pass(60_000);
    assert.deepEqual(
      await outcome(world),
      paper === 'all-came-out' ? { state: 'captured', money: 'captured' } : { state: 'refunded', money: 'given-back' },
    );
    await world.until('welcome', 400_000);
  }
});

test('a printer that was away and comes back with its word settles the case by itself', async () => {
  let word: 'printed' | 'unknown' = 'unknown';
  const away = instead('printer', () => ({
    print: async () => ({ outcome: 'unknown', condition: 'offline', detail: 'scripted' }),
    recall: async () => (word === 'printed' ? { outcome: word } : { outcome: word, condition: 'offline', detail: '' }),
  }));
  const world = await World.open({ around: away });
  await world.toPay();
  await world.pay();
  await world.until('case');
  await world.touch({ kind: 'taken' });
  await world.until('out-of-service');
  assert.deepEqual(await outcome(world), { state: 'unresolved', money: 'in-escrow' });
  word = 'printed';
  await world.time.pass(10_000);
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'captured' });
});

test('an unknown end of a sheet that is not the last: not everything can be out, so the money goes back', async () => {
  const lost = instead('printer', () => ({
    print: async () => ({ outcome: 'unknown', condition: 'other', detail: 'scripted' }),
    recall: undefined,
  }));
  const world = await World.open({ around: lost });
  await world.toPay(2);
  await world.pay();
  await world.until('refunded');
  assert.deepEqual(await outcome(world), { state: 'refunded', money: 'given-back' });
});

test('the center is gone once the fee is paid: paper and capture all the same, and the facts when it is back', async () => {
  const world = await World.open();
  await world.toPay();
  world.center.script.fate = () => 'UPSTREAM_DOWN';
  await world.pay();
  await world.until('take');
  await world.touch({ kind: 'taken' });
  const last = await world.until('end');
  assert.equal(last.kind, 'end');
  await world.until('welcome');
  assert.equal(world.money.picture().vaultYen, 300);
  await world.time.pass(600_000);
  assert.ok(!world.facts().includes('fee-captured'));
  world.center.script.fate = () => 'arrives';
  await world.time.pass(120_000);
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'captured' });
});

test('the document’s time is over while coins are being put in: they all come back, and nothing is printed', async () => {
  const world = await World.open();
  world.center.script.documentMs = 60_000;
  await world.toPay();
  world.money.insert(100);
  await world.time.pass(30_000);
  world.money.insert(100);
  const refunded = await world.until('refunded');
  assert.deepEqual([refunded.returnedYen, refunded.code], [200, 'DOCUMENT_EXPIRED']);
  assert.equal(world.money.insert(100), 'returned');
  await world.touch({ kind: 'taken' });
  const notice = await world.until('notice');
  assert.deepEqual(notice.lines, [{ text: 'refusal.DOCUMENT_EXPIRED' }]);
  assert.deepEqual(await outcome(world), { state: 'voided', money: 'given-back' });
});

test('the last coin falls in the very moment in which the document’s time is over: it comes back', async () => {
  const world = await World.open();
  world.center.script.documentMs = 60_000;
  // Set before the kiosk's own timer of that moment: the coin is first.
  world.time.setTimer(60_000, () => world.money.insert(100));
  await world.toPay();
  world.money.insert(100);
  world.money.insert(100);
  const refunded = await world.until('refunded', 60_000);
  assert.equal(refunded.returnedYen, 300);
  assert.deepEqual(await outcome(world), { state: 'voided', money: 'given-back' });
});

test('change that could not be given is said before the first coin, and such money is not taken', async () => {
  const money = simulatedMoneyUnit({ float: { 10: 0, 50: 0, 100: 0, 500: 0, 1000: 0 } });
  const world = await World.open({ around: (name, port) => (name === 'money' ? (money as never) : port) });
  await world.toPay();
  assert.equal(world.kiosk.state().message?.code, 'NO_CHANGE');
  assert.equal(money.insert(1000), 'returned');
  for (let i = 0; i < 3; i++) money.insert(100);
  await world.until('take');
  assert.equal(money.picture().vaultYen, 300);
});

test('a printer that is not ready: nobody begins, and nobody who has begun is asked for money', async () => {
  const world = await World.open();
  world.printer.setCondition('media-empty', true);
  await world.touch({ kind: 'start', language: 'ja' });
  assert.equal((await world.until('out-of-service')).code, 'PRINTER_UNAVAILABLE');
  assert.equal(world.center.messages.length, 0);
  world.printer.setCondition('media-empty', false);
  await world.until('welcome');
  await world.toMenu();
  world.printer.setCondition('jam', true);
  await world.choose();
  const notice = await world.until('notice');
  assert.deepEqual(notice.lines, [{ text: 'refusal.PRINTER_UNAVAILABLE' }]);
  assert.ok(!world.states.some(({ screen }) => screen.kind === 'pay'));
});

test('a money unit that refuses to capture is asked again, the same; the paper is the resident’s', async () => {
  let refusals = 4;
  const around = instead('money', (money: MoneyUnit) => ({
    capture: (applicationId: string, feeYen: number) =>
      refusals-- > 0 ? Promise.reject(new Error('scripted')) : money.capture(applicationId, feeYen),
  }));
  const world = await World.open({ around });
  await world.toPay();
  await world.pay();
  await world.until('take', 300_000);
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'captured' });
});

test('a money unit that never answers again: nobody is served, and what is owed is tried on', async () => {
  let dead = true;
  const around = instead('money', (money: MoneyUnit) => ({
    giveBack: (applicationId: string) => (dead ? new Promise<never>(() => undefined) : money.giveBack(applicationId)),
  }));
  const world = await World.open({ around });
  await world.toPay();
  world.money.insert(100);
  await world.touch({ kind: 'stop' });
  await world.until('out-of-service', 600_000);
  await world.time.pass(600_000);
  assert.equal(world.screen.kind, 'out-of-service');
  assert.deepEqual(await outcome(world), { state: 'prepared', money: 'in-escrow' });
  dead = false;
  await world.until('refunded', 600_000);
  assert.deepEqual(await outcome(world), { state: 'voided', money: 'given-back' });
});

test('a sheet that did not come out, by the printer’s word, is printed once more; one that is unknown never', async () => {
  let jobs = 0;
  const around = instead('printer', (printer: Printer) => ({
    print: (...order: Parameters<Printer['print']>) =>
      ++jobs === 1
        ? Promise.resolve({ outcome: 'not-printed', condition: 'other', detail: 'scripted' })
        : printer.print(...order),
  }));
  const world = await World.open({ around });
  await world.toPay();
  await world.pay();
  await world.until('take');
  assert.equal(jobs, 2);
  assert.equal(world.printer.tray().length, 1);
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'captured' });
});

test('IC money pays the whole fee, and goes back to where it came from', async () => {
  const paid = await World.open();
  await paid.toPay();
  assert.equal(paid.money.touchIcMoney(), 'taken');
  await paid.until('take');
  assert.deepEqual(await outcome(paid), { state: 'captured', money: 'captured' });
  const method = paid.center.facts.find(({ fact }) => fact.kind === 'fee-reserved')?.fact;
  assert.ok(method?.kind === 'fee-reserved' && method.method === 'ic-money');
});

test('a certificate without a fee asks for no money, and is delivered all the same', async () => {
  const world = await World.open();
  world.center.script.feeYen = 0;
  await world.toMenu();
  await world.choose();
  await world.until('take');
  assert.ok(!world.states.some(({ screen }) => screen.kind === 'pay'));
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'nothing' });
});

test('paper that nobody takes is said to be left, and the session ends without it', async () => {
  const world = await World.open();
  await world.toPay();
  await world.pay();
  await world.until('take');
  await world.time.pass(45_000);
  assert.ok((world.kiosk.state().idleSecondsLeft ?? 99) <= 20);
  await world.until('welcome', 120_000);
  await world.time.pass(5_000);
  assert.ok(world.facts().includes('paper-left'));
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'captured' });
});

test('the kiosk is stopped in order while money is in the slots: it comes back first', async () => {
  const world = await World.open();
  await world.toPay();
  world.money.insert(100);
  const stopped = world.kiosk.stop();
  await world.time.pass(30_000);
  await stopped;
  assert.deepEqual(await outcome(world), { state: 'voided', money: 'given-back' });
});

test('the kiosk is stopped in order while paper is moving: the sheet comes out, and the fee with it', async () => {
  const world = await World.open();
  await world.toPay(2);
  await world.pay();
  await world.time.pass(1_000);
  const stopped = world.kiosk.stop();
  await world.time.pass(60_000);
  await stopped;
  assert.deepEqual(await outcome(world), { state: 'captured', money: 'captured' });
});

test('a money unit that closes its slots before the fee is there: nothing is printed, and what is in goes back', async () => {
  let closeEarly: () => void = () => undefined;
  const early = instead('money', (port: MoneyUnit) => ({
    accept: (...asked: Parameters<MoneyUnit['accept']>) =>
      Promise.race([
        port.accept(...asked),
        new Promise<void>((resolve) => {
          closeEarly = resolve;
        }),
      ]),
  }));
  const world = await World.open({ around: early });
  await world.toPay();
  world.money.insert(100);
  await world.time.pass(0);
  closeEarly();
  const refunded = await world.until('refunded');
  assert.deepEqual([refunded.returnedYen, refunded.code], [100, 'PAYMENT_FAILED']);
  assert.equal(world.printer.tray().length, 0);
  assert.deepEqual(await outcome(world), { state: 'voided', money: 'given-back' });
});
