/** A resident asks for a file and reads the kiosk's screen with a telephone: the file is there, whole and signed, or the
 *  money is back. Through the real kiosk, center, portal and two browsers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decodePng, openCodeReader, readTrustBundle, verifyCopy } from '@dokodemo/proof';
import type { Page } from 'playwright-core';
import { type AtKiosk, confirm, identify } from './testing/finger.ts';
import { quickly, readTray, textOf, townInABrowser } from './testing/town-in-a-browser.ts';

const { town, browser, newResident } = await townInABrowser({
  adjust: { ...(quickly.kiosk === undefined ? {} : { kiosk: quickly.kiosk }) },
});

async function payForFile(at: AtKiosk): Promise<void> {
  await identify(at, 'taro');
  await at.press(/^住民票の写し/);
  await at.press(/^世帯全員/);
  await at.press('選ばずに次へ');
  await at.press(/^電子証明書/);
  await at.see('内容を確認してください');
  await confirm(at);
  await at.hands.act({ act: 'insert-cash', yen: 500 });
  await at.see('スマートフォンで受け取ってください');
}

/** By a decoder that is not ours, off the picture of the screen. */
async function scan(at: AtKiosk): Promise<string> {
  const read = await openCodeReader();
  const codes = await read(decodePng(await at.page.screenshot()));
  assert.equal(codes.length, 1);
  return Buffer.from(codes[0]?.bytes ?? []).toString();
}

async function telephone(address: string): Promise<{ page: Page; sent: string[] }> {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 }, acceptDownloads: true });
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await page.goto(`${address.replace('#', '?lang=ja#')}`);
  return { page, sent };
}

async function leave(at: AtKiosk): Promise<void> {
  await at.hands.act({ act: 'take-returned-money' });
  await at.press('終わる');
  await at.close();
}

test('scanned, received, saved, and checked as genuine; the fee is taken, nothing is printed, and no server saw the key', async () => {
  const at = await newResident();
  const { vaultYen } = (await at.hands.state()).money;
  await payForFile(at);
  const address = await scan(at);
  const key = address.split('.').at(-1) ?? assert.fail(address);
  assert.equal((await at.hands.state()).address, address);
  const { page, sent } = await telephone(address);
  const receive = page.getByRole('button', { name: '受け取る' });
  await receive.waitFor();
  assert.ok(!page.url().includes('#'), 'it does not stay in the address bar');
  // Opening the page is not receiving the file.
  assert.equal((await at.hands.panel()).screen.kind, 'receive-file');
  const [download] = await Promise.all([page.waitForEvent('download'), receive.click()]);
  assert.equal(download.suggestedFilename(), '証明書.pdf');
  const file = readFileSync((await download.path()) ?? assert.fail());
  assert.match(textOf(file), /見本\s*太郎/);
  const bundle = readTrustBundle(await (await fetch(`${town.portalUrl}/trust/bundle.json`)).text());
  const verdict = await verifyCopy(file, { trust: bundle });
  assert.deepEqual([verdict?.integrity.answer, verdict?.issuer.answer], ['holds', 'holds']);

  await at.see('ファイルをお渡ししました');
  const { money } = await at.hands.state();
  assert.equal(money.vaultYen, vaultYen + 200);
  assert.deepEqual(await readTray(at), []);
  assert.ok(sent.every((it) => !it.includes(key)));
  assert.ok(sent.some((it) => it.includes('/api/receive')));

  // The same page gives it again, and checks it, with the center's word on it.
  await page.getByRole('button', { name: '本物か確かめる' }).click();
  await page.locator('.summary[data-tone="holds"]').waitFor({ timeout: 30_000 });
  // Back to the file, by the page's key and by the browser's: the very same, and not fetched once more.
  const save = page.getByRole('link', { name: '保存する' });
  await page.getByRole('button', { name: '受け取ったファイルに戻る' }).press('Enter');
  const [saved] = await Promise.all([page.waitForEvent('download'), save.click()]);
  assert.deepEqual(readFileSync((await saved.path()) ?? assert.fail()), file);
  await page.locator('.brand').click();
  await page.goBack();
  await save.waitFor();
  assert.equal(sent.filter((it) => it.includes('/api/receive')).length, 1);
  await page.close();
  const again = await telephone(address);
  await again.page.getByRole('button', { name: '受け取る' }).click();
  await again.page.getByText('受け取りました').first().waitFor();
  await again.page.close();
  await at.press('受け取りました');
  await leave(at);
});

test('not collected: the resident stops, has the money back, and the telephone that comes too late is told so', async () => {
  const at = await newResident();
  const { vaultYen } = (await at.hands.state()).money;
  await payForFile(at);
  const address = await scan(at);
  await at.press('やめる');
  await at.see('お金をお返ししました');
  const { money } = await at.hands.state();
  assert.deepEqual([money.vaultYen, money.returnedYen], [vaultYen, 500]);
  const { page } = await telephone(address);
  await page.getByRole('button', { name: '受け取る' }).click();
  await page.getByText('端末で取り消されました').waitFor();
  await page.close();
  const other = await telephone(`${address.slice(0, -10)}AAAAAAAAAA`);
  await other.page.getByRole('button', { name: '受け取る' }).click();
  await other.page.getByText('端末で取り消されました').waitFor();
  await other.page.close();
  const none = await telephone(`${town.portalUrl}/receive#nonsense`);
  await none.page.getByText('受け取り先を読み取れませんでした').waitFor();
  await none.page.close();
  assert.deepEqual(await readTray(at), []);
  await at.press('受け取りました');
  await leave(at);
});
