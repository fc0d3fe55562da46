/** Papers of the town as people have them: files, scans, photographs, what can be read off them. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { textOf } from './town-in-a-browser.ts';

const command = path.join(import.meta.dirname, '../../../../cli/src/dokodemo.ts');

/** A 印鑑登録証明書 from the town in `root`, as a PDF in `folder`. */
export async function issue(root: string, folder: string, card: string): Promise<string> {
  const file = path.join(folder, `${card}.pdf`);
  const child = spawn(process.execPath, [command, 'issue', '--card', card, '--kind', 'seal', '--out', file], {
    env: { ...process.env, DOKODEMO_DEMO_DIR: root },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(status, 0, said);
  return file;
}

/** Front and back as a scanner gives them. */
export function scanned(pdf: string, kind: 'png' | 'tiff'): readonly [string, string] {
  const stem = path.join(path.dirname(pdf), `${path.basename(pdf, '.pdf')}-${kind}`);
  const ending = { png: 'png', tiff: 'tif' }[kind];
  const sides = [`${stem}-1.${ending}`, `${stem}-2.${ending}`] as const;
  if (sides.every((side) => existsSync(side))) return sides;
  const done = spawnSync('pdftoppm', ['-r', '300', '-gray', `-${kind}`, pdf, stem], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return sides;
}

/** As a telephone photographs a sheet on a table: 12 million pixels, JPEG, not straight, the light from one side. */
export async function photographed(browser: Browser, png: string): Promise<string> {
  const page = await browser.newPage();
  const jpeg = await page.evaluate(async (before) => {
    const image = new Image();
    image.src = `data:image/png;base64,${before}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [3024, 4032];
    const context = canvas.getContext('2d');
    if (context === null) return '';
    context.fillStyle = '#6b5a49';
    context.fillRect(0, 0, 3024, 4032);
    context.setTransform(1.1, 0.018, -0.026, 1.1, 190, 90);
    context.drawImage(image, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    const shade = context.createLinearGradient(0, 0, 3024, 4032);
    shade.addColorStop(0, 'rgb(0 0 0 / 0.04)');
    shade.addColorStop(1, 'rgb(0 0 0 / 0.3)');
    context.fillStyle = shade;
    context.fillRect(0, 0, 3024, 4032);
    return canvas.toDataURL('image/jpeg', 0.85).split(',')[1] ?? '';
  }, readFileSync(png).toString('base64'));
  await page.close();
  const file = png.replace(/\.png$/, '-photo.jpg');
  writeFileSync(file, Buffer.from(jpeg, 'base64'));
  return file;
}

/** What a person reads off the front. */
export function readOff(pdf: string): { readonly number: string; readonly code: string } {
  const text = textOf(readFileSync(pdf));
  const number = /\d{8}-\d{6}-\d{7}/.exec(text)?.[0] ?? assert.fail(text);
  const code = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/.exec(text)?.[0] ?? assert.fail(text);
  return { number, code };
}

/** Somebody writes a figure more onto the front, and makes a picture of that. */
export async function changed(browser: Browser, front: string): Promise<string> {
  const page = await browser.newPage();
  const png = readFileSync(front).toString('base64');
  const after = await page.evaluate(async (before) => {
    const image = new Image();
    image.src = `data:image/png;base64,${before}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    if (context !== null) context.font = 'bold 64px sans-serif';
    context?.fillText('9', image.width * 0.5, image.height * 0.25);
    context?.fillText('十', image.width * 0.3, image.height * 0.42);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  }, png);
  await page.close();
  const file = front.replace(/\.png$/, '-changed.png');
  writeFileSync(file, Buffer.from(after, 'base64'));
  return file;
}
