/** The one entry for everybody: files as people have them in, four answers out. The same in Node.js and in a browser. */
import { verifyCopy } from '../electronic/verify-copy.ts';
import type { GrayImage } from '../read/gray-image.ts';
import { openCodeReader, type ReadCodes } from '../read/read-codes.ts';
import { sha256 } from '../sha256.ts';
import { type Page, type Verdict, type Verification, type VerifyOptions, verifyPages } from '../verify.ts';
import { checkSize, type FaultCode, FileFault, mostFileBytes, mostPages } from './fault.ts';
import { frontOfIssuedFile } from './issued-file.ts';
import { isJpeg, pdfOfJpeg, readJpegHeader } from './jpeg.ts';
import { oriented } from './oriented.ts';
import { type DrawPdf, isPdf, openPdfDrawer } from './pdf.ts';
import { decodePng, isPng } from './png.ts';
import { decodeTiff, isTiff } from './tiff.ts';

export type { FaultCode };

export type GivenFile = { readonly name: string; readonly bytes: Uint8Array };

/** What decodes; opened once. */
export type VerifierTools = { readonly readCodes: ReadCodes; readonly drawPdf: DrawPdf };

/** The bytes of `zxing-wasm/reader/zxing_reader.wasm` and of `@hyzyla/pdfium/pdfium.wasm`. */
export async function openVerifierTools(wasm: {
  readonly codes: ArrayBuffer;
  readonly pages: ArrayBuffer;
}): Promise<VerifierTools> {
  const [readCodes, drawPdf] = [await openCodeReader(wasm.codes), await openPdfDrawer(wasm.pages)];
  return { readCodes, drawPdf };
}

export type Progress = {
  readonly done: number;
  /** Pages that are known of: grows when a file is opened. */
  readonly of: number;
  readonly doing: 'opening' | 'reading' | 'comparing';
  /** Which file. */
  readonly name?: string;
};

export type VerifyFilesOptions = Omit<VerifyOptions, 'readCodes'> & {
  readonly onProgress?: (progress: Progress) => void;
};

/** A file that was not looked at, or not to its end. */
export type Fault = { readonly name: string; readonly code: FaultCode };

export type FilesVerification = Verification & { readonly faults: readonly Fault[] };

type SeenPage = Page & { readonly of: number };

async function* pagesOfPdf(bytes: Uint8Array, { drawPdf }: VerifierTools): AsyncGenerator<SeenPage> {
  const front = frontOfIssuedFile(bytes);
  let isFirst = true;
  for await (const page of drawPdf(bytes)) {
    yield isFirst && front !== undefined ? { ...page, exactFront: sha256(front) } : page;
    isFirst = false;
  }
}

async function pictureOfJpeg(bytes: Uint8Array, { drawPdf }: VerifierTools, isRgb = false): Promise<GrayImage> {
  const header = readJpegHeader(bytes);
  checkSize(header.width, header.height);
  for await (const { picture } of drawPdf(pdfOfJpeg(bytes, header, isRgb), 1))
    return oriented(picture, header.orientation);
  throw new FileFault('damaged-file');
}

async function* pagesOfJpeg(bytes: Uint8Array, tools: VerifierTools): AsyncGenerator<SeenPage> {
  yield { of: 1, picture: await pictureOfJpeg(bytes, tools) };
}

/** Throws FileFault, and whatever a decoder throws. */
export function pagesOf(bytes: Uint8Array, tools: VerifierTools): Iterable<SeenPage> | AsyncIterable<SeenPage> {
  if (bytes.length === 0) throw new FileFault('empty-file');
  if (bytes.length > mostFileBytes) throw new FileFault('file-too-large');
  const one = (picture: GrayImage) => [{ picture, of: 1 }];
  if (isPng(bytes)) return one(decodePng(bytes));
  if (isJpeg(bytes)) return pagesOfJpeg(bytes, tools);
  if (isTiff(bytes)) return decodeTiff(bytes, (jpeg, isRgb) => pictureOfJpeg(jpeg, tools, isRgb));
  if (isPdf(bytes)) return pagesOfPdf(bytes, tools);
  throw new FileFault('unknown-kind');
}

/**
 * Files are opened one after the other and pages drawn one by one: of each only what is needed later is kept. A file
 * that cannot be read is named in `faults`, and the others are looked at all the same.
 */
export async function verifyFiles(
  files: readonly GivenFile[],
  tools: VerifierTools,
  options: VerifyFilesOptions,
): Promise<FilesVerification> {
  const faults: Fault[] = [];
  const copies: Verdict[] = [];
  const { onProgress } = options;
  let [done, of] = [0, files.length];
  const tell = (doing: Progress['doing'], name?: string) =>
    onProgress?.({ done, of, doing, ...(name === undefined ? {} : { name }) });
  async function* pages(): AsyncGenerator<Page> {
    for (const { name, bytes } of files) {
      tell('opening', name);
      try {
        // An electronic copy says everything itself: its pages are no pictures of paper.
        const copy = bytes.length <= mostFileBytes && isPdf(bytes) ? await verifyCopy(bytes, options) : undefined;
        if (copy !== undefined) {
          if (copies.length < mostPages) copies.push(copy);
          else throw new FileFault('too-many-pages');
          done++;
          continue;
        }
        let isFirst = true;
        for await (const { of: count, ...page } of pagesOf(bytes, tools)) {
          if (isFirst) of += count - 1;
          isFirst = false;
          if (done >= mostPages) throw new FileFault('too-many-pages');
          tell('reading', name);
          yield page;
          done++;
        }
      } catch (error) {
        // Whatever a decoder throws at a stranger’s file: the file is damaged.
        faults.push({ name, code: error instanceof FileFault ? error.code : 'damaged-file' });
      }
    }
    tell('comparing');
  }
  const verification = await verifyPages(pages(), { ...options, readCodes: tools.readCodes });
  if (copies.length === 0) return { ...verification, faults };
  return { readable: true, sheets: [...copies, ...(verification.readable ? verification.sheets : [])], faults };
}
