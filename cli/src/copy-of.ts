/** `dokodemo copy-of`: the photocopy of a certificate, simulated: what a copier would make of the paper. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readPages } from '@dokodemo/documents';
import { copied, copierModes, encodePng, packed, pictured } from '@dokodemo/proof';
import { CommandError } from './command-error.ts';

export type CopyOptions = { readonly dpi: string; readonly out: string };

const printerDpi = 600;
const pictureDpi = 300;

/** `out.png`, then `out-2.png` for the back, and so on. */
function nameOf(out: string, page: number): string {
  return page === 1 ? out : out.replace(/(\.png)?$/i, `-${page}$1`);
}

export function copyOfCommand(file: string, { dpi, out }: CopyOptions): void {
  const mode = copierModes[Number(dpi)];
  if (mode === undefined) throw new CommandError(`--dpi ${dpi}: 200, 300 or 600 is expected`);
  let pages: ReturnType<typeof readPages>;
  try {
    pages = readPages(new Uint8Array(readFileSync(file)));
  } catch (error) {
    throw new CommandError(`${file}: no certificate's PDF (${error instanceof Error ? error.message : String(error)})`);
  }
  for (const [i, page] of pages.entries()) {
    const { width, height, ink } = page.draw(printerDpi, { background: true });
    // Gray is printed as a screen of dots; here, coarsely, as every n-th dot.
    const screen = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
    const dots = ink.map((it, at) =>
      it > 16 * (screen[(at % 4) + 4 * (Math.floor(at / width) % 4)] as number) + 8 ? 1 : 0,
    );
    const copy = copied(packed(width, height, dots), mode);
    const name = nameOf(out, i + 1);
    writeFileSync(name, encodePng(pictured(copy, pictureDpi), pictureDpi));
    console.log(name);
  }
}
