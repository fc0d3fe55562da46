/** A real IPP server for tests: `ippeveprinter` of the Printer Working Group's reference code (Debian: cups-ipp-utils). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause, systemClock } from '@dokodemo/domain';
import { ippExchange } from '../ipp-exchange.ts';

export type Received = { readonly attributes: Readonly<Record<string, string>>; readonly document: Buffer };

export type IppevePrinter = {
  readonly url: string;
  /** The web page of the printer, where its trays are filled and emptied. */
  readonly page: string;
  /** The engine stands with this reason until `release`. */
  hold(reason: string): void;
  release(): void;
  /** What the engine says (STATE:, ATTR:, ERROR: lines) at the end of a sheet, and whether the sheet fails. */
  atTheEnd(lines: string, fails: boolean): void;
  /** What the printer got for a job. */
  received(jobId: number): Received;
  kill(): Promise<void>;
};

const here = fileURLToPath(new URL('.', import.meta.url));
const program = ['/usr/sbin/ippeveprinter', '/usr/bin/ippeveprinter'].find((file) => existsSync(file));
const compiler = ['/usr/bin/cc', '/usr/bin/gcc'].find((file) => existsSync(file));

/** Undefined: everything is there. */
export const whatIsMissing = ((): string | undefined => {
  if (program === undefined) return 'ippeveprinter is not installed (Debian: cups-ipp-utils)';
  return compiler === undefined ? 'no C compiler is installed (Debian: gcc)' : undefined;
})();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** `folder`: an empty one of this printer's own. `formats`: MIME types that it takes. */
export async function startIppevePrinter(folder: string, more: readonly string[] = []): Promise<IppevePrinter> {
  if (program === undefined || compiler === undefined) throw new Error(whatIsMissing);
  mkdirSync(path.join(folder, 'spool'), { recursive: true });
  const library = path.join(folder, 'no-dns-sd.so');
  const compiled = spawnSync(compiler, ['-shared', '-fPIC', '-w', '-o', library, path.join(here, 'no-dns-sd.c')]);
  if (compiled.status !== 0) throw new Error(`cc: ${compiled.stderr}`);
  const command = path.join(folder, 'print-command.sh');
  copyFileSync(path.join(here, 'print-command.sh'), command);
  chmodSync(command, 0o700);
  const port = await freePort();
  const options = ['-p', `${port}`, '-n', 'localhost', '-r', 'off', '-d', path.join(folder, 'spool'), '-c', command];
  const capable = more.length > 0 ? more : ['-f', 'application/pdf', '-2'];
  const child = spawn(program, [...options, ...capable, 'Test printer'], {
    env: { ...process.env, LD_PRELOAD: library },
    stdio: 'ignore',
  });
  const url = `ipp://localhost:${port}/ipp/print`;
  await untilItAnswers(child, url);
  const file = (name: string) => path.join(folder, name);
  let holds = 0;
  return {
    url,
    page: `http://localhost:${port}`,
    hold: (reason) => writeFileSync(file('hold'), `${reason} ${++holds}\n`),
    release: () => rmSync(file('hold'), { force: true }),
    atTheEnd(lines, fails) {
      writeFileSync(file('say'), lines);
      if (fails) writeFileSync(file('fail'), '');
      else rmSync(file('fail'), { force: true });
    },
    received(jobId) {
      const lines = readFileSync(file(`received-${jobId}.txt`), 'utf8')
        .trim()
        .split('\n');
      const attributes = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      return { attributes, document: readFileSync(file(`received-${jobId}.pdf`)) };
    },
    async kill() {
      rmSync(file('hold'), { force: true });
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function untilItAnswers(child: ChildProcess, url: string): Promise<void> {
  const ask = ippExchange({ url, clock: systemClock, timeoutMs: 2_000 });
  for (let i = 0; i < 500 && child.exitCode === null; i++) {
    const answer = await ask({ operation: 'Get-Printer-Attributes' });
    if (answer.ok) return;
    await pause(systemClock, 10);
  }
  throw new Error('ippeveprinter does not answer');
}
