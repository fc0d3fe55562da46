/** What a resident sees when the municipality's server is down, and when there is too much to do for everybody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseResidence, confirm, enterPin, identify, standAt } from './testing/finger.ts';
import { furtherKiosk } from './testing/further-kiosk.ts';
import { quickly, readTray, townInABrowser } from './testing/town-in-a-browser.ts';

const { town, browser, newResident } = await townInABrowser({
  furtherTerminals: 1,
  adjust: { ...quickly, center: (config) => ({ ...config, maxInFlight: 1 }) },
});

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

test('too much under way at the center: 「ただいま混み合っています」, nothing begun; then it works again', async () => {
  const otherShop = await furtherKiosk(town);
  const { issuer } = town.systems.pids();
  assert.ok(issuer !== undefined);
  const there = await standAt(browser, otherShop);
  await there.press('はじめる');
  await there.press('同意してはじめる');
  await there.see('カードを置いてください');
  const here = await newResident();
  // The one request that this center bears at a time waits for an issuer that has stopped answering.
  process.kill(issuer, 'SIGSTOP');
  await there.hands.act({ act: 'put-card', cardId: 'hanako' });
  await here.press('はじめる');
  await here.see('ただいま混み合っています');
  process.kill(issuer, 'SIGCONT');
  await there.see('暗証番号を入れてください');
  await enterPin(there, '1234');
  await there.see('カードをお取りください');
  await there.hands.act({ act: 'take-card' });
  await there.see('証明書を選んでください');
  await there.close();
  await here.close();
});
