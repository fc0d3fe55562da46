/** Calibration sheets, printed, copied and scanned by the simulated devices. */
import { groundProfiles } from '../background/ground.ts';
import type { BitImage } from '../bit-image.ts';
import { mm, type SheetLayout } from '../calibration/sheet-layout.ts';
import { lightFrom, printed, throughLens } from '../copier/copier.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { chanceOf } from './chance.ts';
import { written } from './printed-front.ts';

const [margin, width, rowMm] = [mm(5), mm(101), 33] as const;
const height = mm(19 + 20 + 5 * rowMm);
const nearFoot = height - margin - 300;

/** The fields of the sheet, each a third of its size, in one column: a third of the work. */
export const smallLayout: SheetLayout = {
  width,
  height,
  marks: [
    { left: margin, top: margin },
    { left: width - margin - 300, top: margin },
    { left: margin, top: nearFoot },
    { left: width - margin - 300, top: nearFoot },
  ],
  fields: groundProfiles.map((profile, i) => ({ profile, left: margin, top: mm(20 + i * rowMm) })),
  cells: { width: 134, height: 46, fromX: 13, fromY: 40 },
};

/** A printed page behind a scanner's or a copier's lens. `gain`: as `printed` has it. */
export const arriving = (page: BitImage, gain: number) => throughLens(printed(page, gain));

export type SheetScanner = {
  readonly dpi: number;
  readonly turnDegrees?: number;
  /** Of linear light, what paper gives back. */
  readonly white?: number;
  /** The far corner loses this share of its light. */
  readonly shade?: number;
  /** Deviation, of 255. */
  readonly noise?: number;
  /** Black and white only. */
  readonly bilevel?: boolean;
};

/** sRGB, as scanners write. */
export function scannedSheet(
  page: ReturnType<typeof arriving>,
  { dpi, turnDegrees = 1, white = 0.82, shade = 0.1, noise = 3, bilevel = false }: SheetScanner,
): GrayImage {
  const { width, height, toner } = page;
  const step = 600 / dpi;
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)];
  const chance = chanceOf(dpi);
  const [cos, sin] = [Math.cos((turnDegrees * Math.PI) / 180), Math.sin((turnDegrees * Math.PI) / 180)];
  const taps = Math.ceil(step);
  const pixels = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let covered = 0;
      for (let v = 0; v < taps; v++) {
        const dy = (y + (v + 0.5) / taps) * step - height / 2;
        for (let u = 0; u < taps; u++) {
          const dx = (x + (u + 0.5) / taps) * step - width / 2;
          const px = Math.floor(cos * dx + sin * dy + width / 2);
          const py = Math.floor(-sin * dx + cos * dy + height / 2);
          if (px >= 0 && py >= 0 && px < width && py < height) covered += toner[py * width + px] as number;
        }
      }
      const shaded = lightFrom(covered / taps ** 2) * white * (1 - shade * (0.6 * (x / w) + 0.4 * (y / h)));
      const grain = noise * 2 * (chance.next() + chance.next() + chance.next() - 1.5);
      const value = written(Math.min(1, shaded)) + grain;
      pixels[y * w + x] = bilevel ? (value < 128 ? 0 : 255) : Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return { width: w, height: h, pixels };
}
