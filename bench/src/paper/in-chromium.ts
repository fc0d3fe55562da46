/**
 * The same checks in headless Chromium: the page that the portal serves, with its headers, and its own worker. As for a
 * visitor each check begins a worker, which opens its decoders; what that takes is told by itself.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { builtPage, headersOf } from '@dokodemo/portal/page';
import { browserFile } from '../documents/browser-file.ts';
import { requirePeer } from '../documents/peer.ts';
import { installPeers } from '../documents.ts';
import { median } from '../table.ts';
import type { Checked } from './checking.ts';
import type { Timing } from './timing.ts';

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** The built page and nothing else: nobody is asked about the status. */
function servePage(): Promise<Server> {
  const server = createServer(({ url = '/' }, reply) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = path.join(builtPage, pathname === '/' ? 'index.html' : path.normalize(pathname));
    if (!file.startsWith(builtPage) || !existsSync(file)) return void reply.writeHead(404).end();
    const type = kinds[path.extname(file)] ?? 'application/octet-stream';
    const kept = file.includes('assets') ? 'public, max-age=31536000, immutable' : 'no-cache';
    reply.writeHead(200, { ...headersOf('http://localhost'), 'content-type': type, 'cache-control': kept });
    reply.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

type Task = {
  readonly worker: string;
  readonly files: readonly string[];
  readonly checkCode: string | undefined;
  readonly trust: string;
  readonly times: number;
};

type BrowserPage = {
  goto(url: string): Promise<unknown>;
  evaluate(work: (task: Task) => Promise<readonly number[]>, task: Task): Promise<readonly number[]>;
};
type Browsers = {
  chromium: {
    launch(options: object): Promise<{ newPage(): Promise<BrowserPage>; version(): string; close(): Promise<void> }>;
  };
};

/** Runs in the page: milliseconds of each check, from the worker's beginning to its answer. */
async function checkInPage({ worker, files, checkCode, trust, times }: Task): Promise<readonly number[]> {
  const bytes = (text: string) => Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
  const given = {
    files: files.map((text) => new Blob([bytes(text)])),
    names: files.map((_, i) => String(i)),
    trust,
    ...(checkCode === undefined ? {} : { checkCode }),
  };
  const once = () =>
    new Promise<number>((resolve, reject) => {
      const began = performance.now();
      const checking = new Worker(worker, { type: 'module' });
      checking.onerror = ({ message }) => reject(new Error(message));
      checking.onmessage = ({ data }) => {
        if (data.kind === 'progress') return;
        const ms = performance.now() - began;
        checking.terminate();
        const isRead = data.kind === 'done' && data.verification.readable;
        if (isRead || files.length === 0) resolve(ms);
        else reject(new Error(data.detail ?? 'the paper could not be read'));
      };
      checking.postMessage(given);
    });
  const clock: number[] = [];
  for (let i = -2; i < times; i++) {
    const ms = await once();
    if (i >= 0) clock.push(ms);
  }
  return clock;
}

/** `beside`: what Node.js took for each, in the same run. */
export async function chromiumBesideNode(
  papers: readonly Checked[],
  beside: readonly Timing[],
  trust: string,
  times: number,
): Promise<void> {
  const assets = path.join(builtPage, 'assets');
  const worker = existsSync(assets) ? readdirSync(assets).find((it) => /^check-worker-.*\.js$/.test(it)) : undefined;
  if (worker === undefined) return console.log('\n  In Chromium: the portal’s page is not built (npm run build).');
  if (!(await installPeers())) return;
  const { chromium } = requirePeer('playwright-core') as Browsers;
  const server = await servePage();
  const browser = await chromium.launch({ executablePath: browserFile(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const timeOf = async ({ files, checkCode }: Omit<Checked, 'name'>) => {
      const texts = files.map((it) => Buffer.from(it).toString('base64'));
      const task = { worker: `./assets/${worker}`, files: texts, checkCode, trust, times };
      return median(await page.evaluate(checkInPage, task));
    };
    const nothing = await timeOf({ files: [] });
    console.log(`\n  The same in headless Chromium ${browser.version()}, by the portal’s own worker; p50 ms:`);
    const width = Math.max(...papers.map(({ name }) => name.length)) + 2;
    console.log(`  ${''.padEnd(width)}${'Node.js'.padStart(9)}${'Chromium'.padStart(10)}${'ratio'.padStart(8)}`);
    for (const [i, paper] of papers.entries()) {
      const node = beside[i]?.p50Ms ?? Number.NaN;
      const ms = await timeOf(paper);
      const figures = [
        node.toFixed(0).padStart(9),
        ms.toFixed(0).padStart(10),
        `${(ms / node).toFixed(2)} ×`.padStart(8),
      ];
      console.log(`  ${paper.name.padEnd(width)}${figures.join('')}`);
    }
    const inIt = '  in each, worker and decoders';
    console.log(`  ${inIt.padEnd(width)}${''.padStart(9)}${nothing.toFixed(0).padStart(10)}`);
  } finally {
    await browser.close();
    server.close();
  }
}
