/** 住民票記載事項証明書, 印鑑登録証明書 and 各種税証明書 in a real browser, from the first screen to the paper. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newResident } from './testing/everybodys-town.ts';
import { type AtKiosk, chooseResidence, confirm, identify } from './testing/finger.ts';
import { readTray } from './testing/town-in-a-browser.ts';

/** From お支払い to the farewell; what stands on the sheets. */
async function payAndTake(at: AtKiosk, ...coins: readonly (100 | 500)[]): Promise<readonly string[]> {
  for (const yen of coins) await at.hands.act({ act: 'insert-cash', yen });
  await at.see('証明書をお取りください');
  const sheets = await readTray(at);
  await at.press('受け取りました');
  await at.hands.act({ act: 'take-paper' });
  await at.press('終わる');
  await at.close();
  return sheets;
}

async function oneCopy(at: AtKiosk): Promise<void> {
  await at.see('何部 必要ですか');
  await at.press('次へ');
  await at.see('内容を確認してください');
}

test('the overview’s example: 各種税証明書, 固定資産, 評価額証明書, 平成19年度, 太郎, one copy, 300 yen', async () => {
  const at = await newResident();
  await identify(at, 'taro');
  await at.see('所得・課税証明書、納税証明書、固定資産の証明書を交付しております。');
  await at.press(/^各種税証明書/);
  await at.see('どの税証明書が必要ですか');
  await at.press(/^固定資産の証明書/);
  await at.see('どの固定資産の証明書が必要ですか');
  await at.press(/^評価額証明書/);
  await at.see('何年度の証明書が必要ですか');
  await at.press('平成19年度');
  await oneCopy(at);
  const words = await at.words();
  for (const said of ['評価額証明書（固定資産評価証明書）', '平成19年度', '見本　太郎', '1部', '300円'])
    assert.ok(words.includes(said), `${said}: ${words}`);
  await confirm(at);
  const [sheet = '', ...more] = await payAndTake(at, 100, 100, 100);
  assert.deepEqual(more, []);
  for (const said of [/平成19年度/, /見本\s+太郎/, /本町一丁目2番3/, /評価額/, /8,407,820/]) assert.match(sheet, said);
  assert.doesNotMatch(sheet, /相当税額/, 'what is paid for it was not asked for');
});

test('another answer on the way: 納税証明書 asks for its 税目, and each has its fee', async () => {
  const at = await newResident();
  await identify(at, 'taro');
  await at.press(/^各種税証明書/);
  await at.press(/^固定資産の証明書/);
  await at.press('戻る');
  await at.press(/^納税証明書/);
  await at.press('令和8年度');
  await at.see('税目を選んでください（税目ごとに手数料がかかります）');
  await at.press(/市民税・県民税/);
  await at.press(/固定資産税/);
  await at.press('次へ');
  await oneCopy(at);
  assert.match(await at.words(), /600円/);
  await confirm(at);
  const [sheet = ''] = await payAndTake(at, 500, 100);
  assert.match(sheet, /市民税・県民税/);
  assert.match(sheet, /固定資産税/);
  assert.doesNotMatch(sheet, /軽自動車税/);
});

test('a seal certificate asks for nothing but how many; who has no seal reads why', async () => {
  const at = await newResident();
  await identify(at, 'taro');
  await at.press(/^印鑑登録証明書/);
  await oneCopy(at);
  assert.match(await at.words(), /見本　太郎/);
  await confirm(at);
  const [sheet = ''] = await payAndTake(at, 100, 100);
  assert.match(sheet.replaceAll(/\s/g, ''), /印鑑登録証明書.*見本太郎.*登録されている印影と相違ない/s);

  const other = await newResident();
  await identify(other, 'sealless');
  await other.see('印鑑が登録されていません。登録は市区町村の窓口で行えます。');
  await other.see('所得の申告が確認できません。市区町村の窓口で申告のうえ、お求めください。');
  assert.ok(await other.page.getByRole('button', { name: /^印鑑登録証明書/ }).isDisabled());
  assert.ok(await other.page.getByRole('button', { name: /^各種税証明書/ }).isDisabled());
  await other.press('やめる');
  await other.close();
});

test('記載事項証明書 has the questions of 住民票の写し, and its own words on paper', async () => {
  const at = await newResident();
  await identify(at, 'taro');
  await chooseResidence(at, { kind: '住民票記載事項証明書', scope: '本人のみ' });
  await confirm(at);
  const [sheet = ''] = await payAndTake(at, 100, 100);
  assert.match(sheet, /上記の事項は、世帯の一部の住民票に記載されている事項と相違ないことを証明する/);
  assert.doesNotMatch(sheet, /花子/);
});
