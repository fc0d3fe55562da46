/** Two shops at once, and a register that changes while somebody is choosing: nobody gets what is not theirs to take. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, newResident, otherShop, town } from './testing/everybodys-town.ts';
import { type AtKiosk, chooseResidence, confirm, identify } from './testing/finger.ts';
import { nextResident, readTray } from './testing/town-in-a-browser.ts';

/** Both fingers come down in the same millisecond, by the clock that both screens have. */
async function pressTogether(words: string, ...kiosks: readonly AtKiosk[]): Promise<readonly number[]> {
  // Long enough that both pages have heard of it also on a busy machine.
  const at = Date.now() + 2_000;
  return Promise.all(
    kiosks.map(({ page }) =>
      page.getByRole('button', { name: words }).evaluate(async (button: HTMLElement, moment) => {
        await new Promise((resolve) => setTimeout(resolve, moment - Date.now() - 30));
        while (Date.now() < moment); // both pages spin into the same moment
        button.click();
        return Date.now();
      }, at),
    ),
  );
}

/** How many milliseconds lay between the two touches. */
async function twoConfirmAndPayTogether(): Promise<number> {
  const [here, there] = [await newResident(), await nextResident(browser, otherShop)];
  await Promise.all([identify(here, 'taro'), identify(there, 'big')]);
  await Promise.all([chooseResidence(here), chooseResidence(there)]);
  const pressed = await pressTogether('発行する', here, there);
  await Promise.all([here.see('入れた金額'), there.see('入れた金額')]);
  await Promise.all([here, there].map(({ hands }) => hands.act({ act: 'touch-ic-money' })));
  await Promise.all([here.see('証明書をお取りください'), there.see('証明書をお取りください')]);
  const [ours, theirs] = [(await readTray(here)).join(), (await readTray(there)).join()];
  const numbers = (text: string) => [...text.matchAll(/発行番号\s+(\S+)/g)].map(([, number]) => number);
  assert.match(ours, /太郎/);
  assert.doesNotMatch(theirs, /太郎/);
  assert.ok(numbers(ours).length > 0 && numbers(theirs).length > 0);
  assert.deepEqual(
    numbers(ours).filter((number) => numbers(theirs).includes(number)),
    [],
  );
  for (const at of [here, there]) {
    await at.press('受け取りました');
    for (const { sheetId } of (await at.hands.state()).printer.tray) await at.hands.act({ act: 'take-paper', sheetId });
    await at.press('終わる');
    await at.close();
  }
  return Math.max(...pressed) - Math.min(...pressed);
}

test('two residents at two kiosks confirm and pay in the same moment: each tray has its own household', async () => {
  // A busy machine may hold one of the two fingers back; what must hold holds then too, and they try again.
  let apartMs = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 4 && apartMs > 20; tries++) apartMs = await twoConfirmAndPayTogether();
  assert.ok(apartMs <= 20, `${apartMs} ms apart`);
});

test('a protection measure that comes between menu and printing holds: refused without a reason, nothing charged', async () => {
  const at = await newResident();
  const { vaultYen } = (await at.hands.state()).money;
  await identify(at, 'hanako');
  await chooseResidence(at, { scope: '本人のみ' });
  assert.ok((await town.register.protect('hanako')).ok);
  await at.press('発行する');
  await at.see('この端末では発行できません');
  assert.doesNotMatch(await at.words(), /支援|抑止|制限|保護/);
  assert.deepEqual(await readTray(at), []);
  assert.equal((await at.hands.state()).money.vaultYen, vaultYen);
  assert.ok((await town.register.lift('hanako')).ok);
  await at.press('やめる');
  await at.close();

  const later = await newResident();
  await identify(later, 'hanako');
  await chooseResidence(later, { scope: '本人のみ' });
  await confirm(later);
  await later.press('やめる');
  await later.close();
});
