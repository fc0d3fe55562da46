/**
 * The coded field of the back: 3 × 4 QR codes of version 40-L, one module 8 dots at 600 dpi (0.339 mm), columns 184
 * modules apart (a whole number of bytes), rows 181. At most 8 of the 12 carry data, so any 8 are enough.
 */
import { type BitImage, strideOf } from '../bit-image.ts';
import { qrSymbol, version40L } from '../qr/qr-symbol.ts';
import { cutIntoTiles, type Digest, headerBytes } from './tile.ts';

export const columns = 3;
export const rows = 4;
export const tileCount = columns * rows;
export const mostDataTiles = 8;
export const dotsPerModule = 8;
export const columnPitch = 184;
export const rowPitch = 181;

const symbol = qrSymbol(version40L);
export const fieldWidth = (columns - 1) * columnPitch + symbol.size;
export const fieldHeight = (rows - 1) * rowPitch + symbol.size;
export const tileBytes = symbol.capacity;
/** The longest message of a back. */
export const messageMaxBytes = mostDataTiles * (tileBytes - headerBytes);

/** The coded field at one dot a module; undefined: the message is too long. */
export function drawBack(message: Uint8Array, sha256: Digest): BitImage | undefined {
  const tiles = cutIntoTiles(message, { tileBytes, count: tileCount, mostData: mostDataTiles }, sha256);
  if (tiles === undefined) return undefined;
  const stride = strideOf(fieldWidth);
  const bits = new Uint8Array(stride * fieldHeight);
  for (const [i, tile] of tiles.entries()) {
    const code = symbol.encode(tile);
    const from = strideOf(code.width);
    const left = (i % columns) * (columnPitch / 8);
    const top = Math.floor(i / columns) * rowPitch;
    for (let y = 0; y < code.height; y++)
      bits.set(code.bits.subarray(y * from, (y + 1) * from), (top + y) * stride + left);
  }
  return { width: fieldWidth, height: fieldHeight, bits };
}
