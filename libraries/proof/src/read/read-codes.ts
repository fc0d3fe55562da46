/** QR codes in a picture, with their corners, by ZXing-C++ as WebAssembly. */
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { GrayImage } from './gray-image.ts';

export type Point = { readonly x: number; readonly y: number };

export type Code = {
  /** None: where a code is, but not what it says. */
  readonly bytes: Uint8Array;
  /** Upper left, upper right, lower right, lower left of the code, as it was drawn. */
  readonly corners: readonly [Point, Point, Point, Point];
};

/** `alsoUnread`: those too that are seen and cannot be read; some of them are none. */
export type ReadCodes = (picture: GrayImage, alsoUnread?: boolean) => Promise<readonly Code[]>;

/** What is no code at all is counted here too. */
const mostSeen = 200;
const nothing = new Uint8Array(0);

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
  return async ({ width, height, pixels }, alsoUnread = false) => {
    const data = new Uint8ClampedArray(width * height * 4);
    const words = new Uint32Array(data.buffer);
    for (let i = 0; i < pixels.length; i++) words[i] = 0xff000000 | ((pixels[i] as number) * 0x010101);
    const found = await readBarcodes({ data, width, height, colorSpace: 'srgb' } as ImageData, {
      ...options,
      ...(alsoUnread ? { returnErrors: true, maxNumberOfSymbols: mostSeen } : {}),
    });
    return found
      .filter(({ isValid }) => isValid || alsoUnread)
      .map(({ isValid, bytes, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
        bytes: isValid ? bytes : nothing,
        corners: [topLeft, topRight, bottomRight, bottomLeft],
      }));
  };
}
