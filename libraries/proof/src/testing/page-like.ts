/** Pages that look like a certificate to a program: rules, and lines of made-up characters. */
import { type BitImage, packed } from '../bit-image.ts';
import { chanceOf } from './chance.ts';

type Pen = (x: number, y: number, width: number, height: number) => void;

/** Some strokes in a square; the same number gives the same character. */
function drawCharacter(pen: Pen, number: number, x: number, y: number, side: number): void {
  const chance = chanceOf(number + 77);
  const [thin, thick] = [Math.max(1, Math.round(side / 18)), Math.max(1, Math.round(side / 9))];
  for (let i = 0; i < 5; i++) {
    const [a, b] = [Math.floor(chance.next() * (side - 2)), Math.floor(chance.next() * (side - 2))];
    const length = Math.max(3, Math.floor(side * (0.4 + 0.6 * chance.next())));
    if (i % 2 === 0) pen(x + Math.min(a, side - length), y + b, length, thin);
    else pen(x + a, y + Math.min(b, side - length), thick, length);
  }
}

/** The same seed gives the same page; `scale`: pixels to a millimetre come from the width (210 mm). */
export function pageLike(seed: number, width: number, height: number): BitImage {
  const pixels = new Uint8Array(width * height);
  const pen: Pen = (x, y, w, h) => {
    for (let row = Math.max(0, y); row < Math.min(height, y + h); row++)
      pixels.fill(1, row * width + Math.max(0, x), row * width + Math.min(width, x + w));
  };
  const chance = chanceOf(seed);
  const mm = width / 210;
  const rule = Math.max(1, Math.round(0.3 * mm));
  const [left, right] = [Math.round(15 * mm), Math.round(195 * mm)];
  const side = Math.round(3.6 * mm);
  for (let y = 30; y < 250; y += 10) {
    const top = Math.round(y * mm);
    pen(left, top, right - left, rule);
    if (y === 30 || y === 240) continue;
    const count = 12 + Math.floor(chance.next() * 30);
    for (let i = 0; i < count; i++) {
      const x = left + Math.round((2 + i * 4.1) * mm);
      drawCharacter(pen, Math.floor(chance.next() * 200), x, top + Math.round(3 * mm), side);
    }
  }
  for (const x of [left, Math.round(60 * mm), right]) pen(x, Math.round(30 * mm), rule, Math.round(210 * mm));
  return packed(width, height, pixels);
}
