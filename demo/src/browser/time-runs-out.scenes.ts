/** Nobody touches the screen any more, at each of its steps: a warning, then the end; nothing is kept of money or person. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { clock, hurriedResident as newResident } from './testing/everybodys-town.ts';
import { type AtKiosk, chooseResidence, confirm, enterPin, identify, putCardDown } from './testing/finger.ts';
import { readTray } from './testing/town-in-a-browser.ts';

afterEach(() => clock.setRight());

async function agreed(at: AtKiosk): Promise<void> {
  await at.press('はじめる');
  await at.press('同意してはじめる');
  await at.see('カードを置いてください');
}

async function signed(at: AtKiosk): Promise<void> {
  await putCardDown(at, 'taro');
  await enterPin(at, '1234');
  await at.see('カードをお取りください');
}

async function asked(at: AtKiosk): Promise<void> {
  await identify(at, 'taro');
  await at.press(/^住民票の写し/);
  await at.see('どなたの証明書が必要ですか');
}

async function checked(at: AtKiosk): Promise<void> {
  await identify(at, 'taro');
  await chooseResidence(at);
}

async function counted(at: AtKiosk): Promise<void> {
  await checked(at);
  await at.press('戻る');
  await at.see('何部 必要ですか');
}

async function paidInPart(at: AtKiosk): Promise<void> {
  await checked(at);
  await confirm(at);
  await at.hands.act({ act: 'insert-cash', yen: 100 });
  await at.see('100円');
}

async function started(at: AtKiosk): Promise<void> {
  await at.press('はじめる');
  await at.see('同意してはじめる');
}

const steps: readonly { name: string; reach: (at: AtKiosk) => Promise<void>; left?: 'card' | 'money' }[] = [
  { name: 'ご利用の前に', reach: started },
  { name: 'カードを置く', reach: agreed },
  { name: '暗証番号', reach: (at) => putCardDown(at, 'taro'), left: 'card' },
  { name: 'カードを取る', reach: signed, left: 'card' },
  { name: '証明書を選ぶ', reach: (at) => identify(at, 'taro') },
  { name: '質問', reach: asked },
  { name: '部数', reach: counted },
  { name: '内容の確認', reach: checked },
  { name: 'お支払い', reach: paidInPart, left: 'money' },
];

/** Nobody touches anything until the warning is there; the milliseconds that it leaves. */
async function untilWarned(at: AtKiosk): Promise<number> {
  for (let quiet = 0; quiet < 100; quiet++) {
    clock.hurry(2_000);
    const { idleSecondsLeft } = await at.hands.panel();
    if (idleSecondsLeft === undefined) continue;
    assert.ok(quiet >= 4, 'the warning comes too soon');
    await at.see('まだお使いですか');
    return idleSecondsLeft * 1_000;
  }
  throw new Error(`nobody is warned; the screen says: ${await at.words()}`);
}

async function walkAway(at: AtKiosk): Promise<void> {
  clock.hold();
  await untilWarned(at);
  await at.press('続ける');
  await at.page.getByText('まだお使いですか').waitFor({ state: 'hidden' });
  const leftMs = await untilWarned(at);
  assert.ok(leftMs >= 15_000, 'the warning stands for twenty seconds');
  clock.hurry(leftMs);
}

for (const { name, reach, left } of steps)
  test(`${name}: a warning, then the end; nothing is charged`, async () => {
    const at = await newResident();
    const { vaultYen } = (await at.hands.state()).money;
    await reach(at);
    await walkAway(at);
    if (left === 'card') {
      await at.see('カードをお取りください');
      await at.hands.act({ act: 'take-card' });
    }
    if (left === 'money') {
      await at.see('お金をお返ししました');
      assert.equal((await at.hands.state()).money.returnedYen, 100);
      await at.press('受け取りました');
      await at.hands.act({ act: 'take-returned-money' });
    }
    await at.see('お取り扱いを終わります');
    assert.doesNotMatch(await at.words(), /見本|太郎/);
    clock.hurry(10_000);
    await at.see('証明書を発行します');
    assert.equal((await at.hands.state()).money.vaultYen, vaultYen);
    assert.deepEqual(await readTray(at), []);
    await at.close();
  });

async function printed(at: AtKiosk): Promise<void> {
  await checked(at);
  await confirm(at);
  await at.hands.act({ act: 'touch-ic-money' });
  await at.see('証明書をお取りください');
}

test('受け取り: the paper is paid for and stays where it is; that it was left is written down', async () => {
  const at = await newResident();
  const { vaultYen } = (await at.hands.state()).money;
  await printed(at);
  await walkAway(at);
  await at.see('ご利用ありがとうございました');
  const { money, journal } = await at.hands.state();
  assert.equal(money.vaultYen, vaultYen + 200);
  assert.equal((await readTray(at)).length, 1);
  assert.ok(journal.some(({ text }) => text === '用紙が残された'));
  await at.hands.act({ act: 'take-paper' });
  await at.close();
});

test('続けますか: the session ends, and the next one is identified anew', async () => {
  const at = await newResident();
  await printed(at);
  await at.press('受け取りました');
  await at.hands.act({ act: 'take-paper' });
  await at.see('ほかの証明書も発行する');
  await walkAway(at);
  await at.see('ご利用ありがとうございました');
  await at.close();
});
