/** Foreign programs that judge our files. Where one is missing its tests are skipped, and the test command says what to
 *  install. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { type Picture, readGraymap } from './picture.ts';

export function missing(...programs: readonly string[]): string | false {
  const folders = (process.env.PATH ?? '').split(':');
  const away = programs.filter((program) =>
    program.startsWith('/') ? !existsSync(program) : !folders.some((folder) => existsSync(path.join(folder, program))),
  );
  return away.length === 0 ? false : `${away.join(', ')} is not installed`;
}

export function run(program: string, ...args: readonly string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64_000_000 });
  if (done.error !== undefined || done.status !== 0)
    throw new Error(`${program} ${args.join(' ')}: ${done.error ?? ''}${done.stdout}${done.stderr}`);
  return done.stdout;
}

const folder = mkdtempSync(path.join(tmpdir(), 'documents-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

export function fileOf(pdf: Uint8Array): string {
  const file = path.join(folder, `${++files}.pdf`);
  writeFileSync(file, pdf);
  return file;
}

export const squeezed = (text: string) => text.replaceAll(/\s/g, '');

/** What poppler reads from the paper, in the order of the content, without white space. */
export function textOf(pdf: Uint8Array): string {
  return squeezed(run('pdftotext', '-raw', fileOf(pdf), '-'));
}

/** How poppler draws the paper. */
export function drawn(pdf: Uint8Array, dpi: number): Picture {
  const target = path.join(folder, `${++files}`);
  run('pdftoppm', '-r', String(dpi), '-gray', '-singlefile', fileOf(pdf), target);
  return readGraymap(readFileSync(`${target}.pgm`));
}
