/**
 * けん制文字, the copy-evident background: the word in large dots in a field of fine dots, of nearly the same darkness.
 * A copier's lens loses the fine ones and keeps the large ones. One mask for the whole page at 600 dpi, made once; free
 * for each document.
 */
import { type BitImage, blacken, blankImage, isBlack } from '../bit-image.ts';
import { wordShape } from './word-shape.ts';

/** Dots in pixels of 600 dpi: how far apart, and of how many pixels each. */
export type Dots = { readonly pitch: number; readonly area: number };
/** What suits a printer. The large dots' area is what is tuned: one pixel is about 0.4 % of the field's darkness. */
export type GroundProfile = { readonly name: string; readonly fine: Dots; readonly large: Dots };

const fine: Dots = { pitch: 5, area: 2 };
const finest: Dots = { pitch: 3, area: 1 };
/** From printers that print thin to such that print fat; `usual` is where to begin. Behind a fat printer a copier at
 *  600 dpi keeps fine dots of two pixels; it loses those of one, which a thin printer would lose already. */
export const groundProfiles: readonly GroundProfile[] = [
  { name: 'thin', fine, large: { pitch: 16, area: 17 } },
  { name: 'usual', fine, large: { pitch: 16, area: 21 } },
  { name: 'medium', fine: finest, large: { pitch: 16, area: 17 } },
  { name: 'fat', fine: finest, large: { pitch: 16, area: 20 } },
  { name: 'heavy', fine: finest, large: { pitch: 16, area: 26 } },
];
export const usualProfile = groundProfiles[1] as GroundProfile;

export const pageDots = { width: 4_960, height: 7_016 } as const;

/** A compact dot, as places around its upper left corner. */
export function dotOf(area: number): readonly (readonly [number, number])[] {
  const side = Math.ceil(Math.sqrt(area));
  const middle = (side - 1) / 2;
  const places = Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const);
  const far = ([x, y]: readonly [number, number]) => (x - middle) ** 2 + (y - middle) ** 2 + x / 1_000;
  return places.toSorted((a, b) => far(a) - far(b)).slice(0, area);
}

/** Nothing but dots of one kind, every other row shifted by half. */
export function dotField(width: number, height: number, { pitch, area }: Dots): BitImage {
  const image = blankImage(width, height);
  const dot = dotOf(area);
  for (const [row, y] of steps(height, pitch).entries()) {
    for (let x = row % 2 === 0 ? 0 : pitch >> 1; x < width; x += pitch)
      for (const [dx, dy] of dot) if (x + dx < width && y + dy < height) blacken(image, x + dx, y + dy);
  }
  return image;
}

const steps = (to: number, by: number) => Array.from({ length: Math.ceil(to / by) }, (_, i) => i * by);

/** Does this place of the page belong to the word? `cell`: dots along a cell. */
export function inWord(x: number, y: number, cell: number): boolean {
  const [column, row] = [Math.floor(x / cell) % wordShape.width, Math.floor(y / cell) % wordShape.height];
  return isBlack(wordShape, column, row);
}

/** The mask of a whole page, or of a piece that begins where a word does. */
export function drawGround(
  profile: GroundProfile = usualProfile,
  { width, height }: { readonly width: number; readonly height: number } = pageDots,
): BitImage {
  const image = blankImage(width, height);
  const cell = profile.large.pitch;
  const put = (dot: ReturnType<typeof dotOf>, x: number, y: number) => {
    for (const [dx, dy] of dot) if (x + dx < width && y + dy < height) blacken(image, x + dx, y + dy);
  };
  const small = dotOf(profile.fine.area);
  for (const [row, y] of steps(height, profile.fine.pitch).entries()) {
    for (let x = row % 2 === 0 ? 0 : profile.fine.pitch >> 1; x < width; x += profile.fine.pitch)
      if (!inWord(x, y, cell)) put(small, x, y);
  }
  const big = dotOf(profile.large.area);
  const edge = (cell - Math.ceil(Math.sqrt(profile.large.area))) >> 1;
  for (const y of steps(height, cell)) {
    for (const x of steps(width, cell)) if (inWord(x, y, cell)) put(big, x + edge, y + edge);
  }
  return image;
}
