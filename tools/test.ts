/**
 * `npm test`: provides what the tests need, checks the code without running it, then runs every test. With arguments:
 * only the test files whose path contains one of them.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './check.ts';
import { provideSystemPackages } from './system-packages.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folders = ['libraries', 'systems', 'cli', 'demo', 'simulation', 'bench', 'tools'];

function* testFilesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'var'].includes(entry.name)) continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* testFilesUnder(full);
    else if (/\.test\.tsx?$/.test(entry.name)) yield path.relative(root, full);
  }
}

const filesAtOnce = 2;
/** Of one file; the longest opens a town and a browser, and a machine may be busy. */
const mostMs = 900_000;

function runTests(files: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--test', '--test-reporter=spec', `--test-timeout=${mostMs}`, `--test-concurrency=${filesAtOnce}`, ...files],
      { cwd: root, stdio: 'inherit' },
    );
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const wanted = process.argv.slice(2);
const began = Date.now();
const missing = provideSystemPackages();
if (missing.length > 0 && process.env.CI === 'true') {
  console.error('CI runs every test: what is missing must be installed.');
  process.exit(1);
}
const broken = wanted.length > 0 ? [] : check();
const files = folders
  .flatMap((folder) => [...testFilesUnder(path.join(root, folder))])
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();
const code = await runTests(files);
console.log(
  `${files.length} test files in ${((Date.now() - began) / 1000).toFixed(0)} s${broken.length > 0 ? `; failed before them: ${broken.join(', ')}` : ''}`,
);
process.exit(code === 0 && broken.length === 0 ? 0 : 1);
