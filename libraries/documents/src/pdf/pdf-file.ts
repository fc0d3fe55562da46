/** The file around a sheet: objects, cross-reference table, what PDF/A-2b wants (ISO 19005-2). */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { FontSubset } from '../font/font-subset.ts';
import { grayProfile } from './gray-profile.ts';

/** A4 as a whole number of pixels at 600 dpi (4960 × 7016), in points. */
export const pageWidth = 595.2;
export const pageHeight = 841.92;

export type BitImage = {
  readonly width: number;
  readonly height: number;
  /** Rows of whole bytes, most significant bit first; 1 is black. */
  readonly bits: Uint8Array;
};

export type SheetParts = {
  readonly title: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  readonly content: string;
  readonly subset: FontSubset;
  readonly boundingBox: readonly [number, number, number, number];
  /** `gid [width]` entries for widths other than 1000. */
  readonly widths: string;
  readonly toUnicode: string;
  readonly images: Readonly<Record<string, BitImage>>;
};

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function hexText(text: string): string {
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
}

/** 2026-11-23T10:00:00+09:00 → D:20261123100000+09'00' */
function pdfDate(iso: string): string {
  const [, year, month, day, hour, minute, second, sign, offsetHour, offsetMinute] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?([+-])(\d\d):(\d\d)$/.exec(iso) ?? [];
  if (year === undefined) throw new RangeError(`not an instant with offset: ${iso}`);
  return `D:${year}${month}${day}${hour}${minute}${second}${sign}${offsetHour}'${offsetMinute}'`;
}

function metadata({ title, createdAt }: SheetParts): string {
  const at = createdAt.replace(/\.\d+/, '');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(title)}</rdf:li></rdf:Alt></dc:title></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>${at}</xmp:CreateDate><xmp:CreatorTool>Dokodemo</xmp:CreatorTool></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

const profile = deflateSync(grayProfile(), { level: 9 });
const fontName = 'DOKODE+IPAmjMincho';

class ObjectWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #offsets: number[] = [];
  #length = 0;

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  header(): void {
    this.#push(Buffer.concat([ascii('%PDF-1.7\n%'), Buffer.of(0xe2, 0xe3, 0xcf, 0xd3), ascii('\n')]));
  }

  object(number: number, ...body: readonly (string | Uint8Array)[]): void {
    this.#offsets[number] = this.#length;
    this.#push(ascii(`${number} 0 obj\n`));
    for (const part of body) this.#push(typeof part === 'string' ? ascii(part) : part);
    this.#push(ascii('\nendobj\n'));
  }

  stream(number: number, dictionary: string, ...data: readonly Uint8Array[]): void {
    const length = data.reduce((sum, part) => sum + part.length, 0);
    this.object(number, `<<${dictionary}/Length ${length}>>\nstream\n`, ...data, '\nendstream');
  }

  finish(root: number, info: number): Buffer {
    const count = this.#offsets.length;
    const start = this.#length;
    const lines = Array.from(
      { length: count - 1 },
      (_, i) => `${String(this.#offsets[i + 1]).padStart(10, '0')} 00000 n \n`,
    );
    // The file's identifier is its own content: the same sheet is the same file.
    const hash = createHash('sha256');
    for (const part of this.#parts) hash.update(part);
    const id = hash.digest('hex').slice(0, 32);
    this.#push(
      ascii(
        `xref\n0 ${count}\n0000000000 65535 f \n${lines.join('')}trailer\n<</Size ${count}/Root ${root} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]>>\nstartxref\n${start}\n%%EOF\n`,
      ),
    );
    return Buffer.concat(this.#parts);
  }
}

const firstImage = 13;

export function writeSheet(parts: SheetParts): Buffer {
  const writer = new ObjectWriter();
  const images = Object.entries(parts.images);
  const resources = images.map(([name], i) => `/${name} ${firstImage + i} 0 R`).join('');
  const xmp = Buffer.from(metadata(parts), 'utf8');
  writer.header();
  writer.object(
    1,
    '<</Type/Catalog/Pages 2 0 R/Metadata 10 0 R/Lang(ja-JP)/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Gray)/Info(Gray)/DestOutputProfile 11 0 R>>]/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>',
  );
  writer.object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>');
  writer.object(
    3,
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${pageWidth} ${pageHeight}]/Resources<</Font<</F 5 0 R>>/XObject<<${resources}>>>>/Contents 4 0 R>>`,
  );
  writer.stream(4, '/Filter/FlateDecode', deflateSync(ascii(parts.content), { level: 1 }));
  writer.object(
    5,
    `<</Type/Font/Subtype/Type0/BaseFont/${fontName}/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 9 0 R>>`,
  );
  writer.object(
    6,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${fontName}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/DW 1000/W[${parts.widths}]/CIDToGIDMap/Identity>>`,
  );
  writer.object(
    7,
    `<</Type/FontDescriptor/FontName/${fontName}/Flags 4/FontBBox[${parts.boundingBox.join(' ')}]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 709/StemV 80/FontFile2 8 0 R>>`,
  );
  writer.stream(8, `/Filter/FlateDecode/Length1 ${parts.subset.length}`, ...parts.subset.zlib);
  writer.stream(9, '/Filter/FlateDecode', deflateSync(ascii(parts.toUnicode), { level: 1 }));
  writer.stream(10, '/Type/Metadata/Subtype/XML', xmp);
  writer.stream(11, '/N 1/Filter/FlateDecode', profile);
  writer.object(12, `<</Title ${hexText(parts.title)}/Creator(Dokodemo)/CreationDate(${pdfDate(parts.createdAt)})>>`);
  for (const [i, [, image]] of images.entries()) {
    writer.stream(
      firstImage + i,
      `/Type/XObject/Subtype/Image/Width ${image.width}/Height ${image.height}/ImageMask true/BitsPerComponent 1/Decode[1 0]/Filter/FlateDecode`,
      packedImage(image),
    );
  }
  return writer.finish(1, 12);
}

const packed = new WeakMap<BitImage, Buffer>();
/** A seal is drawn thousands of times and deflated once. */
function packedImage(image: BitImage): Buffer {
  const known = packed.get(image);
  if (known !== undefined) return known;
  const made = deflateSync(image.bits, { level: 9 });
  packed.set(image, made);
  return made;
}
