/** Staff at the console in a real browser: a word is changed, seen on the paper beside it, approved by somebody else, and
 *  stands on the next certificate that a resident takes. 利用登録, from applying at the kiosk to the paper. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { type AtKiosk, chooseResidence, confirm, enterPin, identify } from './testing/finger.ts';
import { readTray, textOf, townInABrowser } from './testing/town-in-a-browser.ts';

const { town, browser, newResident } = await townInABrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const contexts: BrowserContext[] = [];
after(async () => {
  for (const context of contexts) await context.close();
});

async function signIn(name: string, viewport = { width: 1280, height: 800 }): Promise<Page> {
  // The page's policy forbids strangers' scripts; axe is one that the test brings.
  const context = await browser.newContext({ viewport, locale: 'ja-JP', bypassCSP: true });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(town.consoleUrl);
  await page.getByRole('link', { name: 'サインイン' }).click();
  await page.getByRole('button', { name }).click();
  await page.getByText(name, { exact: true }).waitFor();
  return page;
}

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

async function nothingBarsTheWay(page: Page, what: string): Promise<void> {
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as {
      axe: { run(of: object, options: object): Promise<{ violations: Violation[] }> };
    };
    return (await judge.run(document, { iframes: false })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
    );
  });
  assert.deepEqual(found, [], what);
  await fits(page, what);
}

async function fits(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${what}: ${overflow} px wider than the screen`);
}

async function open(page: Page, link: string): Promise<void> {
  await page.getByRole('link', { name: link, exact: true }).click();
}

async function takeAndLeave(at: AtKiosk): Promise<void> {
  await at.press('受け取りました');
  await at.hands.act({ act: 'take-paper' });
  await at.press('終わる');
  await at.close();
}

const words = 'この写しは、改正条例により世帯全員の住民票と相違ないことを証明する。';

test('a word is changed, seen, proposed, approved by somebody else, and printed for the next resident', async () => {
  const editor = await signIn('様式　作子');
  await open(editor, '様式');
  await open(editor, '住民票の写し');
  const certification = editor.getByLabel('認証文（世帯全員・全部）');
  const drawn = editor.waitForResponse(async (it) => {
    if (!it.url().endsWith('/residence/preview')) return false;
    const { content } = it.request().postDataJSON() as { content: string };
    return content.includes(words);
  });
  await certification.fill(words);
  const { sheets } = (await (await drawn).json()) as { sheets: string[] };
  const preview = textOf(Buffer.from(sheets[0] ?? '', 'base64'));
  assert.match(preview, /改正条例により/);
  assert.match(preview, /見 *本/);
  await editor.getByText('最新').waitFor();

  await certification.press('Control+z');
  assert.notEqual(await certification.inputValue(), words);
  await certification.press('Control+Shift+z');
  assert.equal(await certification.inputValue(), words);

  await editor.getByRole('button', { name: '使用を提案…' }).click();
  await editor.getByLabel('変更の理由').fill('条例の改正');
  await editor.getByRole('button', { name: '提案する' }).click();
  await editor.getByText('承認者の確認を待っています').waitFor();
  await editor.getByRole('tab', { name: '版の履歴' }).click();
  await editor.getByText('条例の改正').waitFor();
  assert.equal(await editor.getByRole('button', { name: '使い始める…' }).count(), 0, 'not by the one who proposed');

  const approver = await signIn('承認　見太郎');
  await open(approver, '様式');
  await approver.getByText('承認待ち 1件').waitFor();
  await open(approver, '住民票の写し');
  await approver.getByRole('tab', { name: '版の履歴' }).click();
  await approver.getByRole('button', { name: '使い始める…' }).click();
  await approver.getByRole('button', { name: 'この日から使う' }).click();
  await approver.getByText('第1版を使い始めます').waitFor();

  const at = await newResident();
  await identify(at, 'taro');
  await chooseResidence(at);
  await confirm(at);
  await at.hands.act({ act: 'insert-cash', yen: 500 });
  await at.see('証明書をお取りください');
  const [sheet = ''] = await readTray(at);
  assert.match(sheet, /改正条例により世帯全員/);
  await takeAndLeave(at);

  const number = /発行番号\s+(\S+)/.exec(sheet)?.[1] ?? '';
  const clerk = await signIn('照会　窓香');
  await open(clerk, '発行の照会');
  await clerk.getByLabel('発行番号').fill(number);
  await clerk.getByRole('button', { name: '照会する' }).click();
  await clerk.getByText('住民票の写し 第1版').waitFor();
  await nothingBarsTheWay(clerk, 'an issue');
  const auditor = await signIn('監査　守');
  await open(auditor, '監査記録');
  await auditor.getByRole('cell', { name: number }).waitFor();
  await nothingBarsTheWay(auditor, 'the audit log');
});

/** 町田 lives in the small town; the family register is in the city. */
async function applyForEnrolment(): Promise<void> {
  const at = await newResident();
  await at.press('はじめる');
  await at.press('同意してはじめる');
  await at.see('カードを置いてください');
  await at.hands.act({ act: 'put-card', cardId: 'machi' });
  await at.press(/^お住まいの市区町村/);
  await at.see('暗証番号を入れてください');
  await enterPin(at, '1234');
  await at.see('カードをお取りください');
  await at.hands.act({ act: 'take-card' });
  await at.press(/本籍地の証明書の利用登録を申請する/);
  await at.see('申請の内容を確認してください');
  await at.press('申請する');
  await at.see('申請を受け付けました');
  await at.press('証明書の選択に戻る');
  // やめる stands on both screens, and a touch on the one that goes counts for nothing.
  await at.see('証明書を選んでください');
  await at.press('やめる');
  await at.close();
}

async function familyRegisterElsewhere(at: AtKiosk): Promise<string> {
  await at.press('はじめる');
  await at.press('同意してはじめる');
  await at.see('カードを置いてください');
  await at.hands.act({ act: 'put-card', cardId: 'machi' });
  await at.press(/ほかの市区町村/);
  await at.press(/見本県どこでも市/);
  await at.see('暗証番号を入れてください');
  await enterPin(at, '1234');
  await at.see('カードをお取りください');
  await at.hands.act({ act: 'take-card' });
  await at.press(/^戸籍証明書/);
  await at.press(/全部事項証明書/);
  await at.see('何部 必要ですか');
  await at.press('次へ');
  await at.see('内容を確認してください');
  await confirm(at);
  await at.hands.act({ act: 'touch-ic-money' });
  await at.see('証明書をお取りください');
  return (await readTray(at)).join('\n');
}

/** Nobody else stands in that family register: a relative of another name and day is put there on the way to the page. */
async function differencesAreMarked(): Promise<void> {
  const page = await signIn('登録　確子', { width: 1024, height: 768 });
  await page.route('**/api/*/enrolment', async (route) => {
    const response = await route.fetch();
    const said = (await response.json()) as { candidates: { likeness: object }[] };
    const [found] = said.candidates;
    const likeness = { ...found?.likeness, name: 'variant', birth: 'differs' };
    const relative = { name: '町田　見夲', birth: '昭和55年4月21日', likeness, differing: 2 };
    const other = { ...found, addresseeNumber: '1', ...relative };
    const gone = { ...other, addresseeNumber: '2', removed: true };
    await route.fulfill({ response, json: { ...said, candidates: [...said.candidates, other, gone] } });
  });
  await open(page, '利用登録');
  await open(page, '町田　見本');
  await page.getByRole('radio', { name: /すべての項目が一致/ }).waitFor();
  assert.deepEqual(await page.locator('tr:not([data-removed]) mark').allTextContents(), ['夲', '21']);
  assert.equal(await page.getByRole('radio').count(), 2, 'whoever was removed cannot be chosen');
  await page.getByRole('radio', { name: /2項目が申請と異なります/ }).check();
  await nothingBarsTheWay(page, 'differences');
  await page.getByRole('button', { name: '承認…' }).click();
  await page.getByText('生年月日：申請「昭和55年4月12日」／戸籍「昭和55年4月21日」').waitFor();
  await nothingBarsTheWay(page, 'differences before an approval');
  await page.getByRole('button', { name: '承認する' }).click();
  assert.ok(await page.getByRole('dialog').isVisible(), 'not before the differences are checked');
  await page.getByRole('button', { name: 'やめる' }).click();
}

test('利用登録: applied for at the kiosk, rejected, applied for again, compared, approved, and the paper comes out', async () => {
  await applyForEnrolment();
  const officer = await signIn('登録　確子');
  await open(officer, '利用登録');
  await officer.getByRole('cell', { name: '見本県いつでも町' }).waitFor();
  await nothingBarsTheWay(officer, 'what waits');
  await open(officer, '町田　見本');
  await officer.getByRole('heading', { name: '町田　見本 さんの利用登録' }).waitFor();
  await nothingBarsTheWay(officer, 'the claim beside the register');
  const approve = officer.getByRole('button', { name: '承認…' });
  assert.ok(await approve.isDisabled(), 'nobody is chosen yet');

  await officer.getByRole('button', { name: '却下…' }).click();
  await officer.getByLabel('申請の内容が戸籍と異なる').check();
  await nothingBarsTheWay(officer, 'before a rejection');
  await officer.keyboard.press('Escape');
  await officer.getByRole('dialog').waitFor({ state: 'detached' });
  await officer.getByRole('button', { name: '却下…' }).click();
  await officer.getByLabel('申請者からの取下げ').check();
  await officer.getByRole('button', { name: '却下する' }).click();
  await officer.getByText('町田　見本 さんの申請を却下しました').waitFor();
  await officer.getByText('確認を待っている申請はありません').waitFor();

  await applyForEnrolment();
  await differencesAreMarked();
  const colleague = await signIn('登録　確子', { width: 1024, height: 768 });
  for (const page of [officer, colleague]) {
    await open(page, '今日の状況');
    await open(page, '利用登録');
    await open(page, '町田　見本');
  }
  // With the keyboard alone: the first of the table is the most alike.
  await officer.getByRole('radio', { name: /町田.見本、すべての項目が一致/ }).focus();
  await officer.keyboard.press('Space');
  await approve.focus();
  await officer.keyboard.press('Enter');
  await officer.getByRole('dialog').getByText('すべての項目が一致しています').waitFor();
  await nothingBarsTheWay(officer, 'before an approval');
  await officer.getByRole('button', { name: '承認する' }).press('Enter');
  await officer.getByText('町田　見本 さんの利用登録を承認しました').waitFor();
  await officer.getByText('確認を待っている申請はありません').waitFor();
  await nothingBarsTheWay(officer, 'after an approval');

  await colleague.getByRole('button', { name: '却下…' }).click();
  await colleague.getByLabel('その他').check();
  await colleague.getByRole('button', { name: '却下する' }).click();
  await colleague.getByText('もう確認を待っていません').waitFor();
  await nothingBarsTheWay(colleague, 'a decision that comes too late');

  const at = await newResident();
  assert.match(await familyRegisterElsewhere(at), /町田[ 　]+見本/);
  await takeAndLeave(at);
  const auditor = await signIn('監査　守');
  await open(auditor, '監査記録');
  await auditor.getByText('利用登録を承認').first().waitFor();
  await auditor.getByText('申請者からの取下げ').waitFor();
});

test('faults stand at their line while the last good paper stays', async () => {
  const page = await signIn('様式　作子');
  await open(page, '様式');
  await open(page, '印鑑登録証明書');
  await page.locator('.sheet iframe').first().waitFor();
  await page.getByRole('tab', { name: '様式データ' }).click();
  await page.getByRole('textbox', { name: '様式データ' }).fill('{\n "texts": {},\n "leftOut": ["name"]\n}');
  await page.getByRole('alert').getByText('name may not be left out').waitFor();
  await page.locator('.gutter [data-wrong]').getByText('3').waitFor();
  assert.equal(await page.locator('.sheet iframe').count(), 1);
  assert.ok(await page.getByRole('button', { name: '使用を提案…' }).isDisabled());
  await nothingBarsTheWay(page, 'faults');
});

test('every page is clear of barriers and fits, in both languages, on both sizes of screen', async () => {
  for (const [viewport, looksThrough] of [
    [{ width: 1280, height: 800 }, '日本語'],
    [{ width: 1024, height: 768 }, 'English'],
  ] as const) {
    const page = await signIn('町役　一人', viewport);
    for (const language of ['日本語', 'English'] as const) {
      const look = language === looksThrough ? nothingBarsTheWay : fits;
      const other = page.getByRole('button', { name: language, exact: true });
      if (await other.isVisible()) await other.click();
      for (const place of ['home', 'forms', 'forms/residence', 'certification', 'history', 'enrolment', 'audit']) {
        await page.goto(`${town.consoleUrl}/#/${place}`);
        await page.locator('h1').waitFor();
        if (place === 'certification' || place.includes('/')) {
          for (const tab of await page.getByRole('tab').all()) {
            await tab.click();
            await look(page, `${place} ${await tab.textContent()} ${language} ${viewport.width}`);
          }
        }
        await look(page, `${place} ${language} ${viewport.width}`);
      }
    }
  }
  const door = await browser.newPage();
  await door.goto(`${town.consoleUrl}/?sign-in=no-role`);
  await door.getByText('役割が割り当てられていません').waitFor();
  await door.close();
});
