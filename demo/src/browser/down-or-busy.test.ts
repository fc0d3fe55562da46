/** What a resident sees when the municipality's server is down, and when there is too much to do for everybody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AtKiosk, chooseResidence, confirm, enterPin, identify, standAt } from './testing/finger.ts';
import { furtherKiosk } from './testing/further-kiosk.ts';
import { hurriedClock } from './testing/hurried-clock.ts';
import { quickly, readTray, townInABrowser } from './testing/town-in-a-browser.ts';

const browserTown = await townInABrowser({
  furtherTerminals: 2,
  adjust: { ...quickly, center: (config) => ({ ...config, maxInFlight: 1 }) },
});
const { town, browser, newResident } = browserTown;

test('the issuer is down: said before anything is charged, and it works again when it is back', async () => {
  const at = await newResident();
  const { vaultYen } = (await at.hands.state()).money;
  await identify(at, 'taro');
  await chooseResidence(at);
  await town.systems.kill('issuer');
  await at.press('発行する');
  await at.see('ただいまご利用いただけません');
  assert.deepEqual(await readTray(at), []);
  assert.equal((await at.hands.state()).money.vaultYen, vaultYen);
  await town.systems.start('issuer');
  await at.press('やめる');
  await at.close();

  const later = await newResident();
  await identify(later, 'taro');
  await chooseResidence(later);
  await confirm(later);
  await later.press('やめる');
  await later.close();
});

async function backToTheFirstScreen(at: AtKiosk): Promise<void> {
  const first = at.page.getByText('証明書を発行します').filter({ visible: true });
  const leave = at.page.getByRole('button', { name: /^(やめる|終わる|閉じる)$/ }).first();
  for (let i = 0; i < 400 && !(await first.isVisible()); i++) {
    if (await leave.isVisible()) await leave.click({ timeout: 1_000 }).catch(() => undefined);
    await at.page.waitForTimeout(50);
  }
}

test('too much under way at the center: 「ただいま混み合っています」, nothing begun; then it works again', async () => {
  const clock = hurriedClock();
  const there = await standAt(browser, await furtherKiosk(browserTown));
  const here = await standAt(browser, await furtherKiosk(browserTown, { which: 1, clock }));
  const { issuer } = town.systems.pids();
  assert.ok(issuer !== undefined);
  // Who waits for an issuer that has stopped answering is told after some seconds that it is down. On a busy machine
  // the other shop’s touch may come later than that, and the scene begins anew.
  for (let tries = 0; ; tries++) {
    await there.press('はじめる');
    await there.press('同意してはじめる');
    await there.see('カードを置いてください');
    // The one request that this center bears at a time waits for the issuer.
    process.kill(issuer, 'SIGSTOP');
    await there.hands.act({ act: 'put-card', cardId: 'hanako' });
    await there.see('カードが使えるかどうかを確かめています');
    await here.press('はじめる');
    // A kiosk asks again for some seconds before it says so; those pass quickly.
    const answer = here.page.getByText(/ただいま混み合っています|同意してはじめる/).first();
    for (let i = 0; i < 400 && !(await answer.isVisible()); i++) {
      clock.hurry(250);
      await here.page.waitForTimeout(25);
    }
    process.kill(issuer, 'SIGCONT');
    clock.setRight();
    await there.see(/暗証番号を入れてください|ただいまご利用いただけません/);
    const said = [await here.words(), await there.words()].join();
    if (said.includes('混み合って') && said.includes('暗証番号')) break;
    assert.ok(tries < 5, said);
    await there.hands.act({ act: 'take-card' });
    await Promise.all([there, here].map(backToTheFirstScreen));
  }
  await enterPin(there, '1234');
  await there.see('カードをお取りください');
  await there.hands.act({ act: 'take-card' });
  await there.see('証明書を選んでください');
  await there.close();
  // An apology stands there for a while, and goes.
  clock.hurry(20_000);
  await here.press('はじめる');
  await here.see('同意してはじめる');
  await here.close();
});
