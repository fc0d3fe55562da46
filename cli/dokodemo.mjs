#!/usr/bin/env node
// Any Node.js 20 or newer may call this; the command itself runs on the pinned one.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const door = fileURLToPath(new URL('../tools/run.mjs', import.meta.url));
const child = spawn(process.execPath, [door, 'cli', ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
