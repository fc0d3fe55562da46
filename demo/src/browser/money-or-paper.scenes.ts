/** What a resident who has paid sees and gets when the printer jams, the power fails, or they think better of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { residentAtASlowPrinter as newResident } from './testing/everybodys-town.ts';
import { type AtKiosk, chooseResidence, confirm, identify } from './testing/finger.ts';
import { readTray } from './testing/town-in-a-browser.ts';

type Money = { readonly vaultYen: number; readonly returnedYen: number; readonly changeYen: number };
const moneyOf = async (at: AtKiosk): Promise<Money> => (await at.hands.state()).money;

async function takeEverything(at: AtKiosk): Promise<void> {
  await at.hands.act({ act: 'take-returned-money' });
  for (const { sheetId } of (await at.hands.state()).printer.tray) await at.hands.act({ act: 'take-paper', sheetId });
}

/** Two sheets: one copy each. */
async function paysForTwoCopies(at: AtKiosk): Promise<void> {
  await identify(at, 'taro');
  await chooseResidence(at, { copies: 2 });
  await confirm(at);
  await at.hands.act({ act: 'insert-cash', yen: 500 });
}

/** The first sheet lies in the tray, and the printer has the second: before that, it would be known not to be printed. */
async function secondSheetMoves(at: AtKiosk): Promise<void> {
  await at.hands.when(
    ({ printer, journal }) =>
      printer.tray.length === 1 &&
      (journal.findLast(({ text }) => text.startsWith('印刷に渡す'))?.text ?? '').includes(' 2枚目'),
  );
}

/** The resident has a number; staff have looked, and not all sheets are there. */
async function staffFindHalfThePaper(at: AtKiosk): Promise<void> {
  await at.see('受付番号');
  const caseNumber = /[A-Z0-9]+(-[A-Z0-9]+){3}/.exec((await at.page.locator('.case-number').textContent()) ?? '')?.[0];
  assert.ok(caseNumber !== undefined);
  await at.press('番号を控えました');
  await at.see('ただいまご利用いただけません');
  const does = { kind: 'settle-case', caseNumber, paper: 'not-all-came-out' } as const;
  await at.hands.act({ act: 'staff', does });
  await at.hands.when(({ money }) => money.returnedYen === 500);
}

test('stop on the payment screen gives everything back at once; nothing is printed, nothing kept', async () => {
  const at = await newResident();
  const { vaultYen } = await moneyOf(at);
  await identify(at, 'taro');
  await chooseResidence(at);
  await confirm(at);
  await at.hands.act({ act: 'insert-cash', yen: 100 });
  await at.see('100円');
  await at.press('やめる');
  await at.see('お金をお返ししました');
  const after = await moneyOf(at);
  assert.deepEqual([after.returnedYen, after.vaultYen], [100, vaultYen]);
  assert.deepEqual(await readTray(at), []);
  await at.press('受け取りました');
  await takeEverything(at);
  await at.close();
});

test('a jam after the first of two sheets: staff are called; repaired, the rest is printed and the fee is taken once', async () => {
  const at = await newResident();
  const { vaultYen } = await moneyOf(at);
  await paysForTwoCopies(at);
  await secondSheetMoves(at);
  await at.hands.act({ act: 'printer', condition: 'jam', on: true });
  await at.see('お店の人を呼んでいます');
  assert.doesNotMatch(await at.words(), /見本|太郎/, 'staff see nothing of a person');
  await at.hands.act({ act: 'printer', condition: 'jam', on: false });
  await at.see('証明書をお取りください');
  assert.equal((await readTray(at)).length, 2);
  assert.equal((await moneyOf(at)).vaultYen, vaultYen + 400);
  await at.press('受け取りました');
  await takeEverything(at);
  await at.press('終わる');
  await at.close();
});

test('a jam that nobody repairs: what came out is not known, staff look, and all the money goes back', async () => {
  const at = await newResident();
  const { vaultYen } = await moneyOf(at);
  await paysForTwoCopies(at);
  await secondSheetMoves(at);
  await at.hands.act({ act: 'printer', condition: 'jam', on: true });
  await at.see('お店の人を呼んでいます');
  await at.hands.act({ act: 'staff', does: { kind: 'give-up-printing' } });
  await at.hands.act({ act: 'printer', condition: 'jam', on: false });
  await staffFindHalfThePaper(at);
  assert.equal((await moneyOf(at)).vaultYen, vaultYen);
  await takeEverything(at);
  await at.close();
});

test('no paper: said as such, and it goes on when there is some', async () => {
  const at = await newResident();
  await identify(at, 'hanako');
  await chooseResidence(at, { scope: '本人のみ' });
  await confirm(at);
  await at.hands.act({ act: 'printer', condition: 'media-empty', on: true });
  await at.hands.act({ act: 'touch-ic-money' });
  await at.see('用紙がなくなりました');
  await at.hands.act({ act: 'printer', condition: 'media-empty', on: false });
  await at.see('証明書をお取りください');
  await at.press('受け取りました');
  await takeEverything(at);
  await at.press('終わる');
  await at.close();
});

for (const [moment, { when, sheets }] of Object.entries({
  'between paying and printing': { when: 'paid', sheets: 0 },
  'between two sheets': { when: 'sheet-out', sheets: 1 },
} as const)) {
  test(`the power fails ${moment}: not everything is out, so everything goes back`, async () => {
    const at = await newResident();
    const { vaultYen } = await moneyOf(at);
    await at.hands.act({ act: 'power-fails', when });
    await paysForTwoCopies(at);
    await at.page.locator('.dark').waitFor();
    await at.hands.act({ act: 'power', on: true });
    await at.see('お金をお返ししました');
    const after = await moneyOf(at);
    assert.deepEqual([after.vaultYen, after.returnedYen], [vaultYen, 500]);
    assert.equal((await readTray(at)).length, sheets);
    await at.press('受け取りました');
    await takeEverything(at);
    await at.close();
  });
}

test('the power fails while the last sheet is in the printer: nobody guesses, the number of a case is shown', async () => {
  const at = await newResident();
  const { vaultYen } = await moneyOf(at);
  await paysForTwoCopies(at);
  await secondSheetMoves(at);
  await at.hands.act({ act: 'power', on: false });
  await at.page.locator('.dark').waitFor();
  await at.hands.act({ act: 'power', on: true });
  await staffFindHalfThePaper(at);
  assert.equal((await moneyOf(at)).vaultYen, vaultYen);
  await takeEverything(at);
  await at.close();
});
