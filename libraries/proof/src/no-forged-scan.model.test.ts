/**
 * Whole scans, both sides, that somebody changed who has the papers of two people: what holds shows what was issued,
 * and nothing fails but in the ways that are defined. The scans are small (150 dpi, one row of codes, two pixels a
 * module), so that many can be judged. PROOF_ATTACKS multiplies how many are tried.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fieldWidth, rowPitch } from './back/back-page.ts';
import { encodePng } from './files/encode-png.ts';
import { openToolsInNode } from './files/in-node.ts';
import { type VerifierTools, verifyFiles } from './files/verify-files.ts';
import { markPlace } from './front-mark.ts';
import { cropped, type GrayImage, halved } from './read/gray-image.ts';
import { type TestAuthority, testAuthority } from './testing/authority.ts';
import { type Chance, chanceOf } from './testing/chance.ts';
import { throughJpeg } from './testing/jpeg-loss.ts';
import { pageLike } from './testing/page-like.ts';
import { type MadeSheet, makeSheet } from './testing/paper.ts';

const times = Math.max(1, Number(process.env.PROOF_ATTACKS ?? 1));
const perRound = 26;
const perMm = 150 / 25.4;
const below = (chance: Chance, count: number) => Math.floor(chance.next() * count);

type Sides = { readonly front: GrayImage; readonly back: GrayImage };
type Person = Sides & { readonly sheet: MadeSheet };

let authority: TestAuthority;
let tools: VerifierTools;
let people: readonly [Person, Person];

before(async () => {
  authority = await testAuthority();
  tools = await openToolsInNode();
  const signer = await authority.signerOf('482013');
  const person = (seed: number): Person => {
    const number = `20261123-482013-000004${seed}`;
    const sheet = makeSheet(signer, seed, {
      documentNumber: number,
      picture: pageLike(seed, 620, 877),
      pictureDpi: 75,
    });
    const [front, back] = [halved(sheet.front), halved(sheet.back)];
    // The field begins 12.5 mm from the left and 38 mm from the top.
    const [left, top] = [Math.round(12.5 * perMm) - 12, Math.round(38 * perMm) - 12];
    return { sheet, front, back: cropped(back, left, top, 2 * fieldWidth + 24, 2 * rowPitch + 16) };
  };
  people = [person(1), person(2)];
});

type Box = readonly [number, number, number, number];

function boxIn({ width, height }: GrayImage, chance: Chance, least: number, most: number): Box {
  const [w, h] = [least, least].map((it) => it + below(chance, Math.min(most, width, height) - it)) as [number, number];
  return [below(chance, width - w), below(chance, height - h), w, h];
}

/** A part of another picture, or of this one, in its place or elsewhere. */
function pasted(
  into: GrayImage,
  from: GrayImage,
  [x, y, w, h]: Box,
  [toX, toY]: readonly [number, number] = [x, y],
): GrayImage {
  const pixels = into.pixels.slice();
  for (let v = 0; v < h; v++)
    pixels.set(
      from.pixels.subarray((y + v) * from.width + x, (y + v) * from.width + x + w),
      (toY + v) * into.width + toX,
    );
  return { ...into, pixels };
}

const mapped = (picture: GrayImage, of: (value: number) => number): GrayImage => ({
  ...picture,
  pixels: picture.pixels.map((it) => Math.min(255, Math.max(0, of(it)))),
});

function mirrored({ width, height, pixels }: GrayImage): GrayImage {
  return { width, height, pixels: pixels.map((_, i) => pixels[i - (i % width) + width - 1 - (i % width)] as number) };
}

function resized({ width, height, pixels }: GrayImage, factor: number): GrayImage {
  const [w, h] = [Math.round(width * factor), Math.round(height * factor)];
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      out[y * w + x] = pixels[Math.min(height - 1, Math.floor(y / factor)) * width + Math.min(width - 1, Math.floor(x / factor))] as number; // biome-ignore format: one thought
  return { width: w, height: h, pixels: out };
}

const tilePx = 354;
/** Tiles of another back, in their place or in another’s. */
function tilesSwapped(own: GrayImage, foreign: GrayImage, chance: Chance): GrayImage {
  let out = own;
  for (let n = 0; n <= below(chance, 3); n++) {
    const [from, to] = [12 + 368 * below(chance, 3), 12 + 368 * below(chance, 3)];
    out = pasted(out, foreign, [from, 12, tilePx, tilePx], [to, 12]);
  }
  return out;
}

/** Two lines of the text exchanged: what stands in them is all from this paper. */
function copyMoved(front: GrayImage, chance: Chance): GrayImage {
  const box = boxIn(front, chance, 50, 300);
  return pasted(front, front, box, [below(chance, front.width - box[2]), below(chance, front.height - box[3])]);
}

const markBox: Box = [markPlace.leftMm - 3, markPlace.topMm - 3, markPlace.sideMm + 6, markPlace.sideMm + 6].map((it) => Math.round(it * perMm)) as unknown as Box; // biome-ignore format: one thought

type Change = (own: Person, other: Person, chance: Chance) => Sides;

const changes: Readonly<Record<string, Change>> = {
  'a part of another front': ({ front, back }, other, chance) => ({ front: pasted(front, other.front, boxIn(front, chance, 40, 500)), back }),
  'another front': ({ back }, other) => ({ front: other.front, back }),
  'another front with the own mark': ({ front, back }, other) => ({ front: pasted(other.front, front, markBox), back }),
  'a part of the front moved': ({ front, back }, _, chance) => ({ front: copyMoved(front, chance), back }),
  'a part of the front whitened or blackened': ({ front, back }, _, chance) => {
    const value = chance.next() < 0.7 ? 255 : 0;
    return { front: pasted(front, mapped(front, () => value), boxIn(front, chance, 30, 400)), back };
  },
  'tiles of another back': ({ front, back }, other, chance) => ({ front, back: tilesSwapped(back, other.back, chance) }),
  'parts of the back': ({ front, back }, other, chance) => ({
    front,
    back: pasted(pasted(back, other.back, boxIn(back, chance, 10, 350)), mirrored(back), boxIn(back, chance, 10, 200)),
  }),
  'mirrored': ({ front, back }, _, chance) => (chance.next() < 0.5 ? { front: mirrored(front), back } : { front, back: mirrored(back) }),
  'inverted': ({ front, back }, _, chance) => (chance.next() < 0.5 ? { front: mapped(front, (it) => 255 - it), back } : { front, back: mapped(back, (it) => 255 - it) }),
  'cut off': ({ front, back }, _, chance) => ({ front: cropped(front, 0, 0, front.width, 300 + below(chance, 1_200)), back: cropped(back, ...boxIn(back, chance, 200, 380)) }),
  'resized': ({ front, back }, _, chance) => ({ front: resized(front, chance.between(0.4, 1.3)), back: resized(back, chance.between(0.4, 1.4)) }),
  'noise': ({ front, back }, _, chance) => ({ front: mapped(front, (it) => it + 90 * chance.normal()), back: mapped(back, (it) => it + 90 * chance.normal()) }),
  'JPEG of hardly anything': ({ front, back }, _, chance) => ({ front: throughJpeg(front, 1 + below(chance, 6)), back: throughJpeg(back, 1 + below(chance, 6)) }),
}; // biome-ignore format: a line each

/** Somewhere a character’s square of it (4 mm, each 2 mm) shows something else than was issued. */
function isForged({ front }: Sides, own: Person): boolean {
  if (front === own.front) return false;
  const { width, height, pixels } = own.front;
  if (front.width !== width || front.height !== height) return front.height === height;
  const half = Math.round(2 * perMm);
  const [columns, rows] = [Math.floor((width - 90) / half), Math.floor((height - 90) / half)];
  const changed = new Uint32Array(columns * rows);
  for (let y = 0; y < rows * half; y++) {
    for (let x = 0; x < columns * half; x++) {
      const at = (y + 45) * width + x + 45;
      const part = Math.floor(y / half) * columns + Math.floor(x / half);
      if (Math.abs((pixels[at] as number) - (front.pixels[at] as number)) > 120)
        changed[part] = (changed[part] as number) + 1;
    }
  }
  return changed.some((count, i) => {
    if (i % columns === columns - 1 || i >= columns * (rows - 1)) return false;
    const square = [count, changed[i + 1], changed[i + columns], changed[i + columns + 1]] as number[];
    return square.reduce((sum, it) => sum + it) > 0.3 * (2 * half) ** 2;
  });
}

test(`${perRound * times} changed scans: none is accepted that shows something else, and nothing breaks`, async () => {
  const names = Object.keys(changes);
  const counts = { judged: 0, unreadable: 0, held: 0, forged: 0 };
  for (let seed = 1; seed <= perRound * times; seed++) {
    const chance = chanceOf(seed + 70_000);
    const [own, other] = seed % 2 === 1 ? people : ([people[1], people[0]] as const);
    const name = names[seed % names.length] as string;
    const sides = (changes[name] as Change)(own, other, chance);
    const forged = name !== 'noise' && !name.startsWith('JPEG') && isForged(sides, own);
    const files = [sides.front, sides.back].map((it, i) => ({ name: `${i}.png`, bytes: encodePng(it) }));
    // A tenth of the files are damaged as well.
    const file = files[below(chance, 2)];
    if (chance.next() < 0.1 && file !== undefined) file.bytes[below(chance, file.bytes.length)] = below(chance, 256);
    const done = await verifyFiles(files, tools, { trust: authority.trust });
    counts.judged++;
    if (forged) counts.forged++;
    if (!done.readable) {
      counts.unreadable++;
      continue;
    }
    for (const { integrity, issuer, facts } of done.sheets) {
      const told = [own, other].find(({ sheet }) => sheet.facts.documentNumber === facts?.documentNumber);
      if (issuer.answer === 'holds') assert.ok(told !== undefined, `${name}, seed ${seed}: facts of nobody`);
      if (integrity.answer !== 'holds') continue;
      counts.held++;
      assert.equal(issuer.answer, 'holds', `${name}, seed ${seed}`);
      assert.ok(told === own && !forged, `${name}, seed ${seed}: a forged scan was accepted`);
    }
  }
  assert.ok(counts.forged > perRound / 6 && counts.held > perRound / 20, JSON.stringify(counts));
});

test('what was not changed holds', async () => {
  for (const { front, back } of people) {
    const files = [front, back].map((it, i) => ({ name: `${i}.png`, bytes: encodePng(it) }));
    const done = await verifyFiles(files, tools, { trust: authority.trust });
    assert.equal(done.readable && done.sheets[0]?.integrity.answer, 'holds');
  }
});
