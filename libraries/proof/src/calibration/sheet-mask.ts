/** Everything on a calibration sheet that is measured, as one mask of dots. */
import { drawGround } from '../background/ground.ts';
import { type BitImage, blacken, blankImage, isBlack } from '../bit-image.ts';
import { cellDots, dotsPerModule, fieldDots, type SheetLayout, type Spot } from './sheet-layout.ts';
import { drawCornerMark } from './sheet-mark.ts';

function put(on: BitImage, from: BitImage, at: Spot, part: { left: number; top: number }, scale = 1): void {
  const [width, height] = [(from.width - part.left) * scale, (from.height - part.top) * scale];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isDot = isBlack(from, part.left + Math.floor(x / scale), part.top + Math.floor(y / scale));
      if (isDot) blacken(on, at.left + x, at.top + y);
    }
  }
}

/** The very dots of the ground, a piece of it for each profile, and the marks in the corners. */
export function drawCalibrationMask(layout: SheetLayout): BitImage {
  const mask = blankImage(layout.width, layout.height);
  const { width, height } = fieldDots(layout);
  const from = { left: layout.cells.fromX * cellDots, top: layout.cells.fromY * cellDots };
  for (const { profile, ...at } of layout.fields) {
    const ground = drawGround(profile, { width: from.left + width, height: from.top + height });
    put(mask, ground, at, from);
  }
  for (const [corner, at] of layout.marks.entries())
    put(mask, drawCornerMark(layout, corner), at, { left: 0, top: 0 }, dotsPerModule);
  return mask;
}
