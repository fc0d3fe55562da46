/** Types, format, lint: what can be said of the code without running it. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function bin(name: string): string {
  return path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** Runs all checks and says which failed. */
export function check(): readonly string[] {
  const checks: readonly [string, string, readonly string[]][] = [
    ['types', bin('tsc'), ['-p', root, '--noEmit']],
    ['format and lint', bin('biome'), ['check', '--error-on-warnings', root]],
  ];
  return checks.flatMap(([name, command, args]) => {
    const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (done.status === 0) {
      console.log(`✔ ${name}`);
      return [];
    }
    console.log(`✖ ${name}\n${`${done.stdout}${done.stderr}`.slice(-12_000)}`);
    return [name];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(check().length === 0 ? 0 : 1);
