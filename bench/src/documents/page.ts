/** What stands on one of our sheets, read back from its PDF: every peer draws exactly this, at the same places. */
import { inflateSync } from 'node:zlib';

/** No page comes twice: a maker that remembers what it laid out before must not gain by it. */
export const differentPages = 4_000;
/** They lie in files of so many, and are read outside the time that is measured. */
export const pagesAFile = 50;

export type PageText = {
  readonly text: string;
  /** The baseline's beginning, points from the lower left corner. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly condense: number;
  readonly spacing: number;
};

export type Page = {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PageText[];
  readonly watermarks: readonly { text: string; x: number; y: number; size: number; degrees: number; gray: number }[];
  readonly rules: readonly { x: number; y: number; toX: number; toY: number; width: number }[];
  readonly boxes: readonly { x: number; y: number; w: number; h: number; width: number }[];
  readonly seal: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
};

function streamOf(pdf: Buffer, number: string): string {
  const at = pdf.indexOf(`\n${number} 0 obj`);
  const data = pdf.indexOf('stream\n', at) + 7;
  return inflateSync(pdf.subarray(data)).toString('latin1');
}

function charactersOf(map: string): ReadonlyMap<string, string> {
  return new Map(
    [...map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)].map(([, number, text]) => [
      number as string,
      Buffer.from(text as string, 'hex')
        .swap16()
        .toString('utf16le'),
    ]),
  );
}

const number = '(-?[\\d.]+)';
const patterns = {
  move: new RegExp(`^q 1 0 0 1 ${number} ${number} cm$`),
  text: new RegExp(`^BT /F ${number} Tf ${number} Tc ${number} Tz 1 0 0 1 ${number} ${number} Tm <(.*)> Tj ET$`),
  watermark: new RegExp(
    `^BT ${number} g /F ${number} Tf 0 Tc 100 Tz ${number} ${number} ${number} ${number} ${number} ${number} Tm <(.*)> Tj ET 0 g$`,
  ),
  rule: new RegExp(`^${number} w ${number} ${number} m ${number} ${number} l S$`),
  box: new RegExp(`^${number} w ${number} ${number} ${number} ${number} re S$`),
  image: new RegExp(`^q ${number} 0 0 ${number} ${number} ${number} cm /I0 Do Q$`),
};

export function pageOf(bytes: Uint8Array): Page {
  const pdf = Buffer.from(bytes);
  const source = pdf.toString('latin1');
  const reference = (name: string) => new RegExp(`/${name} (\\d+) 0 R`).exec(source)?.[1] ?? '';
  const characters = charactersOf(streamOf(pdf, reference('ToUnicode')));
  const words = (hex: string | undefined) => (hex?.match(/.{4}/g) ?? []).map((it) => characters.get(it) ?? '').join('');
  const page = { texts: [], watermarks: [], rules: [], boxes: [] } as {
    [K in 'texts' | 'watermarks' | 'rules' | 'boxes']: Page[K][number][];
  };
  let seal: Page['seal'] = { x: 0, y: 0, w: 0, h: 0 };
  let [dx, dy] = [0, 0];
  const numbersOf = (match: RegExpExecArray | null) => match?.slice(1).map(Number) as number[] | undefined;
  for (const line of streamOf(pdf, reference('Contents')).split('\n')) {
    const move = numbersOf(patterns.move.exec(line));
    if (move !== undefined) [dx, dy] = move as [number, number];
    if (line === 'Q') [dx, dy] = [0, 0];
    const text = patterns.text.exec(line);
    if (text !== null) {
      const [size, spacing, percent, x, y] = text.slice(1, 6).map(Number) as [number, number, number, number, number];
      page.texts.push({ text: words(text[6]), x: x + dx, y: y + dy, size, condense: percent / 100, spacing });
    }
    const watermark = patterns.watermark.exec(line);
    if (watermark !== null) {
      const [gray, size, cos, sin, , , x, y] = watermark.slice(1, 9).map(Number) as number[] as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      page.watermarks.push({
        text: words(watermark[9]),
        x,
        y,
        size,
        gray,
        degrees: (Math.atan2(sin, cos) * 180) / Math.PI,
      });
    }
    const rule = numbersOf(patterns.rule.exec(line)) as [number, number, number, number, number] | undefined;
    if (rule !== undefined)
      page.rules.push({ width: rule[0], x: rule[1] + dx, y: rule[2] + dy, toX: rule[3] + dx, toY: rule[4] + dy });
    const box = numbersOf(patterns.box.exec(line)) as [number, number, number, number, number] | undefined;
    if (box !== undefined) page.boxes.push({ width: box[0], x: box[1] + dx, y: box[2] + dy, w: box[3], h: box[4] });
    const image = numbersOf(patterns.image.exec(line)) as [number, number, number, number] | undefined;
    if (image !== undefined) seal = { w: image[0], h: image[1], x: image[2], y: image[3] };
  }
  if (page.texts.length < 50 || page.watermarks.length === 0 || page.boxes.length === 0 || seal.w === 0)
    throw new Error('the sheet could not be read back');
  return { width: 595.2, height: 841.92, ...page, seal };
}
