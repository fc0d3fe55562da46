/** `dokodemo copy-of`: the photocopy of a certificate, simulated: what a copier would make of the paper. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readPages } from '@dokodemo/documents';
import { copied, copierModes, encodePng, packed, pictured } from '@dokodemo/proof';
import { CommandError } from './command-error.ts';

export type CopyOptions = { readonly dpi: string; readonly out: string };

const printerDpi = 600;
const pictureDpi = 300;

/** `out.png`, then `out-2.png` for the back, and so on. */
function nameOf(out: string, page: number): string {
  return page === 1 ? out : out.replace(/\.png$/i, `-${page}.png`);
}

/** A copy has a hundred sheets at most, each with a front and a back. */
const mostPages = 200;
const mostBytes = 64 * 2 ** 20;
const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

function pagesOf(file: string): ReturnType<typeof readPages> {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) throw new CommandError(`${file}: no such file`);
  if (bytes > mostBytes) throw new CommandError(`${file}: larger than ${mostBytes} bytes`);
  let pages: ReturnType<typeof readPages>;
  try {
    pages = readPages(new Uint8Array(readFileSync(file)));
  } catch (error) {
    throw new CommandError(`${file}: no certificate's PDF (${said(error)})`);
  }
  if (pages.length === 0 || pages.length > mostPages)
    throw new CommandError(`${file}: ${pages.length} pages; 1 to ${mostPages} are expected`);
  return pages;
}

export function copyOfCommand(file: string, { dpi, out }: CopyOptions): void {
  const mode = copierModes[Number(dpi)];
  if (mode === undefined) throw new CommandError(`--dpi ${dpi}: 200, 300 or 600 is expected`);
  if (!/\.png$/i.test(out)) throw new CommandError(`--out ${out}: a name that ends in .png is expected`);
  const pages = pagesOf(file);
  for (const [i, page] of pages.entries()) {
    const { width, height, ink } = page.draw(printerDpi, { background: true });
    // Gray is printed as a screen of dots; here, coarsely, as every n-th dot.
    const screen = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
    const dots = ink.map((it, at) =>
      it > 16 * (screen[(at % 4) + 4 * (Math.floor(at / width) % 4)] as number) + 8 ? 1 : 0,
    );
    const copy = copied(packed(width, height, dots), mode);
    const name = nameOf(out, i + 1);
    const png = encodePng(pictured(copy, pictureDpi), pictureDpi);
    try {
      writeFileSync(name, png);
    } catch (error) {
      throw new CommandError(`${name}: cannot be written (${said(error)})`);
    }
    console.log(name);
  }
}
