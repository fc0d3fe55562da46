/**
 * `npm run bench grid`: the back of an issued residence certificate of four people (six tiles of twelve are needed), printed, spoilt and scanned by simulated devices, and what of them is
 * read by ours and by other programs. A row a level; each trial with a place of the damage,
 * a tilt and a grain of its own.
 */
import { readPages } from '@dokodemo/documents';
import { openToolsInNode } from '@dokodemo/proof';
import { type GridCell, type GridTrial, gridCells, type LitSheet, litSheets, shotOf, tryCell } from '@dokodemo/proof/testing'; // biome-ignore format: one import
import { openPaperMaker } from './paper/papers.ts';
import { median } from './table.ts';

type Back = { readonly at300: LitSheet; readonly at600: LitSheet; readonly tiles: readonly Uint8Array[] };

async function openBack(): Promise<Back> {
  const tools = await openToolsInNode();
  const begun = await (await openPaperMaker()).begin(1);
  const page = readPages(new Uint8Array(await begun.finish()))[1];
  if (page === undefined) throw new Error('a sheet has two sides');
  const bits = page.draw(600, { background: true }).blackerThan(128);
  const { at300, at600 } = litSheets(bits);
  const clean = { width: at300.width, height: at300.height, pixels: at300.light };
  const codes = await tools.readCodes(clean);
  if (codes.length !== 12) throw new Error(`${codes.length} codes of a clean back`);
  return { at300, at600, tiles: codes.map(({ bytes }) => bytes) };
}

const isFine = ({ shot }: GridCell) => shot.camera !== undefined || (shot.dpi ?? 300) > 300;
const mean = (values: readonly number[]) => values.reduce((sum, it) => sum + it, 0) / values.length;

function rowOf({ group, name }: GridCell, trials: readonly GridTrial[]): string {
  const codes = (of: (it: GridTrial) => number | undefined) => {
    const values = trials.map(of).filter((it) => it !== undefined);
    return values.length === 0 ? '—' : mean(values).toFixed(1).replace('.0', '');
  };
  const recovered = trials.filter((it) => it.recovered).length;
  const cells = [`${group}: ${name}`, `${Math.round((100 * recovered) / trials.length)} % of ${trials.length}`, codes((it) => it.ours), codes((it) => it.inside), codes((it) => it.zxing), codes((it) => it.zbar), `${Math.round(median(trials.map(({ ms }) => ms)))}`]; // biome-ignore format: one row
  return `| ${cells.join(' | ')} |`;
}

/** `only`: cells whose group or name begins with one of these. */
export async function benchGrid({
  seeds = 3,
  only = [],
}: {
  readonly seeds?: number;
  readonly only?: readonly string[];
} = {}): Promise<void> {
  const { readCodes } = await openToolsInNode();
  const cells = gridCells.filter(({ group, name }) => only.length === 0 || only.some((it) => `${group}: ${name}`.startsWith(it))); // biome-ignore format: one thought
  const trials = new Map(cells.map((it) => [it, [] as GridTrial[]]));
  const back = await openBack();
  for (let seed = 1; seed <= seeds; seed++) {
    for (const cell of cells) {
      const picture = shotOf(isFine(cell) ? back.at600 : back.at300, { ...cell.shot, seed: seed * 31 });
      trials.get(cell)?.push(await tryCell(picture, back.tiles, readCodes));
      console.error(`${seed} ${cell.group}: ${cell.name} ${JSON.stringify(trials.get(cell)?.at(-1))}`);
    }
  }
  console.log('\n| level | message recovered | codes, ours | ZXing in it alone | ZXing 1.4 | zbar | ours, ms |');
  console.log('|---|---|---|---|---|---|---|');
  for (const [cell, them] of trials) console.log(rowOf(cell, them));
}
