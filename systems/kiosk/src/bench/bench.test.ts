/** Hands can do what hands can do; what cannot be is refused with a reason, and the paper stays until it is taken. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { isoJapan } from '@dokodemo/domain';
import { InProcessReader, VirtualCard } from '@dokodemo/ic-card';
import type { Kiosk } from '../agent.ts';
import type { PanelState } from '../panel-contract.ts';
import type { Bench } from '../panel-server/serve-panel.ts';
import { folderPrinter } from '../printing/folder-printer.ts';
import {
  type SimulatedMoneyUnit,
  type SimulatedPrinter,
  simulatedMoneyUnit,
  simulatedPrinter,
} from '../simulated/index.ts';
import { TestTime } from '../testing/test-time.ts';
import { testEntropy } from '../testing/world.ts';
import { type BenchOptions, openBench } from './bench.ts';
import { copyingInto, openPaperTray, type PaperTray } from './paper-tray.ts';

describe('the bench', () => {
  let root: string;
  let folders = 0;
  let folder: string;
  let time: TestTime;
  let tray: PaperTray;
  let money: SimulatedMoneyUnit;
  let printer: SimulatedPrinter;
  let options: BenchOptions;
  let bench: Bench;
  let powered: boolean;
  let staffActs: boolean;
  let shown: PanelState | undefined;

  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'kiosk-bench-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  const openTray = (): PaperTray =>
    openPaperTray({ stateFile: path.join(folder, 'tray.json'), folder: path.join(folder, 'paper'), entropy });
  const entropy = testEntropy('bench');

  beforeEach(() => {
    folder = path.join(root, `${++folders}`);
    time = new TestTime();
    tray = openTray();
    money = simulatedMoneyUnit();
    printer = simulatedPrinter({ clock: time, sheetMs: 100 });
    powered = true;
    staffActs = false;
    shown = undefined;
    options = {
      wallet: ['taro', 'hanako', 'jiro'].map((cardId) => ({
        cardId,
        label: cardId,
        note: '',
        pin: '1234',
        card: new VirtualCard([]),
      })),
      reader: new InProcessReader(),
      money,
      printer,
      simulatedPrinter: printer,
      tray,
      clock: time,
      kiosk: {
        kiosk: () => (powered ? ({ staff: () => staffActs } as unknown as Kiosk) : undefined),
        lines: () => [],
        subscribe: () => () => undefined,
        state: () => shown,
        touch: () => undefined,
        on: async () => {
          powered = true;
        },
        off: () => {
          powered = false;
        },
        stop: async () => undefined,
      },
    };
    bench = openBench(options);
  });

  const codeOf = async (...given: Parameters<Bench['act']>) => {
    const done = await bench.act(...given);
    return done.ok ? 'done' : done.failure.code;
  };
  const never = new AbortController().signal;
  const print = (name: string, text = name) =>
    printer.print({ name, sheet: Buffer.from(text) }, () => undefined, never);

  test('cards: two at most, each once, and all are taken at once', async () => {
    assert.equal(await codeOf({ act: 'put-card', cardId: 'nobody' }), 'UNKNOWN');
    assert.equal(await codeOf({ act: 'take-card' }), 'OUT_OF_STEP');
    assert.equal(await codeOf({ act: 'put-card', cardId: 'taro' }), 'done');
    assert.equal(options.reader.state(), 'card');
    assert.equal(await codeOf({ act: 'put-card', cardId: 'taro' }), 'OUT_OF_STEP');
    assert.equal(await codeOf({ act: 'put-card', cardId: 'hanako' }), 'done');
    assert.equal(options.reader.state(), 'two-cards');
    assert.equal(await codeOf({ act: 'put-card', cardId: 'jiro' }), 'OUT_OF_STEP');
    assert.deepEqual(
      bench.state().cards.map(({ onReader }) => onReader),
      [true, true, false],
    );
    assert.equal(await codeOf({ act: 'take-card' }), 'done');
    assert.equal(options.reader.state(), 'empty');
  });

  test('what a telephone could read is there as long as it stands on the screen', () => {
    assert.equal(bench.state().address, undefined);
    shown = { screen: { kind: 'receive-file', address: 'https://portal.example/receive#a.b' } } as PanelState;
    assert.equal(bench.state().address, 'https://portal.example/receive#a.b');
    shown = { screen: { kind: 'welcome' } } as PanelState;
    assert.equal(bench.state().address, undefined);
  });

  test('money: into open slots only; what is given back lies there until it is taken', async () => {
    assert.equal(await codeOf({ act: 'insert-cash', yen: 100 }), 'OUT_OF_STEP');
    assert.equal(await codeOf({ act: 'touch-ic-money' }), 'OUT_OF_STEP');
    const paid = money.accept('a', 200, () => undefined);
    assert.equal(bench.state().money.slotsOpen, true);
    assert.equal(await codeOf({ act: 'insert-cash', yen: 1000 }), 'done');
    await paid;
    await money.giveBack('a');
    assert.equal(bench.state().money.returnedYen, 1000);
    assert.equal(await codeOf({ act: 'take-returned-money' }), 'done');
    assert.equal(bench.state().money.returnedYen, 0);
  });

  test('paper lies in the tray through a restart, is taken sheet by sheet or all at once; its file stays', async () => {
    for (const name of ['1/3', '2/3', '3/3']) {
      const printed = print(name);
      await time.pass(100);
      await printed;
    }
    bench = openBench({ ...options, tray: openTray() });
    const [first, second] = bench.state().printer.tray;
    assert.deepEqual([first?.name, second?.name], ['1/3', '2/3']);
    assert.equal(Buffer.from(bench.sheet(first?.sheetId ?? '') ?? []).toString(), '1/3');
    assert.equal(await codeOf({ act: 'take-paper', sheetId: first?.sheetId ?? '' }), 'done');
    assert.equal(await codeOf({ act: 'take-paper', sheetId: first?.sheetId ?? '' }), 'UNKNOWN');
    assert.equal(bench.sheet(first?.sheetId ?? ''), undefined, 'what was taken is shown no more');
    assert.equal(bench.state().printer.tray.length, 2);
    assert.equal(await codeOf({ act: 'take-paper' }), 'done');
    assert.deepEqual(bench.state().printer.tray, []);
    assert.equal(readdirSync(path.join(folder, 'paper')).length, 3);
  });

  test('only what lies in the tray is handed out, whatever an id says', () => {
    writeFileSync(path.join(folder, 'secret.pdf'), 'x');
    for (const id of ['../secret', 'secret', '']) assert.equal(bench.sheet(id), undefined);
    tray.put({ name: 'n', at: isoJapan(time.now()), pdf: Buffer.from('x') });
    const [sheet] = tray.sheets();
    rmSync(path.join(folder, 'paper', `${sheet?.sheetId}.pdf`));
    assert.equal(bench.sheet(sheet?.sheetId ?? ''), undefined, 'a person has moved the file');
  });

  test('the printer’s troubles, and its paper when the plug is pulled in mid-sheet', async () => {
    assert.equal(await codeOf({ act: 'printer', condition: 'jam', on: true }), 'done');
    await time.pass(100);
    assert.deepEqual(bench.state().printer.conditions, ['jam']);
    assert.equal(await codeOf({ act: 'printer', condition: 'jam', on: false }), 'done');
    void print('lost');
    await time.pass(50);
    assert.equal(await codeOf({ act: 'power', on: false }), 'done');
    await time.pass(1_000);
    assert.equal(bench.state().power, 'off');
    assert.deepEqual(bench.state().printer.tray, [], 'the motor stands without power');
    assert.equal(await codeOf({ act: 'power', on: true }), 'done');
    assert.equal(bench.state().power, 'on');
  });

  test('staff: only where there is something to do, and power', async () => {
    assert.equal(await codeOf({ act: 'staff', does: { kind: 'give-up-printing' } }), 'OUT_OF_STEP');
    staffActs = true;
    assert.equal(await codeOf({ act: 'staff', does: { kind: 'give-up-printing' } }), 'done');
    powered = false;
    assert.equal(await codeOf({ act: 'staff', does: { kind: 'give-up-printing' } }), 'OUT_OF_STEP');
  });

  test('a real printer beside the bench: its troubles are its own, its sheets are shown all the same', async () => {
    const real = copyingInto(tray, folderPrinter(path.join(folder, 'real')), () => isoJapan(time.now()));
    const { simulatedPrinter: _, ...without } = options;
    bench = openBench({ ...without, printer: real });
    assert.equal(await codeOf({ act: 'printer', condition: 'jam', on: true }), 'OUT_OF_STEP');
    const bytes = Buffer.from('%PDF');
    const printed = real.print({ name: 'job 1/1', sheet: bytes }, () => undefined, never);
    bytes.fill(0);
    assert.deepEqual(await printed, { outcome: 'printed' });
    const [sheet] = bench.state().printer.tray;
    assert.equal(Buffer.from(bench.sheet(sheet?.sheetId ?? '') ?? []).toString(), '%PDF');
    assert.deepEqual(await real.recall?.('job 1/1'), { outcome: 'printed' });
  });

  test('changes that come together are told once', async () => {
    let told = 0;
    bench.subscribe(() => told++);
    await bench.act({ act: 'put-card', cardId: 'taro' });
    await bench.act({ act: 'take-card' });
    await bench.act({ act: 'put-card', cardId: 'hanako' });
    assert.equal(told, 0);
    await time.pass(30);
    assert.equal(told, 1);
  });
});
