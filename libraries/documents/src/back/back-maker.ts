/** The back of a sheet: the coded field, and above it what it is and how to check with it. The same words on every back:
 *  nothing on it is readable without the front. */
import type { GlyphStore } from '../font/glyph-store.ts';
import { glyphsOf, widthOf } from '../font/text-glyphs.ts';
import { pointsPerMm } from '../form/fitting.ts';
import { down, makeTemplate, n, Sheet, textAt } from '../form/sheet.ts';
import { type BitImage, frontOf, pageHeight, pageWidth, writeBack } from '../pdf/pdf-file.ts';
import { readPages } from '../reading/sheet-page.ts';

type Words = { readonly text: string; readonly yMm: number; readonly sizePt: number };

const words: readonly Words[] = [
  { text: 'この面は、おもて面が本物かどうかを確かめるためのものです。', yMm: 13, sizePt: 12 },
  { text: 'おもて面の内容が、発行した市区町村の電子署名とともに、照合コードで暗号化されて入っています。おもて面がなければ読めません。', yMm: 19.5, sizePt: 8.5 },
  { text: '確かめ方　①　両面を 300 dpi 以上の白黒階調で読み取ります（曲がっていても、一部が汚れていてもかまいません）。', yMm: 25, sizePt: 8.5 },
  { text: '②　「コンビニ交付」の確認ページか確認プログラムで、両面の画像を開きます。インターネットにつながっていなくても確かめられます。', yMm: 29.6, sizePt: 8.5 },
  { text: 'To check this certificate, scan both sides (300 dpi, gray) and open the pictures with the checking page or program. It works offline.', yMm: 34.2, sizePt: 8 },
  { text: '署名でわかるのは、発行元と内容が発行されたままであることです。原本であることは、おもて面を複写すると「複写」の文字があらわれることで見分けます。', yMm: 287.5, sizePt: 7 },
]; // biome-ignore format: one line each

/** Dots at 600 dpi from the upper left corner, and dots to a module. */
const fieldAt = { left: 300, top: 900, dotsPerModule: 8 } as const;
const pointsPerDot = 72 / 600;

export type BackMaker = {
  /** The sheet's file with its back written behind it. `field`: one dot a module, at most 545 × 720. */
  addBack(front: Uint8Array, field: BitImage): Uint8Array;
  /** A file that `addBack` has made, taken apart; undefined: it is not one, to the last byte. */
  takeApart(pdf: Uint8Array): { readonly front: Uint8Array; readonly field: BitImage } | undefined;
};

function contentFor(sheet: Sheet, field: BitImage): void {
  const [width, height] = [field.width, field.height].map((it) => it * fieldAt.dotsPerModule * pointsPerDot);
  const x = fieldAt.left * pointsPerDot;
  const y = pageHeight - fieldAt.top * pointsPerDot - (height ?? 0);
  sheet.raw(`q ${n(width ?? 0)} 0 0 ${n(height ?? 0)} ${n(x)} ${n(y)} cm /Field Do Q`);
}

export function openBackMaker(store: GlyphStore): BackMaker {
  const template = makeTemplate(
    store,
    words.map(({ text }) => text),
  );
  const parts = new WeakMap<BitImage, ReturnType<Sheet['parts']>>();
  const partsFor = (field: BitImage) => {
    const known = parts.get(field);
    if (known !== undefined) return known;
    const sheet = new Sheet(store, template);
    sheet.beginArtifact();
    contentFor(sheet, field);
    for (const { text, yMm, sizePt } of words) {
      const line = glyphsOf(store.font, { text });
      const natural = (widthOf(line) / 1000) * sizePt;
      const room = pageWidth - 24 * pointsPerMm;
      const condense = Math.min(1, room / natural);
      sheet.raw(textAt(sheet.hex(line), (pageWidth - natural * condense) / 2, down(yMm), sizePt, condense));
    }
    sheet.end();
    const made = sheet.parts();
    parts.set(field, made);
    return made;
  };
  const addBack: BackMaker['addBack'] = (front, field) => writeBack(front, { ...partsFor(field), field });
  return {
    addBack,
    takeApart(pdf) {
      try {
        const front = frontOf(pdf);
        const field = front === undefined ? undefined : readPages(pdf)[1]?.masks().get('Field');
        if (front === undefined || field === undefined) return undefined;
        return Buffer.compare(addBack(front, field), pdf) === 0 ? { front, field } : undefined;
      } catch {
        return undefined; // not a file of ours, then
      }
    },
  };
}
