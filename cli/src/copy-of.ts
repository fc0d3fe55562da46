/** `dokodemo copy-of`: the photocopy of a certificate, simulated: what a copier would make of the paper. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPages } from '@dokodemo/documents';
import { checkSignedPdf, copied, copierModes, encodePng, packed, pictured, type TrustBundle } from '@dokodemo/proof';
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

function bytesOf(file: string): Uint8Array {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) throw new CommandError(`${file}: no such file`);
    if (!found.isFile()) throw new CommandError(`${file}: no file, but a folder or the like`);
    if (found.size > mostBytes) throw new CommandError(`${file}: larger than ${mostBytes} bytes`);
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(`${file}: it cannot be read (${said(error)})`);
  }
}

/** Whoever signed it, and whether it is whole, is not this command's question. */
const nobody: TrustBundle = { format: 'dokodemo/trust/v1', madeAt: '', authorities: [], revoked: [] };
const saysItIsElectronic = (pdf: Uint8Array) => checkSignedPdf(pdf, nobody).kind !== 'none';

function pagesOf(file: string): ReturnType<typeof readPages> {
  let pages: ReturnType<typeof readPages>;
  const pdf = bytesOf(file);
  if (saysItIsElectronic(pdf))
    throw new CommandError(
      `${file}: an electronic copy. It has no 複写 ground, and a copier has nothing to find in it: each copy of the file is as good as the file. To check it: dokodemo verify ${file}. For paper, issue it without --electronic.`,
    );
  try {
    pages = readPages(pdf);
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
  const folder = path.dirname(out);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new CommandError(`${out}: cannot be written (there is no folder ${folder})`);
  const pages = pagesOf(file);
  for (const [i, page] of pages.entries()) {
    const { width, height, ink } = page.draw(printerDpi, { background: true });
    // Gray is printed as a screen of dots; here, coarsely, as every n-th dot.
    const screen = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0; x < width; x++, at++)
        ink[at] = (ink[at] as number) > 16 * (screen[(x & 3) + 4 * (y & 3)] as number) + 8 ? 1 : 0;
    const copy = copied(packed(width, height, ink), mode);
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
