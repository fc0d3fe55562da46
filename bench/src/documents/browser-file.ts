import { spawnSync } from 'node:child_process';

const browsers = ['chromium', 'google-chrome', 'chromium-browser'];

/** The Chromium of this machine. */
export function browserFile(): string {
  const found = browsers
    .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim())
    .find((it) => it);
  if (!found) throw new Error('no Chromium is installed');
  return found;
}
