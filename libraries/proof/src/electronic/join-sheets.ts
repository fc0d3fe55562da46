/** The sheets of one copy, each a file of its own as they are drawn, as one file with room for what signs it. */

import { bytesOf, textOf } from '../files/byte-text.ts';
import { type CopyFacts, encodeCopyFacts } from './copy-facts.ts';
import { type HouseFile, type HouseObject, readHouseFile } from './house-file.ts';

/** How the house numbers the objects of a sheet (`writeSheet`). */
const ofSheet = { pages: 2, page: 3, metadata: 10, profile: 11, info: 12, tree: 14, document: 15, parents: 16, firstElement: 17 } as const; // biome-ignore format: one thought
/** Of a joined file; what belongs to single sheets follows. */
const own = { catalog: 1, pages: 2, metadata: 3, profile: 4, info: 5, tree: 6, document: 7, parents: 8, field: 9, appearance: 10, facts: 11 } as const; // biome-ignore format: one thought
const firstFree = 12;

const reference = /(\d+) 0 R/g;
const referencesIn = (value: string) => [...value.matchAll(reference)].map(([, to]) => Number(to));

class Joined {
  readonly objects: HouseObject[] = [];
  readonly pages: number[] = [];
  readonly elements: number[][] = [];
  /** Seals are drawn on every sheet and kept once. */
  readonly #pictures = new Map<string, number>();

  #number(object: HouseObject, renumbered: string): number {
    const { stream } = object;
    const isPicture = renumbered.includes('/Subtype/Image');
    const key = isPicture && stream !== undefined ? `${renumbered}${textOf(stream)}` : undefined;
    const known = key === undefined ? undefined : this.#pictures.get(key);
    if (known !== undefined) return known;
    const number = firstFree + this.objects.length;
    this.objects.push({ ...object, value: renumbered });
    if (key !== undefined) this.#pictures.set(key, number);
    return number;
  }

  /** What the page draws, from the page down: each object after those that it needs. */
  #draw(sheet: HouseFile, at: number, numbers: Map<number, number>): number {
    const known = numbers.get(at);
    if (known !== undefined) return known;
    const object = sheet.objects[at - 1];
    if (object === undefined) throw new RangeError(`a sheet without its object ${at}`);
    for (const to of referencesIn(object.value)) this.#draw(sheet, to, numbers);
    const renumbered = object.value.replaceAll(reference, (_, to) => `${numbers.get(Number(to))} 0 R`);
    const number = this.#number(object, renumbered);
    numbers.set(at, number);
    return number;
  }

  add(sheet: HouseFile): void {
    const page = sheet.objects[ofSheet.page - 1]?.value ?? '';
    const numbers = new Map<number, number>([[ofSheet.pages, own.pages]]);
    for (const to of referencesIn(page)) if (to !== ofSheet.pages) this.#draw(sheet, to, numbers);
    const isFirst = this.pages.length === 0;
    const value = page
      .replaceAll(reference, (_, to) => `${numbers.get(Number(to))} 0 R`)
      .replace('/StructParents 0/Tabs/S>>', `/StructParents ${this.pages.length}/Tabs/S${isFirst ? `/Annots[${own.field} 0 R]` : ''}>>`); // biome-ignore format: one thought
    const pageNumber = firstFree + this.objects.length;
    this.objects.push({ value });
    this.pages.push(pageNumber);
    const elements = referencesIn(sheet.objects[ofSheet.document - 1]?.value ?? '').filter((to) => to >= ofSheet.firstElement); // biome-ignore format: one thought
    this.elements.push(
      elements.map((to) => {
        const element = sheet.objects[to - 1]?.value ?? '';
        const number = firstFree + this.objects.length;
        const moved = element.replace(`/P ${ofSheet.document} 0 R`, `/P ${own.document} 0 R`);
        this.objects.push({ value: moved.replace(`/Pg ${ofSheet.page} 0 R`, `/Pg ${pageNumber} 0 R`) });
        return number;
      }),
    );
  }
}

/** Streams end with their length, so that they can be read without looking at what they hold. */
const streamOf = (dictionary: string, stream: Uint8Array): HouseObject => ({
  value: `<<${dictionary}/Length ${stream.length}>>`,
  stream,
});

/** The number of the sheet goes from the titles: the file has all of them. */
function untitled({ value, stream }: HouseObject, sheets: number): HouseObject {
  const ending = ` 1/${sheets}`;
  if (stream === undefined) {
    const hex = [...ending].map((it) => it.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()).join('');
    return { value: value.replace(`${hex}>/Creator`, '>/Creator') };
  }
  return streamOf('/Type/Metadata/Subtype/XML', bytesOf(textOf(stream).replace(`${ending}</rdf:li>`, '</rdf:li>')));
}

/** Throws RangeError when a sheet is not as the house draws it. `signature`: the value of the last object. */
export function joinSheets(sheets: readonly Uint8Array[], facts: CopyFacts, signature: string): HouseFile {
  const files = sheets.map((sheet) => readHouseFile(sheet));
  const [first] = files;
  if (first === undefined || files.length > 100) throw new RangeError('no sheets, or too many');
  const joined = new Joined();
  for (const file of files) {
    if (file === undefined || file.version !== first.version) throw new RangeError('a sheet is not of the house');
    joined.add(file);
  }
  const at = (number: number): HouseObject => first.objects[number - 1] ?? { value: '' };
  const list = (numbers: readonly number[]) => numbers.map((number) => `${number} 0 R`).join(' ');
  const last = firstFree + joined.objects.length;
  const catalog = at(1)
    .value.replace('/Pages 2 0 R/Metadata 10 0 R', `/Pages ${own.pages} 0 R/Metadata ${own.metadata} 0 R`)
    .replace(`/StructTreeRoot ${ofSheet.tree} 0 R`, `/StructTreeRoot ${own.tree} 0 R`)
    .replace(`/DestOutputProfile ${ofSheet.profile} 0 R`, `/DestOutputProfile ${own.profile} 0 R`)
    .replace(/>>$/, `/AcroForm<</Fields[${own.field} 0 R]/SigFlags 3>>/Perms<</DocMDP ${last} 0 R>>/DokodemoCopy ${own.facts} 0 R>>`); // biome-ignore format: one thought
  const objects: HouseObject[] = [
    { value: catalog },
    { value: `<</Type/Pages/Kids[${list(joined.pages)}]/Count ${joined.pages.length}>>` },
    untitled(at(ofSheet.metadata), sheets.length),
    at(ofSheet.profile),
    untitled(at(ofSheet.info), sheets.length),
    { value: `<</Type/StructTreeRoot/K[${own.document} 0 R]/ParentTree ${own.parents} 0 R/ParentTreeNextKey ${sheets.length}>>` },
    { value: `<</Type/StructElem/S/Document/P ${own.tree} 0 R/Lang(ja-JP)/K[${list(joined.elements.flat())}]>>` },
    { value: `<</Nums[${joined.elements.map((it, i) => `${i}[${list(it)}]`).join('')}]>>` },
    { value: `<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/Rect[0 0 0 0]/F 132/P ${joined.pages[0]} 0 R/AP<</N ${own.appearance} 0 R>>/V ${last} 0 R>>` },
    streamOf('/Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>', new Uint8Array(0)),
    streamOf('/Type/DokodemoCopy', encodeCopyFacts(facts)),
    ...joined.objects,
    { value: signature },
  ]; // biome-ignore format: a line each
  return { version: first.version, objects, root: own.catalog, info: own.info, id: first.id };
}
