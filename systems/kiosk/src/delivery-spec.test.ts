/** SPEC.md beside this file is what the code does: each of its tables is read and played. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answer, finalIssuanceStates, type IssuanceState, refuse } from '@dokodemo/domain';
import type { Fact } from '@dokodemo/protocol';
import { KioskJournal } from './journal.ts';
import { type DeliveryTerms, type Entry, emptyState, foldEntry, ImpossibleEntry } from './journal-state.ts';
import type { HandOver, MoneyUnit, Printer, SheetOutcome } from './ports.ts';
import { usualSettings } from './settings.ts';
import { type Settled, settle } from './settlement.ts';
import { memoryFile } from './simulated/index.ts';
import { TestTime } from './testing/test-time.ts';
import { testEntropy } from './testing/world.ts';

const spec = readFileSync(new URL('SPEC.md', import.meta.url), 'utf8');
const here = (name: string) => new URL(name, import.meta.url);

/** Rows of the table under a heading, cell by cell; the head comes first. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const part = spec.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? assert.fail(`no ${heading}`);
  const rows = part.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| ---'));
  assert.ok(rows.length > 3, heading);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const sessionId = 's';
const applicationId = 'a';
const feeYen = 300;
const terms = { sessionId, applicationId, feeYen, sheetDigests: ['d1', 'd2'], documentNumbers: ['n'] };
const fileTerms = { ...terms, sheetDigests: ['d1'], depositId: 'f' };
const about = { applicationId, feeYen };

function factOf(kind: string): Fact {
  const facts: readonly Fact[] = [
    { kind: 'fee-reserved', ...about, method: 'cash' },
    { kind: 'printing-started', applicationId, sheets: 2 },
    { kind: 'sheet-printed', applicationId, sheet: 1, sheets: 2, digest: 'd1' },
    { kind: 'handed-over', applicationId },
    { kind: 'fee-captured', ...about },
    { kind: 'fee-returned', ...about, reason: 'STOPPED' },
    { kind: 'document-dropped', applicationId, reason: 'STOPPED' },
    { kind: 'lost-track', ...about, sheetsConfirmed: 0, sheets: 2, reason: 'POWER_CUT' },
  ];
  return facts.find((fact) => fact.kind === kind) ?? assert.fail(`no fact ${kind}`);
}

function entryOf(fact: Fact): Entry {
  return { kind: 'fact', report: { factId: 'f', sessionId, kioskSeq: 1, at: '', fact } };
}

/** A journal in which the delivery stands so, with `printed` sheets out. */
function stateWith(state: IssuanceState, printed: number) {
  const known = { ...terms, state, printed, inPrinter: 0 };
  return { ...emptyState, deliveries: new Map([[applicationId, known]]) };
}

test('what may be written is what the page says, for every state that a kiosk knows', () => {
  const [head = [], ...rows] = tableUnder('What may be written');
  for (const [state = '', ...cells] of rows) {
    for (const [i, cell] of cells.entries()) {
      const fact = factOf(head[i + 1] ?? '');
      const printed = fact.kind === 'handed-over' ? 2 : 0;
      const write = () => foldEntry(stateWith(state as IssuanceState, printed), entryOf(fact));
      if (cell === '–') assert.throws(write, ImpossibleEntry, `${fact.kind} in ${state}`);
      else assert.equal(write().deliveries.get(applicationId)?.state, cell, `${fact.kind} in ${state}`);
    }
  }
  // Nothing leads to a state that is not on the page, nor is one that can be reached missing.
  const states = new Set(rows.map(([state]) => state));
  const reached = rows.flatMap(([, ...cells]) => cells).filter((cell) => cell !== '–');
  for (const state of reached) assert.ok(states.has(state), state);
  for (const state of reached) assert.ok(!finalIssuanceStates.has(state as IssuanceState) || states.has(state));
});

test('a hand-over of less than everything, a sheet out of turn, a delivery again: not written', () => {
  assert.throws(() => foldEntry(stateWith('printing', 1), entryOf(factOf('handed-over'))), ImpossibleEntry);
  assert.throws(() => foldEntry(stateWith('printing', 1), entryOf(factOf('sheet-printed'))), ImpossibleEntry);
  assert.throws(() => foldEntry(stateWith('printing', 0), { kind: 'delivery', ...terms }), ImpossibleEntry);
  assert.throws(
    () => foldEntry(stateWith('printing', 0), { kind: 'sheet-begun', applicationId, sheet: 2 }),
    ImpossibleEntry,
  );
});

/** Writes what leads to a row's first cell. */
async function journalSaying(words: string, clock: TestTime, given: DeliveryTerms = terms): Promise<KioskJournal> {
  const journal = await KioskJournal.open(memoryFile(), clock, testEntropy('spec'));
  const [state, sheet = ''] = words.split(', ');
  await journal.beginSession(sessionId);
  await journal.beginDelivery(given);
  const parts = given.sheetDigests.length;
  const tell = (kind: string) => journal.fact(sessionId, factOf(kind));
  if (state === 'prepared') return journal;
  await tell('fee-reserved');
  if (state === 'reserved') return journal;
  await tell('printing-started');
  if (sheet === 'no sheet begun') return journal;
  await journal.beginSheet(applicationId, 1);
  if (sheet === 'first sheet begun') return journal;
  if (parts > 1) {
    await tell('sheet-printed');
    await journal.beginSheet(applicationId, parts);
  }
  if (sheet === 'last sheet begun') return journal;
  if (state === 'unresolved') {
    await tell('lost-track');
    return journal;
  }
  await journal.fact(sessionId, {
    kind: 'sheet-printed',
    applicationId,
    sheet: parts,
    sheets: parts,
    digest: `d${parts}`,
  });
  await tell('handed-over');
  return journal;
}

function unitSaying(money: string, did: string[]): MoneyUnit {
  return {
    methods: ['cash'],
    escrow: async () => ({ insertedYen: 0, method: null }),
    canGiveChange: async () => true,
    accept: async () => assert.fail('nobody is asked for money here'),
    close: async () => undefined,
    capture: async () => {
      did.push('captured');
      return { changeYen: 0 };
    },
    giveBack: async () => {
      did.push('given back');
      return { returnedYen: feeYen };
    },
    recall: async () => money as Awaited<ReturnType<MoneyUnit['recall']>>,
  };
}

for (const [says = '', money = '', printer = '', then = ''] of tableUnder(
  'What is owed when nobody is working on it any more',
).slice(1)) {
  test(`${says}; money ${money}; printer ${printer || 'not asked about a sheet'}: ${then}`, async () => {
    const clock = new TestTime();
    const journal = await journalSaying(says, clock);
    const did: string[] = [];
    const unit = unitSaying(money, did);
    const paper: Printer = {
      name: 'remembers',
      conditions: async () => [],
      print: async () => assert.fail('nothing is printed again'),
      recall: async () => ({ outcome: printer, condition: 'other', detail: '' }) as SheetOutcome,
    };
    const parts = { journal, money: unit, printer: paper, clock, settings: usualSettings, note: () => undefined };
    const settled = await settle(parts, applicationId, 'POWER_CUT');
    assert.equal(settled.outcome, then);
    const moved = { captured: ['captured'], returned: ['given back'], dropped: ['given back'], unresolved: [] }[then];
    assert.deepEqual(did, moved);
    const ends: Readonly<Record<string, string>> = { returned: 'refunded', dropped: 'voided' };
    assert.equal(journal.state.deliveries.get(applicationId)?.state, ends[then] ?? then);
  });
}

for (const [says = '', money = '', center = '', then = ''] of tableUnder('A file instead of paper')
  .filter(({ length }) => length === 4)
  .slice(1)) {
  test(`a file: ${says}; money ${money}; center ${center || 'not asked'}: ${then}`, async () => {
    const clock = new TestTime();
    const journal = await journalSaying(says, clock, fileTerms);
    const did: string[] = [];
    let asked = 0;
    const handOver: HandOver = {
      seal: () => assert.fail('nothing is sealed here'),
      deposit: async () => assert.fail('nothing is left there again'),
      state: async () => assert.fail('it is asked to withdraw, not how it stands'),
      async withdraw() {
        asked++;
        if (center === 'collected' || center === 'withdrawn') return answer(center);
        return refuse(center === 'not-known-there' ? 'UNKNOWN' : 'NO_ANSWER');
      },
    };
    const printer: Printer = {
      name: 'paper only',
      conditions: async () => [],
      print: async () => assert.fail('a file is not printed'),
      recall: async () => assert.fail('a printer knows nothing of a file'),
    };
    const parts = {
      journal,
      money: unitSaying(money, did),
      printer,
      handOver,
      clock,
      settings: usualSettings,
      note: () => undefined,
    };
    let settled: Settled | undefined;
    void settle(parts, applicationId, 'POWER_CUT').then((it) => {
      settled = it;
    });
    await clock.pass(120_000, () => settled !== undefined);
    assert.equal(settled?.outcome, then);
    assert.equal(asked > 0, center !== '');
    const moved = { captured: ['captured'], returned: ['given back'], dropped: ['given back'], unresolved: [] }[then];
    assert.deepEqual(did, moved);
  });
}

test('every invariant names a line that is there and a test that is there', () => {
  for (const [name = '', , heldBy = '', proof = ''] of tableUnder('Invariants').slice(1)) {
    const [file = '', word = ''] = [...heldBy.matchAll(/`([^`]+)`/g)].map(([, it]) => it ?? '');
    assert.ok(readFileSync(here(file), 'utf8').includes(word) && word !== '', `${name}: ${heldBy}`);
    const [, tests = ''] = /`([^`]+)`/.exec(proof) ?? [];
    assert.ok(existsSync(here(tests)), `${name}: ${proof}`);
  }
});
