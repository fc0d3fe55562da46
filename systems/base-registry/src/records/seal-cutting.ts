/**
 * Impressions for a town that does not exist: a ring with characters in lines of even width, as seals are cut. A few
 * plain characters are drawn as they are; every other one is a shape made from its code point that looks like seal script
 * and is none. Only what is needed to draw it is kept in the register; the dots are made when somebody asks.
 */
import { type SealImpression, sealImpressionFault } from '@dokodemo/domain';

/** What a seal is cut from. */
export type SealCut = {
  /** One to four characters, read downwards, columns from the right. */
  readonly legend: string;
  readonly sizeMm: number;
  readonly dpi: number;
  readonly shape: 'round' | 'square';
  /** Where the ring has its nick, 0–359; every seal has one of its own. */
  readonly nickDegrees: number;
};

type Point = readonly [number, number];
/** A stroke through points of a cell of 10 × 10. */
type Stroke = readonly Point[];

const box = (left: number, top: number, right: number, bottom: number): Stroke => [
  [left, top], [right, top], [right, bottom], [left, bottom], [left, top],
]; // biome-ignore format: one box
const line = (...numbers: readonly number[]): Stroke =>
  Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0]);

/** 木 as seal script has it: a stem, a bowl of branches, an arch of roots. */
const tree = (left: number, right: number, top = 0.3, bottom = 9.7): readonly Stroke[] => {
  const [middle, height] = [(left + right) / 2, bottom - top];
  const at = (share: number) => top + height * share;
  return [
    line(middle, top, middle, bottom),
    line(left, at(0.1), left, at(0.4), right, at(0.4), right, at(0.1)),
    line(left, at(0.95), left, at(0.62), right, at(0.62), right, at(0.95)),
  ];
};

const plain: Readonly<Record<string, readonly Stroke[]>> = {
  見: [box(2.4, 0.3, 7.6, 6), line(2.4, 2.2, 7.6, 2.2), line(2.4, 4.1, 7.6, 4.1), line(3.8, 6, 3.8, 8, 0.8, 8, 0.8, 9.7), line(6.2, 6, 6.2, 9.6, 9.4, 9.6, 9.4, 7.6)],
  本: [...tree(0.8, 9.2), line(2.6, 8.5, 7.4, 8.5)],
  木: tree(0.8, 9.2),
  林: [...tree(0.3, 4.4), ...tree(5.6, 9.7)],
  森: [...tree(2.2, 7.8, 0.2, 4.7), ...tree(0.3, 4.4, 5.4, 9.8), ...tree(5.6, 9.7, 5.4, 9.8)],
  田: [box(0.8, 0.8, 9.2, 9.2), line(5, 0.8, 5, 9.2), line(0.8, 5, 9.2, 5)],
  中: [box(1, 2.8, 9, 7), line(5, 0.2, 5, 9.8)],
  山: [line(0.8, 3.2, 0.8, 9.2, 9.2, 9.2, 9.2, 3.2), line(5, 0.4, 5, 9.2)],
  川: [line(1, 0.6, 1, 9.4), line(5, 0.6, 5, 9.4), line(9, 0.6, 9, 9.4)],
  小: [line(5, 0.4, 5, 9.6), line(2.4, 2.6, 2.4, 6, 0.8, 6, 0.8, 9), line(7.6, 2.6, 7.6, 6, 9.2, 6, 9.2, 9)],
  大: [line(5, 0.3, 5, 5.2), line(0.8, 2.2, 0.8, 3.8, 9.2, 3.8, 9.2, 2.2), line(1, 9.7, 1, 6.2, 5, 5.2, 9, 6.2, 9, 9.7)],
  井: [line(3.1, 0.4, 3.1, 9.6), line(6.9, 0.4, 6.9, 9.6), line(0.4, 3.2, 9.6, 3.2), line(0.4, 6.8, 9.6, 6.8)],
  上: [line(4.6, 0.5, 4.6, 9.2), line(4.6, 4.4, 9, 4.4), line(0.6, 9.2, 9.4, 9.2)],
  石: [line(0.8, 0.8, 9.2, 0.8), line(2.4, 0.8, 2.4, 9.4), box(4.2, 4, 9, 9.2)],
  町: [box(0.4, 1.4, 4.8, 8.6), line(2.6, 1.4, 2.6, 8.6), line(0.4, 5, 4.8, 5), line(5.8, 1.2, 9.8, 1.2), line(7.8, 1.2, 7.8, 9, 6.2, 9)],
  土: [line(5, 0.4, 5, 9.2), line(1.8, 4.2, 8.2, 4.2), line(0.6, 9.2, 9.4, 9.2)],
  口: [box(1, 1.4, 9, 8.6)],
}; // biome-ignore format: one character a line

/** Parts of a shape in a cell of 10 × 10, alike from both sides. */
const parts: readonly (readonly Stroke[])[] = [
  [box(1, 1, 9, 9), line(1, 5, 9, 5)],
  [line(5, 0, 5, 10), line(1, 2, 9, 2), line(1, 8, 9, 8), line(2.6, 5, 7.4, 5)],
  [line(1, 10, 1, 1, 9, 1, 9, 10), line(5, 1, 5, 10), line(3, 5.5, 7, 5.5)],
  [line(1, 1, 1, 9, 9, 9, 9, 1), line(5, 0, 5, 9), line(3, 1, 3, 5.5, 7, 5.5, 7, 1)],
  [line(0.6, 4, 3, 4, 3, 1, 7, 1, 7, 4, 9.4, 4), line(0.6, 9, 3, 9, 3, 6.5, 7, 6.5, 7, 9, 9.4, 9)],
  [line(1, 1, 9, 1), line(5, 1, 5, 6), line(1, 10, 1, 6, 9, 6, 9, 10), line(3.4, 8.4, 6.6, 8.4)],
  [box(2.2, 1, 7.8, 5.4), line(5, 5.4, 5, 10), line(0.8, 10, 0.8, 7.6, 9.2, 7.6, 9.2, 10)],
];

const placed = (strokes: readonly Stroke[], left: number, top: number, width: number, height: number) =>
  strokes.map((stroke) => stroke.map(([x, y]): Point => [left + (x / 10) * width, top + (y / 10) * height]));

/** A shape of two parts, one over or beside the other, by the character's code point. */
function likeSealScript(character: string): readonly Stroke[] {
  const code = Math.imul(character.codePointAt(0) ?? 0, 0x9e37_79b1) >>> 0;
  const part = (shift: number) => parts[(code >>> shift) % parts.length] ?? [];
  return code % 3 === 0
    ? [...placed(part(4), 0, 0.4, 4.5, 9.2), ...placed(part(11), 5.5, 0.4, 4.5, 9.2)]
    : [...placed(part(4), 0.6, 0, 8.8, 4.6), ...placed(part(11), 0.6, 5.4, 8.8, 4.6)];
}

type Sheet = { readonly size: number; readonly dots: Uint8Array };

/** A line of even width with round ends. */
function draw({ size, dots }: Sheet, [x0, y0]: Point, [x1, y1]: Point, width: number): void {
  const reach = width / 2;
  const lengthSquared = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  for (
    let y = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
    y <= Math.min(size - 1, Math.max(y0, y1) + reach);
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
      x <= Math.min(size - 1, Math.max(x0, x1) + reach);
      x++
    ) {
      const along = lengthSquared === 0 ? 0 : ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / lengthSquared;
      const t = Math.min(1, Math.max(0, along));
      const [dx, dy] = [x - (x0 + t * (x1 - x0)), y - (y0 + t * (y1 - y0))];
      if (dx * dx + dy * dy <= reach * reach) dots[y * size + x] = 1;
    }
  }
}

/** Ring or frame, with its nick; outside of it nothing stays. */
function frame({ size, dots }: Sheet, { shape, nickDegrees }: SealCut, width: number): void {
  const middle = (size - 1) / 2;
  const nick = (nickDegrees * Math.PI) / 180;
  const [nickX, nickY] = [Math.cos(nick), Math.sin(nick)];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [dx, dy] = [x - middle, y - middle];
      const out = shape === 'round' ? Math.sqrt(dx * dx + dy * dy) : Math.max(Math.abs(dx), Math.abs(dy));
      const at = y * size + x;
      if (out > size / 2) dots[at] = 0;
      else if (out > size / 2 - width) {
        const distance = Math.abs(dx * nickY - dy * nickX);
        const nicked = dx * nickX + dy * nickY > 0 && distance < width * 0.45 && out > size / 2 - width * 0.55;
        dots[at] = nicked ? 0 : 1;
      }
    }
  }
}

/** The square that one character fills, in shares of the whole. */
function cellsOf(count: number, shape: SealCut['shape']): readonly (readonly [number, number, number, number])[] {
  const inner = shape === 'round' ? 0.78 : 0.84;
  const edge = (1 - inner) / 2;
  if (count === 1) return [[0.2, 0.17, 0.6, 0.66]];
  const width = (round: number, square: number) => (shape === 'round' ? round : square);
  if (count <= 3) {
    const wide = count === 2 ? width(0.54, 0.7) : width(0.44, 0.56);
    return Array.from({ length: count }, (_, i) => [
      0.5 - wide / 2,
      edge + (i * inner) / count,
      wide,
      inner / count - 0.027,
    ]);
  }
  const half = width(0.3, 0.4);
  return [0, 1, 2, 3].map((i) => [i < 2 ? 0.51 : 0.49 - half, 0.5 + (i % 2 === 0 ? -half - 0.01 : 0.01), half, half]);
}

function packed({ size, dots }: Sheet): string {
  const stride = Math.ceil(size / 8);
  const bytes = new Uint8Array(stride * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++)
      if (dots[y * size + x] === 1)
        bytes[y * stride + (x >> 3)] = (bytes[y * stride + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
  }
  return Buffer.from(bytes).toString('base64');
}

export function cutSeal(cut: SealCut): SealImpression {
  const size = Math.floor((cut.sizeMm / 25.4) * cut.dpi);
  const sheet: Sheet = { size, dots: new Uint8Array(size * size) };
  const characters = [...cut.legend.replace(/[\u{E0100}-\u{E01EF}]/gu, '')].slice(0, 4);
  const cells = cellsOf(characters.length, cut.shape);
  for (const [i, character] of characters.entries()) {
    const [left, top, width, height] = cells[i] ?? [0, 0, 1, 1];
    const strokes = placed(
      plain[character] ?? likeSealScript(character),
      left * size,
      top * size,
      width * size,
      height * size,
    );
    for (const stroke of strokes) {
      for (const [n, to] of stroke.entries()) {
        const from = stroke[n - 1];
        if (from !== undefined) draw(sheet, from, to, size * (characters.length > 2 ? 0.034 : 0.042));
      }
    }
  }
  frame(sheet, cut, size * 0.05);
  const impression = { widthPx: size, heightPx: size, dpi: cut.dpi, bits: packed(sheet) };
  const fault = sealImpressionFault(impression);
  if (fault !== undefined) throw new RangeError(`a seal that cannot be registered: ${fault}`);
  return impression;
}
