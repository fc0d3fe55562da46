/** Each system of the town is a process of its own, as in production. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../cli/src/dokodemo.ts', import.meta.url));

export type RunningProcess = {
  readonly name: string;
  readonly pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

export type ProcessOptions = {
  /** As people call it. */
  readonly name: string;
  /** `dokodemo serve <system> --config <file>`. */
  readonly system: string;
  readonly configFile: string;
  readonly logFile: string;
  /** A process that ends on its own while the town is open. */
  readonly onUnexpectedEnd: (name: string, lastLines: string) => void;
};

const readyWithinMs = 60_000;
const stopWithinMs = 8_000;

function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
}

/** Starts `dokodemo serve`; resolves when the process says that it listens. */
export function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const log = createWriteStream(options.logFile, { flags: 'a' });
  return new Promise((resolve, reject) => {
    log.once('open', (descriptor) => {
      // IPC and a group of its own: Ctrl-C reaches the town first, which then ends its systems in order.
      const child = spawn(process.execPath, [command, 'serve', options.system, '--config', options.configFile], {
        stdio: ['ignore', descriptor, descriptor, 'ipc'],
        detached: process.platform !== 'win32',
      });
      let ready = false;
      let ending = false;
      const tooLate = setTimeout(() => {
        child.kill('SIGKILL');
        reject(
          new Error(
            `${options.name} did not start within ${readyWithinMs / 1000} s (see ${path.relative('.', options.logFile)})`,
          ),
        );
      }, readyWithinMs);
      child.once('exit', () => {
        clearTimeout(tooLate);
        log.end();
        if (!ready) reject(new Error(`${options.name} did not start:\n${lastLines(options.logFile)}`));
        else if (!ending) options.onUnexpectedEnd(options.name, lastLines(options.logFile));
      });
      child.on('message', (message) => {
        if (ready || (message as { ready?: boolean }).ready !== true) return;
        ready = true;
        clearTimeout(tooLate);
        const end = (signal: NodeJS.Signals) => {
          ending = true;
          return endProcess(child, signal);
        };
        resolve({ name: options.name, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') });
      });
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

/** Does somebody listen at this port of this machine? */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
