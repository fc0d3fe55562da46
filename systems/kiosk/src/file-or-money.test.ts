/** A file instead of paper: the fee is kept exactly when somebody was given it, and it is never printed. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DocumentBinding } from '@dokodemo/protocol';
import { caseNumberOf } from './journal-state.ts';
import { outgoingOf, PaperSheets } from './outgoing.ts';
import type { Fate } from './testing/scripted-center.ts';
import { World, type WorldOptions } from './testing/world.ts';

async function toAddress(
  options: WorldOptions = {},
): Promise<{ world: World; address: string; applicationId: string }> {
  const world = await World.open(options);
  const { applicationId } = await world.toPayForFile();
  await world.pay();
  const { address } = await world.until('receive-file');
  return { world, address, applicationId };
}

function checkNothingPrinted(world: World): void {
  assert.deepEqual(world.printer.tray(), []);
  assert.deepEqual(world.center.impossible, []);
}

test('collected: the telephone has the file, the fee is kept, and nothing was printed', async () => {
  const { world, address, applicationId } = await toAddress();
  await world.time.pass(20_000);
  assert.equal(world.screen.kind, 'receive-file');
  const file = world.center.files.collect(address);
  const screen = await world.until('take');
  assert.deepEqual([screen.electronic, screen.changeYen, screen.feeYen], [true, 0, 300]);
  assert.match(Buffer.from(file ?? []).toString(), /^%PDF-1\.7 .* sheet 1 見本 太郎$/);
  await world.leave();
  assert.equal(world.center.stateOf(applicationId), 'captured');
  assert.equal(world.money.picture().vaultYen, 300);
  assert.ok(!world.facts().includes('paper-taken'));
  checkNothingPrinted(world);
  assert.deepEqual(
    world.kiosk
      .journalLines()
      .map(({ text }) => text)
      .filter((text) => text.includes('ファイル')),
    [
      `書類を確認 ${world.center.bindings[0]?.documentNumbers[0]} 電子ファイル 300円`,
      'ファイルのお渡し開始',
      'ファイルの受け取り先を表示',
      'ファイルが受け取られた',
      'ファイルを渡した',
    ],
  );
});

test('the file is on its way before anybody is asked for money, as ciphertext, and its address is nowhere but on the screen', async () => {
  const world = await World.open();
  await world.toPayForFile();
  const [kept] = world.center.files.kept.values();
  assert.ok(kept !== undefined && !Buffer.from(kept.sealed, 'base64').includes('%PDF'));
  await world.pay();
  const { address } = await world.until('receive-file');
  const key = address.split('.').at(-1) ?? assert.fail();
  world.center.files.collect(address);
  await world.leave();
  const left = [world.file.bytes(), JSON.stringify([world.center.messages, world.notes, world.kiosk.state()])];
  for (const it of left) assert.ok(!Buffer.from(it).includes(key));
});

describe('nobody collects it', () => {
  const ends = {
    'the resident stops': (world: World) => world.touch({ kind: 'stop' }),
    'nobody touches anything': async (world: World) => {
      await world.time.pass(150_000);
      assert.equal(world.screen.kind, 'receive-file');
      await world.touch({ kind: 'still-here' });
      await world.time.pass(150_000);
      // More time was asked for, and was given.
      assert.equal(world.screen.kind, 'receive-file');
      await world.time.pass(31_000);
    },
    'it is touched for ever': async (world: World) => {
      for (let i = 0; i < 60 && world.screen.kind === 'receive-file'; i++) {
        await world.time.pass(10_000);
        await world.touch({ kind: 'still-here' });
      }
    },
  };
  for (const [name, end] of Object.entries(ends)) {
    test(`${name}: taken back, and the money with it`, async () => {
      const { world, address, applicationId } = await toAddress();
      await end(world);
      const { returnedYen, code } = await world.until('refunded');
      assert.deepEqual([returnedYen, code], [300, name === 'the resident stops' ? 'STOPPED' : 'NOT_COLLECTED']);
      assert.equal(world.center.files.collect(address), undefined);
      await world.touch({ kind: 'taken' });
      // Whoever could not take a file may take paper.
      await world.until('another');
      await world.time.pass(1_000);
      assert.equal(world.center.stateOf(applicationId), 'refunded');
      assert.equal(world.money.picture().returnedYen, 300);
      checkNothingPrinted(world);
    });
  }
});

test('collected in the very moment in which the resident stops: handed over', async () => {
  const { world, address, applicationId } = await toAddress();
  world.center.script.hold = async ({ name }) => {
    if (name === 'withdrawFile') world.center.files.collect(address);
  };
  await world.touch({ kind: 'stop' });
  await world.leave();
  assert.equal(world.center.stateOf(applicationId), 'captured');
  checkNothingPrinted(world);
});

test('the center is away when it matters: a case, the fee in escrow, nobody served; settled by its word as soon as it is back', async () => {
  for (const collected of [true, false]) {
    const { world, address, applicationId } = await toAddress();
    let fate: Fate = 'never-arrives';
    world.center.script.fate = ({ name }) => (name.endsWith('File') || name === 'fileState' ? fate : 'arrives');
    if (collected) world.center.files.collect(address);
    await world.touch({ kind: 'stop' });
    const shown = await world.until('case', 120_000);
    assert.equal(shown.caseNumber, caseNumberOf(world.terminalId, applicationId));
    await world.touch({ kind: 'taken' });
    await world.until('end', 60_000);
    await world.until('out-of-service', 60_000);
    await world.time.pass(60_000);
    assert.deepEqual([world.screen.kind, await world.money.recall(applicationId)], ['out-of-service', 'in-escrow']);
    assert.equal(world.center.stateOf(applicationId), 'unresolved');
    fate = 'arrives';
    await world.until(collected ? 'take' : 'refunded', 60_000);
    await world.until('welcome', 400_000);
    assert.equal(world.center.stateOf(applicationId), collected ? 'captured' : 'refunded');
    assert.equal(world.center.files.collect(address) !== undefined, collected);
    checkNothingPrinted(world);
  }
});

test('staff cannot say where a file is while the center may know; where it has forgotten, they can', async () => {
  const { world, applicationId } = await toAddress();
  let isAway = true;
  world.center.script.fate = ({ name }) => (isAway && name === 'withdrawFile' ? 'never-arrives' : 'arrives');
  await world.touch({ kind: 'stop' });
  const { caseNumber } = await world.until('case', 120_000);
  await world.touch({ kind: 'taken' });
  await world.until('out-of-service', 120_000);
  const says = { kind: 'settle-case', caseNumber, paper: 'not-all-came-out' } as const;
  assert.ok(world.kiosk.staff(says));
  await world.time.pass(30_000);
  assert.equal(await world.money.recall(applicationId), 'in-escrow');
  isAway = false;
  world.center.files.kept.clear();
  await world.time.pass(30_000);
  assert.equal(await world.money.recall(applicationId), 'in-escrow', 'nobody guesses');
  assert.ok(world.kiosk.staff(says));
  await world.time.pass(30_000);
  assert.equal(await world.money.recall(applicationId), 'given-back');
  assert.equal(world.center.stateOf(applicationId), 'refunded');
  checkNothingPrinted(world);
});

describe('before money', () => {
  async function refusedBeforeMoney(world: World): Promise<string> {
    await world.chooseFile();
    const screen = await world.until('notice', 120_000);
    assert.deepEqual(
      world.states.filter((state) => state.screen.kind === 'receive-file'),
      [],
    );
    assert.equal(world.facts().includes('fee-reserved'), false);
    checkNothingPrinted(world);
    return JSON.stringify(screen.lines);
  }

  test('a kiosk that can only print refuses a file', async () => {
    assert.match(await refusedBeforeMoney(await World.open({ handsOver: false })), /HAND_OVER_MISSING/);
  });

  test('a center that takes no file: refused by what it says', async () => {
    const world = await World.open();
    world.center.script.fate = ({ name }) => (name === 'depositFile' ? 'BUSY' : 'arrives');
    assert.match(await refusedBeforeMoney(world), /BUSY/);
  });

  test('said again with the same key when the answer was lost', async () => {
    const world = await World.open();
    let lost = 0;
    world.center.script.fate = ({ name }) => (name === 'depositFile' && lost++ === 0 ? 'answer-lost' : 'arrives');
    await world.toPayForFile();
    await world.pay();
    const { address } = await world.until('receive-file');
    assert.ok(world.center.files.collect(address));
    assert.deepEqual([lost, world.center.impossible], [2, []]);
  });

  test('a file that would be gone before it can be collected is not offered, and the money goes back', async () => {
    const world = await World.open();
    world.center.files.keptMs = 30_000;
    await world.toPayForFile();
    await world.pay();
    assert.equal((await world.until('refunded')).code, 'DOCUMENT_EXPIRED');
    checkNothingPrinted(world);
  });
});

test('of a document that is bound to a file no sheets for a printer can be made', () => {
  const binding = { answers: { medium: ['electronic'] }, copies: 1 } as unknown as DocumentBinding;
  const sheet = Buffer.from('%PDF');
  assert.equal(PaperSheets.of(binding, [sheet]), undefined);
  assert.ok(PaperSheets.of({ answers: { medium: ['paper'] } }, [sheet]));
  assert.ok(PaperSheets.of({ answers: {} }, [sheet]));
  for (const bad of [
    outgoingOf(binding, [sheet, sheet]),
    outgoingOf({ ...binding, copies: 2 }, [sheet]),
    outgoingOf(binding, []),
  ]) {
    assert.ok(!bad.ok && bad.failure.code === 'MISMATCH_STOP');
  }
});
