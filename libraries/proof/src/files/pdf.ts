/** Pages of any PDF as pictures, by PDFium as WebAssembly. */
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';
import type { GrayImage } from '../read/gray-image.ts';
import { checkSize, FileFault, mostPages } from './fault.ts';

export type PdfPage = {
  readonly of: number;
  readonly picture: GrayImage;
  /** Drawn from lines, not from a picture alone: it was never paper. */
  readonly isFile: boolean;
};

/** `pixelsPerPoint`: undefined draws sheets at 300 dpi. */
export type DrawPdf = (bytes: Uint8Array, pixelsPerPoint?: number) => AsyncGenerator<PdfPage>;

export function isPdf(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 1_024));
  return head.includes('%PDF-');
}

const a4LongPt = 842;
/** Small pages are pictures whose size nobody set, large ones too: both get what a sheet gets. */
const [usualPixels, mostOnASide] = [3_508, 7_016] as const;

function scaleOf(widthPt: number, heightPt: number): number {
  const long = Math.max(widthPt, heightPt);
  if (!(long > 0) || !Number.isFinite(long)) throw new FileFault('damaged-file');
  return long <= a4LongPt ? usualPixels / long : Math.min(300 / 72, mostOnASide / long);
}

/** `wasm`: `@hyzyla/pdfium/pdfium.wasm`. Each file has an instance of its own: nothing that a file breaks or leaves
 *  behind is there for the next. */
export async function openPdfDrawer(wasm: ArrayBuffer): Promise<DrawPdf> {
  const compiled = await WebAssembly.compile(wasm);
  const open = () =>
    PDFiumLibrary.init({
      instantiateWasm(imports, done) {
        const receive = done as unknown as (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;
        void WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled));
        return {};
      },
    });
  return async function* draw(bytes, pixelsPerPoint) {
    const library = await open();
    const document = await load(library, bytes);
    const of = document.getPageCount();
    if (of === 0) throw new FileFault('no-pages');
    if (of > mostPages) throw new FileFault('too-many-pages');
    for (let i = 0; i < of; i++) yield { of, ...(await drawPage(document, i, pixelsPerPoint)) };
  };
}

async function load(library: Awaited<ReturnType<typeof PDFiumLibrary.init>>, bytes: Uint8Array) {
  try {
    return await library.loadDocument(bytes);
  } catch (error) {
    const isLocked = error instanceof Error && /password|security/i.test(error.message);
    throw new FileFault(isLocked ? 'locked-with-a-password' : 'damaged-file');
  }
}

const mostObjectsLookedAt = 2_000;

async function drawPage(
  document: PDFiumDocument,
  index: number,
  pixelsPerPoint: number | undefined,
): Promise<Omit<PdfPage, 'of'>> {
  const page = document.getPage(index);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = pixelsPerPoint ?? scaleOf(originalWidth, originalHeight);
  const [width, height] = [Math.round(originalWidth * scale), Math.round(originalHeight * scale)];
  checkSize(width, height);
  let isFile = false;
  for (let i = 0; i < Math.min(page.getObjectCount(), mostObjectsLookedAt) && !isFile; i++)
    isFile = page.getObject(i).type === 'path';
  const { data } = await page.render({ width, height, scale: 1, colorSpace: 'Gray' });
  if (data.length !== width * height) throw new FileFault('damaged-file');
  return { picture: { width, height, pixels: data }, isFile };
}
