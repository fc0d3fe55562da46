/**
 * S1: paper comes out only for the session whose card asked for it. A document of anything else is refused before
 * anybody is asked for money; a sheet that changes afterwards is refused before it goes to the printer.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoJapan } from '@dokodemo/domain';
import { type DocumentBinding, sha256Hex } from '@dokodemo/protocol';
import type { Printer } from './ports.ts';
import { TestTime } from './testing/test-time.ts';
import { makeCenter, World } from './testing/world.ts';

/** What the center was told of documents that were refused. */
function refusals(world: World): readonly string[] {
  return world.center.messages.flatMap(({ name, body }) => {
    const input = (body as { input?: { kind: string; code?: string } } | null)?.input;
    return name === 'giveInput' && input?.kind === 'document-refused' ? [input.code ?? ''] : [];
  });
}

/** No money was asked for, nothing was printed, and whoever runs the kiosk has to look before anybody else is served. */
async function assertRefused(world: World, about: string, code = 'MISMATCH_STOP'): Promise<void> {
  const notice = await world.until('notice');
  assert.deepEqual(notice.lines, [{ text: `refusal.${code}` }], about);
  assert.deepEqual(refusals(world), [code], about);
  assert.ok(!world.states.some(({ screen }) => screen.kind === 'pay' || screen.kind === 'printing'), about);
  assert.equal(world.money.picture().slotsOpen, false, about);
  await world.touch({ kind: 'agree' });
  await world.until(code === 'MISMATCH_STOP' ? 'out-of-service' : 'welcome');
  assert.deepEqual(world.printer.tray(), [], about);
  assert.deepEqual(world.center.impossible, [], about);
  if (code === 'MISMATCH_STOP') {
    await world.time.pass(600_000);
    assert.equal(world.screen.kind, 'out-of-service', `${about}: somebody was served again`);
  }
}

const other = '019aaf00-0000-7000-8000-00000000000f';
const foreign: Readonly<Record<string, Partial<DocumentBinding>>> = {
  'another session': { sessionId: other },
  'another visit': { visitId: other },
  'another application': { applicationId: other },
  'another terminal': { terminalId: 'DEMO-0002' },
  'another holder': { holder: 'c'.repeat(64) },
  'another municipality': { municipality: '483028' },
  'another kind': { kindId: 'seal' },
  'another person among the answers': { answers: { members: ['m1'], year: ['y2026'] } },
  'one person more among the answers': { answers: { members: ['m1', 'm2'], year: ['y2026'] } },
  'an answer left out': { answers: { year: ['y2026'] } },
  'another fee': { feeYen: 100 },
  'other copies': { copies: 2, documentNumbers: ['1', '2'] },
};

for (const [what, change] of Object.entries(foreign)) {
  test(`a document bound to ${what} is refused`, async () => {
    const world = await World.open();
    world.center.script.twist = (binding, sheets) => ({ binding: { ...binding, ...change }, sheets });
    await world.toMenu();
    await world.choose();
    await assertRefused(world, what);
  });
}

test('a question that was never put may be answered for the resident; one that was put may not', async () => {
  const world = await World.open();
  await world.toMenu();
  await world.choose();
  await world.until('pay');
  assert.deepEqual(world.center.bindings[0]?.answers, { members: ['m2'], year: ['y2026'] });

  const swapped = await World.open();
  // The center tells the issuer that nobody was asked for the members, and answers itself.
  swapped.center.script.draw = (screen) =>
    screen.kind === 'confirm'
      ? { ...screen, lines: screen.lines.filter(({ change }) => change !== 'members') }
      : screen;
  swapped.center.script.twist = (binding, sheets) => ({
    binding: { ...binding, answers: { members: ['m1'], year: ['y2026'] } },
    sheets,
  });
  await swapped.toMenu();
  await swapped.choose();
  await assertRefused(swapped, 'answered behind the resident’s back');
});

test('what was chosen and then changed is gone: the last answer counts, and no other', async () => {
  const world = await World.open();
  await world.toMenu();
  await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
  await world.until('choose');
  await world.touch({ kind: 'chosen', questionId: 'members', optionIds: ['m1'] });
  await world.until('copies');
  await world.touch({ kind: 'copies', copies: 1 });
  await world.until('confirm');
  await world.touch({ kind: 'change', questionId: 'members' });
  await world.until('choose');
  await world.touch({ kind: 'chosen', questionId: 'members', optionIds: ['m2'] });
  await world.until('copies');
  await world.touch({ kind: 'copies', copies: 1 });
  await world.until('confirm');
  world.center.script.twist = (binding, sheets) => ({
    binding: { ...binding, answers: { members: ['m1'], year: ['y2026'] } },
    sheets,
  });
  await world.touch({ kind: 'confirmed' });
  await assertRefused(world, 'the answer before the last');
});

test('two residents at two kiosks: the document of the one does not open at the other', async () => {
  const time = new TestTime();
  const center = await makeCenter(time);
  const one = await World.open({ time, center, seed: 'one' });
  const two = await World.open({ time, center, seed: 'two', terminalId: 'DEMO-0002' });
  await one.toMenu(one.cards[0]);
  await two.toMenu(two.cards[1]);
  const theirs = new Map<string, { aad: string; sealed: string }>();
  // The center mixes them up: each gets what was sealed for the other.
  center.script.relay = (document, sessionId) => {
    theirs.set(sessionId, document);
    return [...theirs].find(([id]) => id !== sessionId)?.[1] ?? document;
  };
  await one.choose();
  await one.until('pay');
  await two.choose();
  const notice = await two.until('notice');
  assert.deepEqual(notice.lines, [{ text: 'refusal.MISMATCH_STOP' }]);
  await one.pay();
  await one.until('take');
  assert.equal(one.printer.tray().length, 1);
  assert.equal(two.printer.tray().length, 0);
});

test('the document of the resident before does not open for the next one', async () => {
  const world = await World.open();
  await world.toPay();
  await world.pay();
  await world.leave();
  const [before] = [...(world.center.sessions.values().next().value?.applications.values() ?? [])];
  assert.ok(before !== undefined);
  world.center.script.relay = () => before.sealed;
  await world.toMenu(world.cards[1]);
  await world.choose();
  const notice = await world.until('notice');
  assert.deepEqual(notice.lines, [{ text: 'refusal.MISMATCH_STOP' }]);
  assert.equal(world.printer.tray().length, 1);
});

test('associated data of one document with the seal of another, or one bit more or less: refused', async () => {
  for (const relay of [
    (document: { aad: string; sealed: string }) => ({ ...document, aad: `${document.aad.slice(0, -4)}AAAA` }),
    (document: { aad: string; sealed: string }) => ({ ...document, sealed: `AAAA${document.sealed.slice(4)}` }),
  ]) {
    const world = await World.open();
    world.center.script.relay = relay;
    await world.toMenu();
    await world.choose();
    await assertRefused(world, relay.toString());
  }
});

test('a screen that asks for money that nobody confirmed, or before anything was chosen, is refused', async () => {
  const cheaper = await World.open();
  cheaper.center.script.draw = (screen) => (screen.kind === 'pay' ? { ...screen, feeYen: 100 } : screen);
  await cheaper.toMenu();
  await cheaper.choose();
  await assertRefused(cheaper, 'another fee on the screen');

  const early = await World.open();
  early.center.script.draw = (screen) =>
    screen.kind === 'present-card'
      ? {
          title: { plain: '' },
          back: false,
          stop: true,
          idleSeconds: 60,
          step: 'pay',
          kind: 'pay',
          applicationId: other,
          kindLabel: { plain: '' },
          copies: 1,
          sheets: 1,
          feeYen: 300,
          methods: ['cash'],
          expiresAt: isoJapan(early.time.now() + 60_000),
        }
      : screen;
  await early.until('welcome');
  await early.touch({ kind: 'start', language: 'ja' });
  await early.until('notice');
  await early.touch({ kind: 'agree' });
  await early.until('notice');
  assert.deepEqual(refusals(early), ['MISMATCH_STOP']);
  assert.equal(early.money.picture().slotsOpen, false);
});

test('an application that was delivered is not delivered again', async () => {
  const world = await World.open();
  const pay = await world.toPay();
  await world.pay();
  await world.until('take');
  await world.touch({ kind: 'taken' });
  await world.until('another');
  world.center.script.draw = (screen) => (screen.kind === 'choose' ? pay : screen);
  await world.touch({ kind: 'another' });
  await world.time.pass(5_000);
  assert.deepEqual(refusals(world), ['MISMATCH_STOP']);
  assert.equal(world.printer.tray().length, 1);
});

test('too late: a document past its time is refused, and nobody is asked for money', async () => {
  const world = await World.open();
  world.center.script.documentMs = 0;
  await world.toMenu();
  await world.choose();
  await assertRefused(world, 'late', 'DOCUMENT_EXPIRED');
});

test('a sheet that changes between opening and printing does not go to the printer; the money goes back', async () => {
  let jobs = 0;
  const around = <Port extends object>(name: string, port: Port): Port => {
    if (name !== 'printer') return port;
    // A printer that says "nothing came out", in whose memory the sheet has changed meanwhile.
    const print: Printer['print'] = async (job) => {
      jobs++;
      job.sheet[5] = (job.sheet[5] ?? 0) ^ 1;
      return { outcome: 'not-printed', condition: 'other', detail: 'scripted' };
    };
    return { ...port, print };
  };
  const world = await World.open({ around });
  await world.toPay();
  await world.pay();
  const refunded = await world.until('refunded');
  assert.deepEqual([refunded.returnedYen, refunded.code], [300, 'MISMATCH_STOP']);
  assert.equal(jobs, 1);
  await world.touch({ kind: 'taken' });
  await world.until('notice');
  await world.touch({ kind: 'agree' });
  await world.until('out-of-service');
  await world.time.pass(5_000);
  assert.equal(world.money.picture().returnedYen, 300);
  const [binding] = world.center.bindings;
  assert.equal(world.center.stateOf(binding?.applicationId ?? ''), 'refunded');
});

test('names that are not sealed to this session are nobody’s: it ends, and nobody is served', async () => {
  const world = await World.open();
  world.center.script.labels = (labels) => Uint8Array.from(labels, (byte, i) => (i === 40 ? byte ^ 1 : byte));
  await world.toPin();
  await world.enter('1234');
  await world.until('remove-card');
  world.reader.remove();
  const closed = await world.until('out-of-service');
  assert.equal(closed.code, 'MISMATCH_STOP');
});

test('each sheet that comes out is the one that the issuer signed, in order', async () => {
  const world = await World.open();
  world.center.script.sheetsPerCopy = 2;
  await world.toPay(2);
  await world.pay();
  await world.until('take');
  const [binding] = world.center.bindings;
  assert.deepEqual(
    world.printer.tray().map(({ pdf }) => sha256Hex(pdf)),
    binding?.sheetDigests,
  );
});
