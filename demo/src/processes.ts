/** Each system of the town is a process of its own, as in production. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TownError } from './town-error.ts';

const command = fileURLToPath(new URL('../../cli/src/dokodemo.ts', import.meta.url));

export type RunningProcess = {
  readonly name: string;
  readonly pid: number;
  /** Ends in order: what is under way is finished. */
  stop(): Promise<void>;
  /** As a power cut does. */
  kill(): Promise<void>;
};

export type ProcessOptions = {
  /** As people call it. */
  readonly name: string;
  /** `dokodemo serve <system> --config <file>`. */
  readonly system: string;
  readonly configFile: string;
  readonly logFile: string;
  /** A process that ends on its own while the town is open; with the line of its log that says why. */
  readonly onUnexpectedEnd: (name: string, why: string) => void;
};

const readyWithinMs = 60_000;
const stopWithinMs = 8_000;
const logMaxBytes = 10_000_000;

/** The line of a log that says why a process has ended: the last error's, else the last one. */
function whyItEnded(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').slice(-20_000).trimEnd().split('\n');
  const why = lines.findLast((line) => /^\w*(Error|Refused)\b/.test(line)) ?? lines.at(-1) ?? '';
  return why.replace(/^Error: /, '').slice(0, 300);
}

function openLog(logFile: string): number {
  const log = openSync(logFile, 'a');
  if (statSync(logFile).size > logMaxBytes) truncateSync(logFile);
  return log;
}

/** Starts `dokodemo serve`; resolves when the process says that it listens. */
export function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { name, logFile } = options;
  const log = openLog(logFile);
  // IPC and a group of its own: Ctrl-C reaches the town first, which then ends its systems in order. A town that was
  // killed closes the channel, and its systems end by that.
  const child = spawn(process.execPath, [command, 'serve', options.system, '--config', options.configFile], {
    stdio: ['ignore', log, log, 'ipc'],
    detached: process.platform !== 'win32',
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    let ready = false;
    let ending = false;
    const failed = (why: string) => reject(new TownError(`${name} did not start: ${why} (its log: ${logFile})`));
    const tooLate = setTimeout(() => {
      ending = true;
      child.kill('SIGKILL');
      failed(`nothing heard for ${readyWithinMs / 1_000} s`);
    }, readyWithinMs);
    child.once('error', (error) => {
      clearTimeout(tooLate);
      failed(error.message);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(tooLate);
      if (ending) return;
      const why = whyItEnded(logFile) || `it ended with ${signal ?? code}`;
      if (ready) options.onUnexpectedEnd(name, why);
      else failed(why);
    });
    child.on('message', (message) => {
      if (ready || (message as { ready?: boolean }).ready !== true) return;
      ready = true;
      clearTimeout(tooLate);
      const end = (signal: NodeJS.Signals) => {
        ending = true;
        return endProcess(child, signal);
      };
      resolve({ name, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') });
    });
  });
}

function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const enough = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    child.once('exit', () => {
      clearTimeout(enough);
      resolve();
    });
    child.kill(signal);
  });
}
