/**
 * `npm run bench changes`: fronts of every kind of certificate, printed and scanned by simulated devices, as issued and
 * with single characters changed in the same font and place: digits and kanji into such that look alike, and kanji into
 * any others. How many of the changes are seen, and how often something is seen where nothing was changed.
 */
import { openFormEngine } from '@dokodemo/documents';
import { copied, copierModes, type Difference, openToolsInNode } from '@dokodemo/proof';
import { changedFront, differencesIn, type FrontChange, type LitSheet, litSheets, type Shot, shotOf } from '@dokodemo/proof/testing'; // biome-ignore format: one import

const kinds = ['residence', 'residence-items', 'seal-registration', 'income-and-tax', 'fixed-asset-valuation', 'family-register', 'register-history']; // biome-ignore format: one list
const telephone: Shot = {
  ...{ camera: { wide: 4_032, high: 3_024, fills: 0.85 } },
  ...{ noise: 5, blurUm: 60, shade: 0.3, jpeg: 85 },
};
const conditions: Readonly<Record<string, Shot>> = {
  '300 dpi': { dpi: 300, turnDegrees: 1 },
  '200 dpi': { dpi: 200, turnDegrees: -1 },
  '200 dpi, JPEG 40': { dpi: 200, turnDegrees: 1, jpeg: 40 },
  '300 dpi, turned 3°, shade 30 %': { dpi: 300, turnDegrees: 3, shade: 0.3 },
  'telephone, 12 MP, tilted 20°, waves 1 mm': { ...telephone, tiltDegrees: 20, turnDegrees: -4, wavesMm: 1 },
  'telephone, 12 MP, a corner curls 3 mm': { ...telephone, tiltDegrees: 10, turnDegrees: 3, curlMm: 3 },
  '150 dpi': { dpi: 150, turnDegrees: 1 },
};
const copyCondition = 'copy (300 dpi), scanned at 300 dpi';
const mostChanges = 8;

type Counts = { changes: number; seen: number; sheets: number; falselySeen: number; unread: number };

const reach = 1;
const touches = (a: Difference, b: Difference) =>
  a.leftMm < b.leftMm + b.widthMm + reach &&
  b.leftMm < a.leftMm + a.widthMm + reach &&
  a.topMm < b.topMm + b.heightMm + reach &&
  b.topMm < a.topMm + a.heightMm + reach;

function printedSheet(page: FrontChange['issued']['page'], isCopy: boolean): LitSheet {
  const bits = page.draw(600, { background: true }).blackerThan(128);
  const mode = copierModes[300];
  return litSheets(isCopy && mode !== undefined ? copied(bits, mode) : bits).at300;
}

export async function benchChanges({
  copies = true,
  seed = 1,
}: {
  readonly copies?: boolean;
  readonly seed?: number;
} = {}): Promise<void> {
  const { readCodes } = await openToolsInNode();
  const engine = openFormEngine();
  const counts = new Map<string, Counts>();
  const rows = (['alike', 'any'] as const).map((kanji) =>
    kinds.map((kind) => ({
      kind: kanji === 'any' ? `${kind}, any kanji` : kind,
      front: changedFront(engine, kind, seed, mostChanges, { kanji }),
    })),
  );
  const fronts = rows.flat();
  const judge = async (
    name: string,
    front: FrontChange,
    sheet: LitSheet,
    shot: Shot,
    places: readonly Difference[],
  ) => {
    const it = counts.get(name) ?? { changes: 0, seen: 0, sheets: 0, falselySeen: 0, unread: 0 };
    counts.set(name, it);
    const done = await differencesIn(shotOf(sheet, { noise: 3, blurUm: 35, seed, ...shot }), front, readCodes);
    it.sheets++;
    if (done === undefined) {
      it.unread++;
      return;
    }
    it.changes += places.length;
    it.seen += places.filter((place) => done.differences.some((one) => touches(one, place))).length;
    if (done.differences.some((one) => !places.some((place) => touches(one, place)))) it.falselySeen++;
  };
  const rounds = [...Object.entries(conditions).map(([name, shot]) => ({ name, shot, isCopy: false })), ...(copies ? [{ name: copyCondition, shot: { dpi: 300, turnDegrees: 1 }, isCopy: true }] : [])]; // biome-ignore format: one list
  for (const isCopy of copies ? [false, true] : [false]) {
    for (const { kind, front } of fronts) {
      for (const [side, places] of [[front.issued, []], [front.changed, front.places]] as const) {
        const sheet = printedSheet(side.page, isCopy);
        for (const round of rounds.filter((it) => it.isCopy === isCopy))
          await judge(`${kind} | ${round.name}`, front, sheet, round.shot, places);
      } // biome-ignore format: two sides
      for (const [name, it] of counts) if (name.startsWith(`${kind} |`)) console.error(name, JSON.stringify(it));
    }
  }
  const names = rounds.map(({ name }) => name);
  console.log(`\n| changed characters found of | ${names.join(' | ')} |\n|---|${names.map(() => '---|').join('')}`);
  const cell = (of: readonly Counts[]) => {
    const sum = (key: keyof Counts) => of.reduce((total, it) => total + it[key], 0);
    const more = [
      ...(sum('falselySeen') > 0 ? [`${sum('falselySeen')} of ${sum('sheets')} sheets with a false place`] : []),
      ...(sum('unread') > 0 ? [`${sum('unread')} not read`] : []),
    ];
    return [`${sum('seen')} of ${sum('changes')}`, ...more].join('; ');
  };
  const of = (kind: string, name: string) => [counts.get(`${kind} | ${name}`) ?? []].flat();
  for (const them of rows) {
    for (const { kind } of them) console.log(`| ${kind} | ${names.map((name) => cell(of(kind, name))).join(' | ')} |`);
    console.log(`| all | ${names.map((name) => cell(them.flatMap(({ kind }) => of(kind, name)))).join(' | ')} |`);
  }
}
