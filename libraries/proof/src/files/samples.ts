import type { GrayImage } from '../read/gray-image.ts';

export type Samples = {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly bitsPerSample: 1 | 2 | 4 | 8;
  /** Rows of whole bytes. */
  readonly bytes: Uint8Array;
  /** 0 is white. */
  readonly invert?: boolean;
};

/** What the eye sees of a picture without colour (Rec. 601); transparency is white. */
export function grayFromSamples({ width, height, channels, bitsPerSample, bytes, invert = false }: Samples): GrayImage {
  const pixels = new Uint8Array(width * height);
  const stride = (width * channels * bitsPerSample + 7) >> 3;
  const most = 2 ** bitsPerSample - 1;
  for (let y = 0; y < height; y++) {
    const sample = (i: number): number => {
      if (bitsPerSample === 8) return bytes[y * stride + i] as number;
      const bit = i * bitsPerSample;
      return ((((bytes[y * stride + (bit >> 3)] as number) >> (8 - bitsPerSample - (bit & 7))) & most) * 255) / most;
    };
    for (let x = 0; x < width; x++) {
      const at = x * channels;
      const seen = channels < 3 ? sample(at) : 0.299 * sample(at) + 0.587 * sample(at + 1) + 0.114 * sample(at + 2);
      const cover = channels === 2 ? sample(at + 1) / 255 : channels === 4 ? sample(at + 3) / 255 : 1;
      const value = seen * cover + 255 * (1 - cover);
      pixels[y * width + x] = Math.round(invert ? 255 - value : value);
    }
  }
  return { width, height, pixels };
}
