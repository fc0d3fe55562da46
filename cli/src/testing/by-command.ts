/** The command as a process of its own, as people and programs call it. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export type Done = { readonly status: number | null; readonly out: string; readonly err: string };

/** `folder`: where it stands, where its town would be (there is none), and where it keeps what it keeps. */
export function dokodemoIn(folder: string): (...args: string[]) => Promise<Done> {
  const env = {
    ...process.env,
    DOKODEMO_DEMO_DIR: path.join(folder, 'town'),
    XDG_STATE_HOME: path.join(folder, 'state'),
  };
  return (...args) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, '..', 'dokodemo.ts'), ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      text.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      text.err += chunk.toString();
    });
    return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...text })));
  };
}
