/** QR codes in a picture, with their corners, by ZXing-C++ as WebAssembly. */
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { GrayImage } from './gray-image.ts';

export type Point = { readonly x: number; readonly y: number };

export type Code = {
  readonly bytes: Uint8Array;
  /** Upper left, upper right, lower right, lower left of the code, as it was drawn. */
  readonly corners: readonly [Point, Point, Point, Point];
};

export type ReadCodes = (picture: GrayImage) => Promise<readonly Code[]>;

const options: ReaderOptions = {
  formats: ['QRCode'],
  maxNumberOfSymbols: 40,
  tryHarder: true,
  tryRotate: false, // finders of a QR code are found in any rotation
  tryInvert: false,
  tryDownscale: false,
};

/** `wasm`: the decoder, `zxing-wasm/reader/zxing_reader.wasm`; nothing is fetched. */
export async function openCodeReader(wasm: ArrayBuffer): Promise<ReadCodes> {
  await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true });
  return async ({ width, height, pixels }) => {
    const data = new Uint8ClampedArray(width * height * 4);
    const words = new Uint32Array(data.buffer);
    for (let i = 0; i < pixels.length; i++) words[i] = 0xff000000 | ((pixels[i] as number) * 0x010101);
    const found = await readBarcodes({ data, width, height, colorSpace: 'srgb' } as ImageData, options);
    return found
      .filter(({ isValid }) => isValid)
      .map(({ bytes, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
        bytes,
        corners: [topLeft, topRight, bottomRight, bottomLeft],
      }));
  };
}
