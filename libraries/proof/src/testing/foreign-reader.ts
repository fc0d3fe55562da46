/** Other programs than ours: what zbarimg, and ZXing-C++ as Debian has it (1.4), read in a picture. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GrayImage } from '../read/gray-image.ts';

export function missing(...programs: readonly string[]): string | false {
  const folders = (process.env.PATH ?? '').split(':');
  const away = programs.filter((program) => !folders.some((folder) => existsSync(path.join(folder, program))));
  return away.length === 0 ? false : `${away.join(', ')} is not installed`;
}

export function graymap({ width, height, pixels }: GrayImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]);
}

/** Runs `use` with a file that holds `bytes`. */
export function withFile<T>(name: string, bytes: Uint8Array, use: (file: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'proof-'));
  try {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bytes of all codes, one after the other. */
export function zbarReads(picture: GrayImage): Buffer {
  return withFile('scan.pgm', graymap(picture), (file) => {
    const args = ['--nodbus', '-q', '--raw', '-Sbinary', '-Sdisable', '-Sqrcode.enable', file];
    return spawnSync('zbarimg', args, { maxBuffer: 1_000_000 }).stdout;
  });
}

/** The bytes of all codes, one after the other. */
export function zxingReads(picture: GrayImage): Buffer {
  return withFile('scan.pgm', graymap(picture), (file) => {
    const args = ['-format', 'QRCode', '-bytes', file];
    return spawnSync('ZXingReader', args, { maxBuffer: 1_000_000 }).stdout;
  });
}
