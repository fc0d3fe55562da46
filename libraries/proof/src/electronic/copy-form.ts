/**
 * Every object that an electronic copy may have, word for word. A file has exactly these, each once in its place and each
 * in use: no action, script, layer, attachment, second field, annotation or form of another kind has a place to stand.
 */
import type { HouseFile, HouseObject } from './house-file.ts';

/**
 * `{role}`: a reference to an object of that role; `{role*}`: several, in order; `{role/}`: several, each with its name;
 * `{#}`: a number; `{~}`: numbers and brackets; `{hex}`: hexadecimal digits; `{date}`: a time in Japan.
 */
const shapes = {
  catalog:
    '<</Type/Catalog/Pages {pages}/Metadata {metadata}/Lang(ja-JP)/MarkInfo<</Marked true>>/StructTreeRoot {tree}/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Gray)/Info(Gray)/DestOutputProfile {profile}>>]/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>/AcroForm<</Fields[{field}]/SigFlags 3>>/Perms<</DocMDP {signature}>>/DokodemoCopy {facts}>>',
  pages: '<</Type/Pages/Kids[{page*}]/Count {#}>>',
  page: '<</Type/Page/Parent {pages}/MediaBox[0 0 595.2 841.92]/Resources<</Font<</F {font}>>/XObject<<{image/}>>>>/Contents {content}/StructParents {#}/Tabs/S>>',
  firstPage:
    '<</Type/Page/Parent {pages}/MediaBox[0 0 595.2 841.92]/Resources<</Font<</F {font}>>/XObject<<{image/}>>>>/Contents {content}/StructParents 0/Tabs/S/Annots[{field}]>>',
  content: '<</Filter/FlateDecode/Length {#}>>',
  font: '<</Type/Font/Subtype/Type0/BaseFont/DOKODE+IPAmjMincho/Encoding/Identity-H/DescendantFonts[{descendant}]/ToUnicode {unicode}>>',
  descendant:
    '<</Type/Font/Subtype/CIDFontType2/BaseFont/DOKODE+IPAmjMincho/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor}/DW 1000/W[{~}]/CIDToGIDMap/Identity>>',
  descriptor:
    '<</Type/FontDescriptor/FontName/DOKODE+IPAmjMincho/Flags 4/FontBBox[{~}]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 709/StemV 80/FontFile2 {fontFile}>>',
  descriptorWithSet:
    '<</Type/FontDescriptor/FontName/DOKODE+IPAmjMincho/Flags 4/FontBBox[{~}]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 709/StemV 80/FontFile2 {fontFile}/CIDSet {glyphSet}>>',
  fontFile: '<</Filter/FlateDecode/Length1 {#}/Length {#}>>',
  unicode: '<</Filter/FlateDecode/Length {#}>>',
  glyphSet: '<</Length {#}>>',
  image:
    '<</Type/XObject/Subtype/Image/Width {#}/Height {#}/ImageMask true/BitsPerComponent 1/Decode[1 0]/Filter/FlateDecode/Length {#}>>',
  metadata: '<</Type/Metadata/Subtype/XML/Length {#}>>',
  profile: '<</N 1/Filter/FlateDecode/Length {#}>>',
  info: '<</Title <{hex}>/Creator(Dokodemo)/CreationDate({date})>>',
  tree: '<</Type/StructTreeRoot/K[{document}]/ParentTree {parents}/ParentTreeNextKey {#}>>',
  document: '<</Type/StructElem/S/Document/P {tree}/Lang(ja-JP)/K[{element*}]>>',
  parents: '<</Nums[{elements}]>>',
  element: '<</Type/StructElem/S/{tag}/P {document}/Pg {page}/K {#}>>',
  field:
    '<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/Rect[0 0 0 0]/F 132/P {page}/AP<</N {appearance}>>/V {signature}>>',
  appearance: '<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>/Length 0>>',
  facts: '<</Type/DokodemoCopy/Length {#}>>',
  signature:
    '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M({date})/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]/ByteRange[{range}]/Contents<{hex}>>>',
} as const;

export type Role = keyof typeof shapes;

/** What may stand for a role. */
const variants: Partial<Record<string, readonly Role[]>> = {
  page: ['firstPage', 'page'],
  descriptor: ['descriptor', 'descriptorWithSet'],
};

const plain: Readonly<Record<string, string>> = {
  '#': '\\d{1,10}',
  '~': '[-0-9 .\\[\\]]*',
  hex: '[0-9A-Fa-f]*',
  date: "D:\\d{14}\\+09'00'",
  tag: '(?:H1|P)',
  range: '\\d+ \\d+ \\d+ \\d+ *',
  elements: '(?:\\d{1,6}\\[\\d{1,6} 0 R(?: \\d{1,6} 0 R)*\\])*',
};

type Slot = { readonly name: string };
type Shape = { readonly pattern: RegExp; readonly slots: readonly Slot[]; readonly isStream: boolean };

function shapeOf(text: string): Shape {
  const slots: Slot[] = [];
  const source = text.split(/(\{[^}]+\})/).map((piece, i) => {
    if (i % 2 === 0) return piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const name = piece.slice(1, -1);
    const known = plain[name];
    if (known !== undefined && name !== 'elements') return known;
    slots.push({ name: name.replace(/[*/]$/, '').replace('elements', 'element') });
    if (known !== undefined) return `(${known})`;
    if (name.endsWith('*')) return '(\\d{1,6} 0 R(?: \\d{1,6} 0 R)*)';
    return name.endsWith('/') ? '((?:/I\\d{1,3} \\d{1,6} 0 R)*)' : '(\\d{1,6} 0 R)';
  });
  return { pattern: new RegExp(`^${source.join('')}$`), slots, isStream: text.includes('/Length {#}>>') || text.includes('/Length 0>>') }; // biome-ignore format: one thought
}

const compiled = Object.fromEntries(Object.entries(shapes).map(([role, text]) => [role, shapeOf(text)])) as Readonly<
  Record<Role, Shape>
>;

export type CopyForm = {
  readonly pages: number;
  /** Numbers of the objects. */
  readonly facts: number;
  readonly signature: number;
};

function matchOf({ value, stream }: HouseObject, role: string): { role: Role; found: RegExpExecArray } | undefined {
  for (const name of variants[role] ?? [role as Role]) {
    const { pattern, isStream } = compiled[name];
    const found = isStream === (stream !== undefined) ? pattern.exec(value) : null;
    if (found !== null) return { role: name, found };
  }
  return undefined;
}

/** A page of which more than one thing is said is not one of ours. */
const isOnce: ReadonlySet<string> = new Set(['catalog', 'pages', 'field', 'facts', 'signature', 'firstPage', 'info']);

/** What is wrong with it, in words for the one who looks into it; or where its parts are. */
export function readCopyForm({ objects, root, info }: HouseFile): CopyForm | string {
  const roles = new Map<number, Role>();
  const asked: { readonly number: number; readonly role: string }[] = [
    { number: root, role: 'catalog' },
    { number: info, role: 'info' },
  ];
  for (let next = asked.pop(); next !== undefined; next = asked.pop()) {
    const { number, role } = next;
    const known = roles.get(number);
    if (known !== undefined) {
      if ((variants[role] ?? [role]).includes(known)) continue;
      return `object ${number} is ${known} and ${role}`;
    }
    const object = objects[number - 1];
    const match = object === undefined ? undefined : matchOf(object, role);
    if (match === undefined) return `object ${number} is no ${role} as the house writes it`;
    roles.set(number, match.role);
    for (const [i, { name }] of compiled[match.role].slots.entries()) {
      for (const [, to] of (match.found[i + 1] as string).matchAll(/(\d+) 0 R/g)) asked.push({ number: Number(to), role: name }); // biome-ignore format: one thought
    }
  }
  if (roles.size !== objects.length) return `${objects.length - roles.size} objects are not in use`;
  return placesOf(roles);
}

function placesOf(roles: ReadonlyMap<number, Role>): CopyForm | string {
  const of = (role: Role) => [...roles].filter(([, it]) => it === role).map(([number]) => number);
  for (const role of isOnce) if (of(role as Role).length !== 1) return `there are ${of(role as Role).length} ${role}`;
  const [signature, facts] = [of('signature')[0] ?? 0, of('facts')[0] ?? 0];
  if (signature !== roles.size) return 'the signature is not the last object';
  return { pages: of('page').length + 1, facts, signature };
}
