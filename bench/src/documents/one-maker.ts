/** One PDF maker in a process of its own: argv is its name, the folder with what it needs, and for how many seconds. Its
 *  figures are printed as JSON. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openFormEngine, type ResidenceOrder } from '@dokodemo/documents';
import { processorMs } from '../processor-time.ts';
import { quantile } from '../table.ts';
import { frameOf, orderOf } from './orders.ts';
import { differentPages, type Page, pagesAFile } from './page.ts';
import type { Peer } from './peer.ts';

export type Figures = {
  readonly name: string;
  readonly documents: number;
  /** From the start of the process to its first document. */
  readonly coldMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time a document, of all processes that worked for it; undefined where nobody tells. */
  readonly cpuMs: number | undefined;
  readonly bytes: number;
  readonly memoryMb: number;
  /** What becomes of a variant that the font does not have. */
  readonly unknownVariant: 'refused' | 'drawn';
};

/** Everything but the drawing is done by `prepare`, outside the time that is measured. */
type Maker<T> = Pick<Peer, 'helpers' | 'close'> & {
  prepare(i: number): T;
  render(prepared: T): Promise<Uint8Array> | Uint8Array;
  withUnknownVariant(prepared: T): T;
};
const unknownVariant = '邉\u{E0100}';

function ours(): Maker<ResidenceOrder> {
  const engine = openFormEngine();
  const frame = frameOf(engine);
  return {
    prepare: (i) => orderOf(i, frame),
    render(order) {
      const rendered = engine.renderResidenceCertificate(order);
      if (!rendered.ok) throw new Error(rendered.detail);
      return rendered.sheets[0]?.pdf ?? new Uint8Array();
    },
    withUnknownVariant(order) {
      const { snapshot } = order;
      const household = { ...snapshot.household, address: { text: unknownVariant } };
      return { ...order, snapshot: { ...snapshot, household } };
    },
  };
}

async function theirs(name: string, folder: string): Promise<Maker<Page>> {
  const own = `${folder}/${name}`;
  if (!existsSync(own)) mkdirSync(own);
  const { peers } = await import('./peers.ts');
  const peer = await peers[name]?.({ fontFile: `${folder}/ipamjm.ttf`, sealFile: `${folder}/seal.png`, folder: own });
  if (peer === undefined) throw new Error(`there is no ${name}`);
  let [from, pages]: [number, readonly Page[]] = [0, []];
  return {
    ...peer,
    prepare(i) {
      const start = i - (i % pagesAFile);
      if (pages.length === 0 || start !== from) {
        from = start;
        pages = JSON.parse(readFileSync(`${folder}/pages-${start}.json`, 'utf8'));
      }
      return pages[i - start] ?? assertPage();
    },
    render: (page) => peer.render(page),
    withUnknownVariant: (page) => ({
      ...page,
      texts: page.texts.map((it) => ({ ...it, text: `${it.text}${unknownVariant}` })),
    }),
  };
}

function assertPage(): never {
  throw new Error('there are not so many pages');
}

/** Of processes that still live. */
function statusesOf(pids: readonly number[]): readonly { readonly ms: number; readonly residentKb: number }[] {
  return pids.flatMap((pid) => {
    try {
      const residentKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      return [{ ms: processorMs({ it: pid })?.it ?? 0, residentKb }];
    } catch {
      return []; // it ended while we looked
    }
  });
}

async function measure<T>(maker: Maker<T>, name: string, folder: string, seconds: number): Promise<Figures> {
  const first = await maker.render(maker.prepare(0));
  const coldMs = performance.now();
  writeFileSync(`${folder}/${name}.pdf`, first);
  let i = 1;
  const warmUntil = performance.now() + (seconds * 1_000) / 4;
  while (i < 4 || (performance.now() < warmUntil && i < differentPages / 2)) await maker.render(maker.prepare(i++));
  const helpers = maker.helpers?.() ?? [];
  const helpersMs = () => statusesOf(helpers).reduce((sum, it) => sum + it.ms, 0);
  const helpersBefore = helpersMs();
  const times: number[] = [];
  const sizes: number[] = [];
  let ownMs = 0;
  const until = performance.now() + seconds * 1_000;
  while (times.length < 5 || (performance.now() < until && i < differentPages)) {
    const prepared = maker.prepare(i++);
    const cpu = process.cpuUsage();
    const began = performance.now();
    const pdf = await maker.render(prepared);
    times.push(performance.now() - began);
    const used = process.cpuUsage(cpu);
    ownMs += (used.user + used.system) / 1_000;
    sizes.push(pdf.length);
  }
  const cpuKnown = helpers.length === 0 || processorMs({}) !== undefined;
  const memoryKb = process.resourceUsage().maxRSS + statusesOf(helpers).reduce((sum, it) => sum + it.residentKb, 0);
  const unknown = await Promise.resolve()
    .then(() => maker.render(maker.withUnknownVariant(maker.prepare(0))))
    .then(
      () => 'drawn' as const,
      () => 'refused' as const,
    );
  return {
    name,
    documents: times.length,
    coldMs,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    cpuMs: cpuKnown ? (ownMs + helpersMs() - helpersBefore) / times.length : undefined,
    bytes: quantile(sizes, 0.5),
    memoryMb: memoryKb / 1_024,
    unknownVariant: unknown,
  };
}

const [name = 'ours', folder = '.', seconds = '5'] = process.argv.slice(2);
const maker = name === 'ours' ? ours() : await theirs(name, folder);
console.log(JSON.stringify(await measure(maker as Maker<unknown>, name, folder, Number(seconds))));
await maker.close?.();
process.exit(0);
