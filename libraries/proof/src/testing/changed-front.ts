/**
 * Fronts as a forger would make them who has the issuer's program: the same form, font and place, and in the data some
 * single characters changed: a digit, or a kanji that looks like another.
 */
import { type FormEngine, readPages } from '@dokodemo/documents';
import { unpacked } from '../bit-image.ts';
import { compare, type Difference } from '../read/compare.ts';
import { keepFront } from '../read/front-scan.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { layOver } from '../read/lay-over.ts';
import type { ReadCodes } from '../read/read-codes.ts';
import { readPaper } from '../read/read-paper.ts';
import { makeCheckCode } from '../seal/check-code.ts';
import { sha256 } from '../sha256.ts';
import { chanceOf } from './chance.ts';
import { renderFronts } from './issued.ts';

export type FrontChange = {
  /** The first sheet as issued: what is signed, and the page to print. */
  readonly issued: ReturnType<typeof pageOf>;
  readonly changed: ReturnType<typeof pageOf>;
  /** Where single characters differ, on the sheet. */
  readonly places: readonly Difference[];
};

const alike = '一二三二大太田由日目木本土士未末千干人入王玉五互中申見貝力刀天夫間問代伐島鳥市布男勇';
const names = '山川村藤林清松佐高橋渡辺斎加吉原美恵健明真優愛子郎幸和正勝';
const digits = ['0123456789', '０１２３４５６７８９'] as const;

/** What becomes of a character; undefined: it stays. */
type Other = (character: string) => string | undefined;

const digitOrAlike: Other = (it) => {
  const digit = digits.find((them) => them.includes(it));
  if (digit !== undefined) return digit[(digit.indexOf(it) + 1) % 10];
  const at = alike.indexOf(it);
  return at < 0 ? undefined : alike[at ^ 1];
};

/** A kanji of names in place of another that it has nothing in common with. */
const anyKanji: Other = (it) => {
  if (!/\p{Script=Han}/u.test(it)) return undefined;
  const other = names[(it.codePointAt(0) ?? 0) % names.length];
  return other === it ? undefined : other;
};

function withOtherCharacter(text: string, otherOf: Other): string | undefined {
  for (let i = text.length - 1; i >= 0; i--) {
    const other = otherOf(text[i] as string);
    if (other !== undefined) return `${text.slice(0, i)}${other}${text.slice(i + 1)}`;
  }
  return undefined;
}

type Path = readonly string[];

/** Every value of the data that can be changed by a character. */
function leavesOf(value: unknown, otherOf: Other, path: Path = []): readonly Path[] {
  if (typeof value === 'string') return withOtherCharacter(value, otherOf) === undefined ? [] : [path];
  if (typeof value === 'number') return value >= 100 && otherOf('1') !== undefined ? [path] : [];
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([key, it]) => leavesOf(it, otherOf, [...path, key]));
}

function withOther(value: unknown, otherOf: Other, [key, ...rest]: Path): unknown {
  if (key === undefined) return typeof value === 'string' ? withOtherCharacter(value, otherOf) : (value as number) + 10;
  if (Array.isArray(value)) return value.map((it, i) => (String(i) === key ? withOther(it, otherOf, rest) : it));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: withOther(record[key], otherOf, rest) };
}

/** The engine, but every form is filled from other data. */
function altering(engine: FormEngine, change: (snapshot: unknown) => unknown): FormEngine {
  return new Proxy(engine, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || !String(name).startsWith('render')) return value;
      return (order: { readonly snapshot: unknown }) =>
        value.call(target, { ...order, snapshot: change(order.snapshot) });
    },
  });
}

function pageOf(engine: FormEngine, formId: string, code: string) {
  const [sheet] = renderFronts(engine, formId, 0, code, '20261123-482013-0000042').sheets;
  const [page] = readPages(sheet?.pdf ?? new Uint8Array(0));
  if (page === undefined) throw new RangeError('a sheet without a page');
  return { page, picture: page.draw(150).blackerThan(96, 40) };
}

const perMm = 150 / 25.4;
const cell = Math.round(2 * perMm);

/** Boxes around what differs between two drawings; what lies within 2 mm is one. */
function changedPlaces(a: FrontChange['issued'], b: FrontChange['issued']): readonly Difference[] {
  let boxes: { x0: number; y0: number; x1: number; y1: number }[] = [];
  const [one, other] = [unpacked(a.picture), unpacked(b.picture)];
  const { width, height } = a.picture;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (one[y * width + x] === other[y * width + x]) continue;
      let box = { x0: x, y0: y, x1: x + 1, y1: y + 1 };
      const near = boxes.filter(
        (it) => it.x0 <= x + cell && it.x1 >= x - cell && it.y0 <= y + cell && it.y1 >= y - cell,
      );
      for (const it of near) box = { x0: Math.min(it.x0, box.x0), y0: Math.min(it.y0, box.y0), x1: Math.max(it.x1, box.x1), y1: Math.max(it.y1, box.y1) }; // biome-ignore format: one box
      boxes = [...boxes.filter((it) => !near.includes(it)), box];
    }
  }
  return boxes.map(({ x0, y0, x1, y1 }) => ({ leftMm: x0 / perMm, topMm: y0 / perMm, widthMm: (x1 - x0) / perMm, heightMm: (y1 - y0) / perMm })); // biome-ignore format: one box
}

/** As large as a character and no larger: a line that moved is found by everybody. */
const isCharacter = ({ widthMm, heightMm }: Difference) => Math.max(widthMm, heightMm) < 6 && Math.max(widthMm, heightMm) > 0.8; // biome-ignore format: one thought

/** `most` characters: digits and kanji exchanged for such that look alike, or, `kanji: 'any'`, for any. */
export function changedFront(
  engine: FormEngine,
  formId: string,
  seed: number,
  most: number,
  { kanji = 'alike' }: { readonly kanji?: 'alike' | 'any' } = {},
): FrontChange {
  const otherOf = kanji === 'any' ? anyKanji : digitOrAlike;
  const code = makeCheckCode(chanceOf(seed).bytes(15));
  const issued = pageOf(engine, formId, code);
  let paths: readonly Path[] = [];
  altered(engine, (snapshot) => {
    paths = leavesOf(snapshot, otherOf);
    return snapshot;
  });
  const chance = chanceOf(seed + 40);
  const kept: Path[] = [];
  const places: Difference[] = [];
  for (const path of paths
    .map((it) => ({ it, by: chance.next() }))
    .toSorted((p, q) => p.by - q.by)
    .slice(0, 5 * most)) {
    if (kept.length === most) break;
    const own = altered(engine, (snapshot) => withOther(snapshot, otherOf, path.it));
    const where = own === undefined ? [] : changedPlaces(issued, own);
    if (where.length === 0 || where.length > 3 || !where.every(isCharacter)) continue;
    kept.push(path.it);
  }
  const changed =
    altered(engine, (snapshot) => kept.reduce((it, path) => withOther(it, otherOf, path), snapshot)) ?? issued;
  places.push(...changedPlaces(issued, changed));
  return { issued, changed, places };

  function altered(from: FormEngine, change: (snapshot: unknown) => unknown) {
    try {
      return pageOf(altering(from, change), formId, code);
    } catch {
      return undefined; // not a certificate any more: the form refuses it
    }
  }
}

/** What a verifier says of a scan of a front; undefined: its mark was not read. */
export async function differencesIn(scan: GrayImage, { issued }: FrontChange, read: ReadCodes) {
  const [mark] = (await readPaper(scan, read, sha256)).marks;
  return mark && compare(layOver(issued.picture, 150, keepFront(scan, mark.corners)));
}
