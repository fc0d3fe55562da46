/** A chapter of the portal's tests: papers before a camera, which is a film here. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { makeFilm } from './camera-film.ts';
import { openBrowser } from './open-browser.ts';
import { scanned } from './papers-in-hand.ts';
import { answer, largeTextFits, nothingBarsTheWay, picture, type Visit } from './portal-page.ts';

type Chapter = {
  readonly openPortal: (visit?: Visit, by?: Browser) => Promise<Page>;
  /** For the film. */
  readonly folder: string;
  /** As a PDF; there when the chapter begins. */
  readonly paper: () => string;
};

const tracksOf = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.map((it) => it.readyState));

/** As when another window lies over the page. */
const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

export function beforeACamera({ openPortal, folder, paper }: Chapter): void {
  describe('before a camera', () => {
    let seeing: Browser;
    before(async () => {
      const film = path.join(folder, 'film.y4m');
      const [front, back] = scanned(paper(), 'png');
      const part = { side: back, widthMm: 75 };
      makeFilm(film, [
        { ...part, leftMm: 6, topMm: 30 },
        { ...part, leftMm: 66, topMm: 30, turnDegrees: 4 },
        { ...part, leftMm: 128, topMm: 30 },
        { ...part, leftMm: 66, topMm: 92, turnDegrees: -3 },
        { side: front, leftMm: -8, topMm: -4, widthMm: 226 },
      ]);
      seeing = await openBrowser('--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`);
    });
    after(() => seeing?.close());

    /** To the camera by keys alone. */
    async function toTheCamera(page: Page, name: string): Promise<void> {
      const key = page.getByRole('button', { name });
      await key.and(page.locator(':enabled')).waitFor();
      await page.locator('main').focus();
      for (let i = 0; i < 10 && !(await key.evaluate((it) => it === document.activeElement)); i++)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('.live').waitFor();
    }

    test('codes are counted over frames, the front is taken by itself, and the camera goes off', async () => {
      const page = await openPortal({ language: 'en', size: { width: 390, height: 844 } }, seeing);
      await page.context().grantPermissions(['camera']);
      await page.evaluate(() => {
        const { mediaDevices } = navigator;
        const ask = mediaDevices.getUserMedia.bind(mediaDevices);
        mediaDevices.getUserMedia = async (wanted) => {
          const stream = await ask(wanted);
          const { tracks = [] } = globalThis as unknown as { tracks?: MediaStreamTrack[] };
          Object.assign(globalThis, { tracks: [...tracks, ...stream.getTracks()] });
          return stream;
        };
      });
      await toTheCamera(page, 'Use the camera here');
      await page.getByText(/^[1-9] \/ 12$/).waitFor();
      await nothingBarsTheWay(page, 'the camera');
      await picture(page, 'camera-en-390');
      await setHidden(page, true);
      await page.getByRole('alert').getByText('The page was hidden').waitFor();
      assert.deepEqual(await tracksOf(page), ['ended']);
      await setHidden(page, false);
      await page.getByRole('button', { name: 'Switch the camera on' }).press('Enter');
      await page.getByText(/^[2-9] \/ 12$/).waitFor();
      await page.getByRole('heading', { name: 'Now show the front' }).waitFor();
      await largeTextFits(page, 'camera');
      await picture(page, 'camera-front-en-390');
      await page.locator('.after').waitFor();
      assert.deepEqual([await answer(page, 'integrity'), await answer(page, 'issuer')], ['holds', 'holds']);
      assert.deepEqual(await tracksOf(page), ['ended', 'ended']);
      await picture(page, 'camera-result-en-390');
      await page.context().close();
    });

    test('who permits no camera, or has none, is told so and goes back with a key', async () => {
      const refusing = await openPortal({}, seeing);
      await toTheCamera(refusing, 'この画面でカメラを使う');
      await refusing.getByRole('alert').getByText('カメラの使用が許可されていません').waitFor();
      await nothingBarsTheWay(refusing, 'no camera permitted');
      await picture(refusing, 'camera-refused-ja');
      await refusing.keyboard.press('Escape');
      await refusing.getByRole('heading', { name: '証明書を確かめる' }).waitFor();
      await refusing.context().close();
      const without = await openPortal({ language: 'vi' });
      await toTheCamera(without, 'Dùng máy ảnh ngay tại đây');
      await without.getByRole('alert').getByText('Không có máy ảnh.').waitFor();
      await without.context().close();
    });
  });
}
