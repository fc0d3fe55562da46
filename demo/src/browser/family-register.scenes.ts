/** 戸籍証明書 with the second PIN, 附票 in its three ways, 利用登録 from applying to the paper, in a real browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newResident, town } from './testing/everybodys-town.ts';
import { type AtKiosk, confirm, enterPin, identify } from './testing/finger.ts';
import { readTray } from './testing/town-in-a-browser.ts';

async function copiesAndConfirm(at: AtKiosk): Promise<void> {
  await at.see('何部 必要ですか');
  await at.press('次へ');
  await at.see('内容を確認してください');
  await confirm(at);
  await at.hands.act({ act: 'touch-ic-money' });
  await at.see('証明書をお取りください');
}

async function takeAndLeave(at: AtKiosk): Promise<string> {
  const paper = (await readTray(at)).join('\n').replaceAll('　', ' ');
  await at.press('受け取りました');
  await at.hands.act({ act: 'take-paper' });
  await at.press('終わる');
  await at.close();
  return paper;
}

/** From the first screen to the PIN of a card that may have something elsewhere. */
async function machiAt(at: AtKiosk, place: RegExp): Promise<void> {
  await at.press('はじめる');
  await at.press('同意してはじめる');
  await at.see('カードを置いてください');
  await at.hands.act({ act: 'put-card', cardId: 'machi' });
  await at.see('どちらの市区町村の証明書ですか');
  assert.doesNotMatch(await at.words(), /どこでも市|いつでも町/, 'no place is named before the PIN');
  await at.press(place);
  if (place.source.includes('ほか')) await at.press(/見本県どこでも市/);
  await at.see('暗証番号を入れてください');
  await enterPin(at, '1234');
}

test('戸籍 with the second PIN: whom, on the member screen; the card is asked for once more', async () => {
  const at = await newResident();
  await identify(at, 'taro');
  await at.press(/^戸籍証明書/);
  await at.see('もう一度カードを置いてください');
  await at.hands.act({ act: 'put-card', cardId: 'taro' });
  await at.see('第二暗証番号を入れてください');
  await enterPin(at, '5678');
  await at.see('カードをお取りください');
  await at.hands.act({ act: 'take-card' });
  await at.press(/個人事項証明書/);
  await at.press(/一郎/);
  await at.press('次へ');
  await copiesAndConfirm(at);
  const paper = await takeAndLeave(at);
  assert.match(paper, /【名】一郎/);
  assert.doesNotMatch(paper, /【名】花子/);
});

test('附票: 本人のみ and 全員 ask for no names, 一部 does', async () => {
  for (const way of ['本人のみ', '戸籍に載っている全員', '一部の方']) {
    const at = await newResident();
    await identify(at, 'hanako');
    await at.press(/^戸籍の附票の写し/);
    await at.press(new RegExp(`^${way}`));
    if (way === '一部の方') {
      await at.press(/さくら/);
      await at.press('次へ');
    }
    await at.see('載せる項目を選んでください');
    await at.press('選ばずに次へ');
    await copiesAndConfirm(at);
    const paper = await takeAndLeave(at);
    assert.equal(/太郎/.test(paper), way === '戸籍に載っている全員', way);
    assert.equal(/さくら/.test(paper), way !== '本人のみ', way);
    assert.match(paper, /（省略）/);
  }
});

test('利用登録: told that it is missing, applied for at home, pending, approved, and the paper comes out', async () => {
  const at = await newResident();
  await machiAt(at, /ほかの市区町村/);
  await at.see(/利用登録の申請が必要です/);
  // The card still lies there: from here one touch leads to the home.
  await at.press('市区町村を選び');
  await at.press(/^お住まいの市区町村/);
  await at.see('暗証番号を入れてください');
  await enterPin(at, '1234');
  const home = at;
  await home.see('カードをお取りください');
  await home.hands.act({ act: 'take-card' });
  await home.press(/本籍地の証明書の利用登録を申請する/);
  await home.see('申請の内容を確認してください');
  for (const words of ['町田　見本', '見本県どこでも市港町二丁目5番地', '料金はかかりません']) await home.see(words);
  await home.press('申請する');
  await home.see('申請を受け付けました');
  await home.press('証明書の選択に戻る');
  // やめる stands on both screens, and a touch on the one that goes counts for nothing.
  await home.see('証明書を選んでください');
  await home.press('やめる');
  await home.close();

  const early = await newResident();
  await machiAt(early, /ほかの市区町村/);
  await early.see(/市区町村が確認しています/);
  await early.press('やめる');
  await early.see('カードをお取りください');
  await early.hands.act({ act: 'take-card' });
  await early.close();

  assert.deepEqual(await town.enrol('machi', 'approve'), { ok: true, value: { municipality: '482013' } });
  const later = await newResident();
  await machiAt(later, /ほかの市区町村/);
  await later.see('カードをお取りください');
  await later.hands.act({ act: 'take-card' });
  await later.press(/^戸籍証明書/);
  await later.press(/全部事項証明書/);
  await copiesAndConfirm(later);
  assert.match(await takeAndLeave(later), /町田 +見本/);
});
