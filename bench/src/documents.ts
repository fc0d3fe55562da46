/**
 * Milliseconds for a residence certificate of four people with variants of characters: our form engine, and other makers
 * of PDF drawing the very same page (texts, rules and seal at the same places, in the same font), each in a process of
 * its own, one after the other, in one run. Ours does more: it lays the page out from the register's data, refuses what
 * does not fit, tags and archives (PDF/A); theirs get finished places.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { type BitImage, loadFont, openFormEngine } from '@dokodemo/documents';
import type { Figures } from './documents/one-maker.ts';
import { frameOf, orderOf } from './documents/orders.ts';
import { differentPages, pageOf, pagesAFile } from './documents/page.ts';
import { peersFolder } from './documents/peer.ts';

const makers = ['typst', 'pdfkit', 'react-pdf', 'pdf-lib', 'chromium'] as const;

type Done = { readonly code: number; readonly said: string };

function run(label: string, command: string, args: readonly string[], cwd: string, limitMs: number): Promise<Done> {
  process.stderr.write(`  ${label} …`);
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let said = '';
    let wrong = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      wrong = (wrong + chunk).slice(-2_000);
    });
    const dots = setInterval(() => process.stderr.write('.'), 2_000);
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    const end = (code: number) => {
      clearInterval(dots);
      clearTimeout(limit);
      process.stderr.write(code === 0 ? ' done\n' : ' failed\n');
      resolve({ code, said: code === 0 ? said : wrong });
    };
    child.once('error', (error) => {
      wrong += String(error);
      end(1);
    });
    child.once('exit', (code) => end(code ?? 1));
  });
}

/** The peers are installed when the bench first runs, and again when their lock file has changed. */
export async function installPeers(): Promise<boolean> {
  const marker = path.join(peersFolder, 'node_modules', '.installed');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(peersFolder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return true;
  const done = await run(
    'installing the peers (once, 150 MB)',
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    peersFolder,
    600_000,
  );
  if (done.code === 0) writeFileSync(marker, wanted);
  else console.error(`  The peers could not be installed; ours is measured alone.\n${done.said}`);
  return done.code === 0;
}

/** One bit for each dot, as every peer reads it. */
function pngOf({ width, height, bits }: BitImage): Buffer {
  const stride = Math.ceil(width / 8);
  const raw = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < stride; x++) raw[y * (stride + 1) + 1 + x] = ~(bits[y * stride + x] as number) & 0xff;
  const chunk = (kind: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
    ends[0].writeUInt32BE(body.length);
    ends[1].writeUInt32BE(crc32(named));
    return Buffer.concat([ends[0], named, ends[1]]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What the peers draw, written where they find it. */
function layOutPages(folder: string): void {
  const engine = openFormEngine();
  const frame = frameOf(engine);
  for (let from = 0; from < differentPages; from += pagesAFile) {
    const pages = Array.from({ length: pagesAFile }, (_, i) => {
      const rendered = engine.renderResidenceCertificate(orderOf(from + i, frame));
      if (!rendered.ok || rendered.sheets[0] === undefined) throw new Error('the page could not be drawn');
      return pageOf(rendered.sheets[0].pdf);
    });
    writeFileSync(path.join(folder, `pages-${from}.json`), JSON.stringify(pages));
  }
  writeFileSync(path.join(folder, 'seal.png'), pngOf(frame.certifier.seal.image));
  writeFileSync(path.join(folder, 'ipamjm.ttf'), loadFont());
}

/** How poppler draws a maker's first page, as gray dots; undefined when poppler is not installed. */
function picture(file: string): Uint8Array | undefined {
  const drawn = spawnSync('pdftoppm', ['-scale-to-x', '248', '-scale-to-y', '351', '-gray', '-singlefile', file], {
    maxBuffer: 64_000_000,
  });
  if (drawn.status !== 0) return undefined;
  const dots = drawn.stdout as Buffer;
  // P5, width, height, 255: three lines.
  let at = 0;
  for (let lines = 0; lines < 3; at++) if (dots[at] === 0x0a) lines++;
  return dots.subarray(at);
}

/** What part of the ink that stands on ours stands on theirs, too, and the other way round: 1 is the same picture. */
function likeness(folder: string, name: string): number | undefined {
  const [own, other] = ['ours', name].map((it) => picture(path.join(folder, `${it}.pdf`)));
  if (own === undefined || other === undefined || own.length !== other.length) return undefined;
  let [both, either] = [0, 0];
  for (const [i, dot] of own.entries()) {
    const [a, b] = [255 - dot, 255 - (other[i] as number)];
    both += Math.min(a, b);
    either += Math.max(a, b);
  }
  return both / either;
}

async function measure(name: string, title: string, folder: string, seconds: number): Promise<Figures | undefined> {
  const maker = fileURLToPath(new URL('./documents/one-maker.ts', import.meta.url));
  const done = await run(title, process.execPath, [maker, name, folder, String(seconds)], folder, 300_000);
  if (done.code === 0) return JSON.parse(done.said.trim().split('\n').at(-1) ?? '') as Figures;
  console.error(`  ${title} did not run: ${done.said.trim().split('\n').slice(-3).join(' ').slice(0, 300)}`);
  return undefined;
}

function show(
  rows: readonly { readonly title: string; readonly figures: Figures; readonly like: number | undefined }[],
): void {
  const base = rows[0]?.figures.p50Ms ?? 1;
  const digits = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
  const lines = [
    [
      '',
      'ms p50',
      'p99',
      'CPU ms',
      'KB',
      'first ms',
      'MB',
      'times ours',
      'documents',
      'same picture',
      'unknown variant',
    ],
    ...rows.map(({ title, figures: it, like }) => [
      title,
      digits(it.p50Ms),
      digits(it.p99Ms),
      it.cpuMs === undefined ? '–' : digits(it.cpuMs),
      digits(it.bytes / 1_000),
      it.coldMs.toFixed(0),
      it.memoryMb.toFixed(0),
      `${digits(it.p50Ms / base)} ×`,
      String(it.documents),
      like === undefined ? '–' : `${(like * 100).toFixed(0)} %`,
      it.unknownVariant,
    ]),
  ];
  const widths = lines[0]?.map((_, k) => Math.max(...lines.map((line) => line[k]?.length ?? 0))) ?? [];
  for (const line of lines)
    console.log(
      `  ${line.map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0))).join('  ')}`,
    );
}

export async function benchDocuments({ seconds = 8 }: { readonly seconds?: number } = {}): Promise<void> {
  console.log(
    '\nA residence certificate of four people, A4, variants of characters, the same page from every maker:\n',
  );
  const load = loadavg()[0] ?? 0;
  if (load > cpus().length / 2)
    console.log(`  Other programs use the processors (load ${load.toFixed(1)}): CPU ms says more than the clock.\n`);
  const folder = mkdtempSync(path.join(tmpdir(), 'dokodemo-bench-'));
  try {
    layOutPages(folder);
    const rows: { title: string; figures: Figures; like: number | undefined }[] = [];
    const add = async (name: string, title: string) => {
      const figures = await measure(name, title, folder, seconds);
      if (figures !== undefined) rows.push({ title, figures, like: likeness(folder, name) });
    };
    await add('ours', 'ours');
    if (await installPeers()) {
      const { titleOf } = await import('./documents/peers.ts');
      for (const name of makers) {
        try {
          await add(name, titleOf(name));
        } catch (error) {
          console.error(`  ${name} is left out: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
    console.log();
    show(rows);
    console.log(
      '\n  first ms: from the start of the process to its first document. MB: most memory held (Chromium: with its processes).\n  same picture: how much of the ink is where ours is (thin rules and smoothing alone take some percent; far less: characters are missing).\n  unknown variant: a sequence that the font does not have; drawn means the base character was printed, another name.',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
