/** What a camera sees of a paper, as a film that Chromium plays in place of one: raw frames, one a second, in a loop. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { decodePng } from '@dokodemo/proof';
import { scanned } from '@dokodemo/proof/testing';

const [width, height] = [1_440, 1_920];
/** What is not paper. */
const table = 90;

/** A part of a side that fills the picture. */
export type Shot = {
  /** A scan of the side, 300 dpi, PNG. */
  readonly side: string;
  readonly leftMm?: number;
  readonly topMm?: number;
  readonly widthMm: number;
  readonly turnDegrees?: number;
  /** 1: as by day. */
  readonly light?: number;
};

function frameOf({ side, leftMm = 0, topMm = 0, widthMm, turnDegrees = 1, light = 1 }: Shot, seed: number): Buffer {
  const paper = decodePng(new Uint8Array(readFileSync(side)));
  const perMm = 300 / 25.4;
  const heightMm = (widthMm * height) / width;
  const [w, h] = [Math.round(widthMm * perMm), Math.round(heightMm * perMm)];
  const part = new Uint8Array(w * h).fill(table);
  for (let y = 0; y < h; y++) {
    const [v, u] = [y + Math.round(topMm * perMm), Math.round(leftMm * perMm)];
    if (v < 0 || v >= paper.height) continue;
    const [from, to] = [Math.max(0, u), Math.min(paper.width, u + w)];
    part.set(paper.pixels.subarray(v * paper.width + from, v * paper.width + to), y * w + from - u);
  }
  const dpi = (300 * width) / w;
  const seen = scanned({ width: w, height: h, pixels: part }, { dpi, turnDegrees, noise: 3, shade: 0.15, seed });
  const luma = Buffer.alloc(width * height, table);
  for (let y = 0; y < Math.min(height, seen.height); y++)
    for (let x = 0; x < Math.min(width, seen.width); x++)
      luma[y * width + x] = Math.round((seen.pixels[y * seen.width + x] as number) * light);
  return luma;
}

/** YUV4MPEG2, gray. */
export function makeFilm(file: string, shots: readonly Shot[]): void {
  const gray = Buffer.alloc((width * height) / 2, 128);
  const film = openSync(file, 'w');
  writeSync(film, `YUV4MPEG2 W${width} H${height} F1:1 Ip A1:1 C420jpeg\n`);
  for (const [i, shot] of shots.entries()) {
    writeSync(film, 'FRAME\n');
    writeSync(film, frameOf(shot, i + 1));
    writeSync(film, gray);
  }
  closeSync(film);
}
