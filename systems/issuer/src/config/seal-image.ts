import type { OfficialSeal as SealImage } from '@dokodemo/documents';

/** A seal's impression from a bitmap (portable bitmap, P4), scanned black on white. Throws on anything else. */
export function sealOfBitmap(file: Uint8Array, widthMm: number): SealImage {
  const head = /^P4\s+(?:#[^\n]*\n)*(\d{1,5})\s+(?:#[^\n]*\n)*(\d{1,5})\s/.exec(
    Buffer.from(file.subarray(0, 1_024)).toString('latin1'),
  );
  if (head === null) throw new Error('a seal’s impression is a portable bitmap (P4)');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const bits = file.subarray(head[0].length);
  if (width === 0 || height === 0 || bits.length !== Math.ceil(width / 8) * height) {
    throw new Error(`a bitmap of ${width} × ${height} has other bytes`);
  }
  // 400 dpi are the least at which an impression is still itself.
  if (width / (widthMm / 25.4) < 400) throw new Error('a seal’s impression has at least 400 dots an inch');
  if (!bits.some((byte) => byte !== 0)) throw new Error('the bitmap of the seal is blank');
  return { widthMm, image: { width, height, bits: new Uint8Array(bits) } };
}
