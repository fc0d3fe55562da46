/** The whole road in a real browser: screens that a finger touches, systems as processes of their own, paper in a tray. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newResident } from './testing/everybodys-town.ts';
import { chooseResidence, confirm, enterPin, identify, putCardDown, sizes } from './testing/finger.ts';
import { readTray } from './testing/town-in-a-browser.ts';

test('a resident takes a residence certificate of the whole household, on every size of glass', async () => {
  for (const size of sizes) {
    const at = await newResident(size);
    await identify(at, 'taro');
    await chooseResidence(at);
    await confirm(at);
    await at.hands.act({ act: 'insert-cash', yen: 500 });
    await at.see('証明書をお取りください');
    const [sheet = '', ...more] = await readTray(at);
    assert.deepEqual(more, []);
    for (const name of ['太郎', '花子', '一郎', 'さくら', '見 *本', '世帯全員の住民票の原本', '1/1'])
      assert.match(sheet, new RegExp(name));
    assert.doesNotMatch(sheet, /世帯主\s+見本/, 'the head of the household was not asked for');
    const { money } = await at.hands.state();
    assert.equal(money.changeYen, 300);
    await at.press('受け取りました');
    await at.hands.act({ act: 'take-returned-money' });
    await at.hands.act({ act: 'take-paper' });
    await at.press('終わる');
    await at.see('ご利用ありがとうございました');
    await at.close();
  }
});

test('several certificates in one visit with one PIN; two copies have a number each', async () => {
  const at = await newResident();
  await identify(at, 'hanako');
  await chooseResidence(at, { scope: '本人のみ', copies: 2 });
  await confirm(at);
  await at.see('400円');
  await at.hands.act({ act: 'touch-ic-money' });
  await at.see('証明書をお取りください');
  const [first = '', second = ''] = await readTray(at);
  const number = (text: string) => /発行番号\s+(\S+)/.exec(text)?.[1];
  assert.ok(number(first) !== undefined && number(first) !== number(second));
  assert.doesNotMatch(first, /太郎/);
  await at.press('受け取りました');
  await at.hands.act({ act: 'take-paper' });
  await at.press('ほかの証明書も発行する');
  await chooseResidence(at, { scope: '本人のみ' });
  await confirm(at);
  await at.hands.act({ act: 'touch-ic-money' });
  await at.see('証明書をお取りください');
  assert.equal((await readTray(at)).length, 1);
  await at.press('受け取りました');
  await at.hands.act({ act: 'take-paper' });
  await at.press('終わる');
  await at.close();
});

test('back leads to the question before with its answer; 変更する leads to the one question', async () => {
  const at = await newResident();
  const { vaultYen } = (await at.hands.state()).money;
  await identify(at, 'taro');
  await chooseResidence(at);
  await at.press('戻る');
  await at.see('何部 必要ですか');
  await at.press('次へ');
  await at.press(/どなたの証明書が必要ですか.*を変更する/);
  await at.press(/^本人のみ/);
  await at.see('内容を確認してください');
  assert.match(await at.words(), /本人のみ/);
  await at.press('やめる');
  await at.see('お取り扱いを終わります');
  assert.equal((await at.hands.state()).money.vaultYen, vaultYen);
  await at.close();
});

test('three wrong PINs lock the card, with a warning before the last; nothing is charged', async () => {
  const at = await newResident();
  await putCardDown(at, 'landowner');
  await enterPin(at, '9999');
  await at.see('あと2回 入れられます');
  await enterPin(at, '9998');
  await at.see(/あと1回間違えると、カードが使えなくなります/);
  await enterPin(at, '9997');
  await at.see(/もう一度「確定」を押してください/);
  await at.press('確定');
  await at.see(/カードがロックされています.*料金はかかっていません/);
  await at.press('終わる');
  await at.see('カードをお取りください');
  await at.hands.act({ act: 'take-card' });
  await at.see('お取り扱いを終わります');
  await at.close();
});

test('a card that is pulled too early is asked for again, and then works', async () => {
  const at = await newResident();
  await putCardDown(at, 'nguyen');
  await at.hands.act({ act: 'take-card' });
  await at.press('カードをもう一度置く');
  await at.see('カードを置いてください');
  await at.hands.act({ act: 'put-card', cardId: 'nguyen' });
  await at.see('暗証番号を入れてください');
  await enterPin(at, '1234');
  await at.see('カードをお取りください');
  await at.hands.act({ act: 'take-card' });
  await at.see('証明書を選んでください');
  await at.press('やめる');
  await at.close();
});
