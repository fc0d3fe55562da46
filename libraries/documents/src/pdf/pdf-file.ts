/** The file around a sheet: objects, cross-reference table, what PDF/A-2b wants (ISO 19005-2). */
import { hash } from 'node:crypto';
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

/** Which part of ISO 19005 the file keeps: 2 (PDF/A-2b), or 1 (PDF/A-1b) for judges that know no later one. */
export type PdfaPart = 1 | 2;

/** Standard structure types (ISO 32000-1, 14.8.4). */
export type StructureRole = 'H1' | 'P';

export type SheetParts = {
  readonly title: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  readonly part: PdfaPart;
  readonly content: string;
  /** Of each piece of marked content, in order: its number in the content is its place here. */
  readonly roles: readonly StructureRole[];
  readonly subset: FontSubset;
  readonly glyphCount: number;
  readonly boundingBox: readonly number[];
  /** `gid [width]` entries for widths other than 1000. */
  readonly widths: string;
  readonly toUnicode: string;
  /** With the names under which the content draws them. */
  readonly images: ReadonlyMap<BitImage, string>;
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

function metadata({ title, createdAt, part }: SheetParts): string {
  const at = createdAt.replace(/\.\d+/, '');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
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
  #length: number;

  /** `before`: bytes of the file that this is written behind. */
  constructor(before = 0) {
    this.#length = before;
  }

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  header(version: string): void {
    this.#push(Buffer.concat([ascii(`%PDF-${version}\n%`), Buffer.of(0xe2, 0xe3, 0xcf, 0xd3), ascii('\n')]));
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

  /** The end of what is written behind a file (ISO 32000-1, 7.5.6): tables of what is new, and where the old ones are. */
  finishUpdate(
    root: number,
    info: number,
    id: string,
    before: { readonly size: number; readonly table: number },
  ): Buffer {
    const start = this.#length;
    const numbers = Object.keys(this.#offsets).map(Number);
    let lines = '';
    for (const number of numbers) lines += `${number} 1\n${String(this.#offsets[number]).padStart(10, '0')} 00000 n \n`;
    const size = Math.max(before.size, ...numbers.map((number) => number + 1));
    this.#push(
      ascii(
        `xref\n${lines}trailer\n<</Size ${size}/Root ${root} 0 R/Info ${info} 0 R/Prev ${before.table}/ID[<${id}><${id}>]>>\nstartxref\n${start}\n%%EOF\n`,
      ),
    );
    return Buffer.concat(this.#parts);
  }

  finish(root: number, info: number, id: string): Buffer {
    const count = this.#offsets.length;
    const start = this.#length;
    let lines = '';
    for (let i = 1; i < count; i++) lines += `${String(this.#offsets[i]).padStart(10, '0')} 00000 n \n`;
    this.#push(
      ascii(
        `xref\n0 ${count}\n0000000000 65535 f \n${lines}trailer\n<</Size ${count}/Root ${root} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]>>\nstartxref\n${start}\n%%EOF\n`,
      ),
    );
    return Buffer.concat(this.#parts);
  }
}

/** Small windows and tables stay in the processor's cache: a third of the time for a fiftieth more bytes. */
function packText(text: string): Buffer {
  return deflateSync(ascii(text), { level: 1, windowBits: 13, memLevel: 6, chunkSize: 32_768 });
}

const firstElement = 17;

/** The tree of the document's structure: its paragraphs in the order of reading (ISO 32000-1, 14.7). */
function writeStructure(writer: ObjectWriter, roles: readonly StructureRole[]): void {
  const elements = roles.map((_, i) => `${firstElement + i} 0 R`).join(' ');
  writer.object(14, '<</Type/StructTreeRoot/K[15 0 R]/ParentTree 16 0 R/ParentTreeNextKey 1>>');
  writer.object(15, `<</Type/StructElem/S/Document/P 14 0 R/Lang(ja-JP)/K[${elements}]>>`);
  writer.object(16, `<</Nums[0[${elements}]]>>`);
  for (const [i, role] of roles.entries())
    writer.object(firstElement + i, `<</Type/StructElem/S/${role}/P 15 0 R/Pg 3 0 R/K ${i}>>`);
}

/** Which glyphs the subset has: all of them. PDF/A-1 wants it said. */
function glyphSet(count: number): Buffer {
  const bits = Buffer.alloc(Math.ceil(count / 8));
  for (let i = 0; i < count; i++) bits[i >> 3] = (bits[i >> 3] as number) | (0x80 >> (i & 7));
  return bits;
}

type FontParts = Pick<SheetParts, 'subset' | 'glyphCount' | 'boundingBox' | 'widths' | 'toUnicode'>;

/** `numbers`: of the font, its descendant, descriptor, file, map to Unicode, and set of glyphs (undefined: not said). */
function writeFont(
  writer: ObjectWriter,
  parts: FontParts,
  [font, descendant, descriptor, file, unicode, set]: readonly [number, number, number, number, number, number?],
): void {
  writer.object(
    font,
    `<</Type/Font/Subtype/Type0/BaseFont/${fontName}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicode} 0 R>>`,
  );
  writer.object(
    descendant,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${fontName}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor} 0 R/DW 1000/W[${parts.widths}]/CIDToGIDMap/Identity>>`,
  );
  writer.object(
    descriptor,
    `<</Type/FontDescriptor/FontName/${fontName}/Flags 4/FontBBox[${parts.boundingBox.join(' ')}]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 709/StemV 80/FontFile2 ${file} 0 R${set === undefined ? '' : `/CIDSet ${set} 0 R`}>>`,
  );
  writer.stream(file, `/Filter/FlateDecode/Length1 ${parts.subset.length}`, ...parts.subset.zlib);
  writer.stream(unicode, '/Filter/FlateDecode', packText(parts.toUnicode));
}

export function writeSheet(parts: SheetParts): Buffer {
  const writer = new ObjectWriter();
  const images = [...parts.images];
  const firstImage = firstElement + parts.roles.length;
  const resources = images.map(([, name], i) => `/${name} ${firstImage + i} 0 R`).join('');
  writer.header(parts.part === 1 ? '1.4' : '1.7');
  writer.object(
    1,
    '<</Type/Catalog/Pages 2 0 R/Metadata 10 0 R/Lang(ja-JP)/MarkInfo<</Marked true>>/StructTreeRoot 14 0 R/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Gray)/Info(Gray)/DestOutputProfile 11 0 R>>]/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>',
  );
  writer.object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>');
  writer.object(
    3,
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${pageWidth} ${pageHeight}]/Resources<</Font<</F 5 0 R>>/XObject<<${resources}>>>>/Contents 4 0 R/StructParents 0/Tabs/S>>`,
  );
  writer.stream(4, '/Filter/FlateDecode', packText(parts.content));
  writeFont(writer, parts, parts.part === 1 ? [5, 6, 7, 8, 9, 13] : [5, 6, 7, 8, 9]);
  writer.stream(10, '/Type/Metadata/Subtype/XML', Buffer.from(metadata(parts), 'utf8'));
  writer.stream(11, '/N 1/Filter/FlateDecode', profile);
  writer.object(12, `<</Title ${hexText(parts.title)}/Creator(Dokodemo)/CreationDate(${pdfDate(parts.createdAt)})>>`);
  writer.stream(13, '', glyphSet(parts.glyphCount));
  writeStructure(writer, parts.roles);
  for (const [i, [image]] of images.entries()) {
    writeImage(writer, firstImage + i, image);
  }
  // The file's identifier comes from what it says: the same sheet is the same file.
  const digests = images.map(([image]) => packedImage(image).digest);
  const id = hash('sha256', [parts.title, parts.createdAt, parts.content, parts.toUnicode, ...digests].join('\n'));
  return writer.finish(1, 12, id.slice(0, 32));
}

function writeImage(writer: ObjectWriter, number: number, image: BitImage): void {
  const { bytes, filter } = packedImage(image);
  writer.stream(
    number,
    `/Type/XObject/Subtype/Image/Width ${image.width}/Height ${image.height}/ImageMask true/BitsPerComponent 1/Decode[1 0]/Filter${filter}`,
    bytes,
  );
}

export type BackParts = FontParts & {
  readonly content: string;
  /** Drawn under the name `Field`. */
  readonly field: BitImage;
};

/** Writes a second page behind the file of a sheet, which stays as it is, byte for byte. */
export function writeBack(front: Uint8Array, parts: BackParts): Buffer {
  const end = Buffer.from(front.subarray(-2_048)).toString('latin1');
  const [, size, id] = /trailer\n<<\/Size (\d+)[^>]*\/ID\[<([0-9a-f]+)>/.exec(end) ?? [];
  const table = /startxref\n(\d+)\n%%EOF\n$/.exec(end)?.[1];
  if (size === undefined || id === undefined || table === undefined) throw new RangeError('no sheet of this writer');
  const first = Number(size);
  const writer = new ObjectWriter(front.length);
  writer.object(2, `<</Type/Pages/Kids[3 0 R ${first} 0 R]/Count 2>>`);
  writer.object(
    first,
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${pageWidth} ${pageHeight}]/Resources<</Font<</F ${first + 2} 0 R>>/XObject<</Field ${first + 7} 0 R>>>>/Contents ${first + 1} 0 R>>`,
  );
  writer.stream(first + 1, '/Filter/FlateDecode', packText(parts.content));
  writeFont(writer, parts, [first + 2, first + 3, first + 4, first + 5, first + 6, first + 8]);
  writeImage(writer, first + 7, parts.field);
  writer.stream(first + 8, '', glyphSet(parts.glyphCount));
  return Buffer.concat([front, writer.finishUpdate(1, 12, id, { size: first, table: Number(table) })]);
}

/** The file of a sheet as it was before its back was written; undefined: nothing is written behind it. */
export function frontOf(pdf: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length).toString('latin1');
  const table = /\/Prev (\d+)\/ID\[[^\]]*\]>>\nstartxref\n\d+\n%%EOF\n$/.exec(text.slice(-400))?.[1];
  const end = table === undefined ? -1 : text.indexOf('%%EOF\n', Number(table));
  return end < 0 ? undefined : pdf.subarray(0, end + 6);
}

type PackedImage = { readonly bytes: Buffer; readonly filter: string; readonly digest: string };
const packed = new WeakMap<BitImage, PackedImage>();
/** Larger than any seal: a page of dots, whose deflated bytes repeat themselves and deflate once more. */
const isPageOfDots = ({ width, height }: BitImage) => width * height > 4_000_000;

/** A seal is drawn thousands of times and deflated once. */
function packedImage(image: BitImage): PackedImage {
  const known = packed.get(image);
  if (known !== undefined) return known;
  const once = deflateSync(image.bits, { level: 9 });
  const twice = isPageOfDots(image);
  const bytes = twice ? deflateSync(once, { level: 9 }) : once;
  const filter = twice ? '[/FlateDecode/FlateDecode]' : '/FlateDecode';
  const made = { bytes, filter, digest: hash('sha256', bytes) };
  packed.set(image, made);
  return made;
}
