/**
 * A paper in front of a camera, frame by frame: codes of its back are collected over frames until they give the message;
 * its front is looked at until it can be taken. The same in a browser's worker and in Node.js; where frames come from,
 * and when it is enough, is the caller's.
 */
import { readTile } from '../back/tile.ts';
import { readMark } from '../front-mark.ts';
import { sha256 } from '../sha256.ts';
import { type Collected, collectTiles } from './collect-tiles.ts';
import { type FrontQuality, frontQuality, isTooDark } from './frame-quality.ts';
import { doubled, type GrayImage, halved } from './gray-image.ts';
import type { Code, Point, ReadCodes } from './read-codes.ts';

export type SeenCode = { readonly kind: 'tile' | 'mark'; readonly corners: Code['corners'] };

export type SeenFront = FrontQuality & {
  readonly code: string;
  /** Has the pixels that a comparison works with. */
  readonly isLarge: boolean;
  /** Large, whole and sharp enough to be compared. */
  readonly isGood: boolean;
};

export type FrameLook = {
  readonly isTooDark: boolean;
  /** Codes of this house in this frame, and where. */
  readonly codes: readonly SeenCode[];
  /** What was collected of the back so far. */
  readonly back: Collected | undefined;
  readonly front: SeenFront | undefined;
};

export type PaperWatcher = {
  /** One at a time. `thorough`: takes longer, for a frame that a person chose. */
  look(frame: GrayImage, how?: { readonly thorough?: boolean }): Promise<FrameLook>;
};

/** Pixels to a millimetre: with fewer a comparison has less than it works with. */
const leastPerMm = 4;
/** Larger frames have what a reader needs; doubling them takes longer than the next frame. */
const mostToDouble = 2_500_000;
const mostToDoubleThoroughly = 12_000_000;
/** While codes are missing, a frame in so many is looked at twice as large. */
const doubledEvery = 3;
/** Narrower ones show no mark. */
const narrowest = 500;

export function watchPaper(readCodes: ReadCodes): PaperWatcher {
  const collector = collectTiles(sha256);
  let frames = 0;
  let isTogether = false;
  return {
    async look(frame, { thorough = false } = {}) {
      frames++;
      const isLargerDue = thorough || (!isTogether && frames % doubledEvery === 0);
      const isSmall = frame.width * frame.height <= (thorough ? mostToDoubleThoroughly : mostToDouble);
      const codes = [...(await readCodes(frame))];
      // In a sharp picture the dots of the front’s ground hide the mark, until they are gray.
      if (codes.length === 0 && frame.width >= 2 * narrowest)
        codes.push(...(await readCodes(halved(frame))).map((it) => scaled(it, 2)));
      const marked = codes.find(({ bytes }) => readMark(bytes) !== undefined);
      if (isLargerDue && isSmall && marked === undefined)
        codes.push(...(await readCodes(doubled(frame))).filter(isNewTo(codes)).map((it) => scaled(it, 0.5)));
      const back = collector.add(codes.map(({ bytes }) => bytes));
      isTogether = back?.message !== undefined;
      const mark = marked ?? codes.find(({ bytes }) => readMark(bytes) !== undefined);
      return {
        isTooDark: isTooDark(frame),
        codes: codes.map(seenCode).filter((it): it is SeenCode => it !== undefined),
        back,
        front: mark === undefined ? undefined : frontOf(frame, mark),
      };
    },
  };
}

const isNewTo = (codes: readonly Code[]) => (code: Code) =>
  !codes.some(({ bytes }) => bytes.length === code.bytes.length && bytes.every((byte, i) => byte === code.bytes[i]));

function scaled({ bytes, corners: [a, b, c, d] }: Code, factor: number): Code {
  const at = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor });
  return { bytes, corners: [at(a), at(b), at(c), at(d)] };
}

function seenCode({ bytes, corners }: Code): SeenCode | undefined {
  if (readMark(bytes) !== undefined) return { kind: 'mark', corners };
  return readTile(bytes) === undefined ? undefined : { kind: 'tile', corners };
}

function frontOf(frame: GrayImage, { bytes, corners }: Code): SeenFront {
  const quality = frontQuality(frame, corners);
  const { pixelsPerMm, isWhole, isSharp } = quality;
  const isLarge = pixelsPerMm >= leastPerMm;
  return { ...quality, code: readMark(bytes) ?? '', isLarge, isGood: isWhole && isSharp && isLarge };
}
