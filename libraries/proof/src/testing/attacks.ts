/**
 * Published attacks on signed PDFs, built as files that programs other than ours open: Mladenov and others, "1 Trillion
 * Dollar Refund" (2019: universal forgery, incremental saving, wrapping), "Shadow Attacks" (2021), "Breaking the
 * Specification: PDF Certification" (2021: evil annotation, sneaky signature); pdf-insecurity.org.
 */

import { joinBytes, readHouseFile, writeHouseFile } from '../electronic/house-file.ts';
import { bytesOf, textOf } from '../files/byte-text.ts';

/** Length stays: every offset of the file still holds. */
function inPlace(pdf: string, from: string | RegExp, to: string): string {
  const changed = pdf.replace(from, (found) => {
    if (to.length > found.length) throw new Error(`no room for ${to}`);
    return to.padEnd(found.length);
  });
  if (changed === pdf) throw new Error(`nothing to replace: ${String(from)}`);
  return changed;
}

/** Objects written behind the file, with a table and a trailer of their own. */
function appended(pdf: string, objects: Readonly<Record<number, string>>, more = ''): string {
  const table = /startxref\n(\d+)/.exec(pdf.slice(-60))?.[1];
  const size = Number(/\/Size (\d+)/.exec(pdf.slice(-300))?.[1]);
  let all = pdf;
  let lines = '';
  for (const [number, value] of Object.entries(objects)) {
    lines += `${number} 1\n${String(all.length).padStart(10, '0')} 00000 n \n`;
    all += `${number} 0 obj\n${value}\nendobj\n`;
  }
  const trailer = `trailer\n<</Size ${size + 20}/Root 1 0 R/Info 5 0 R/Prev ${table}${more}>>`;
  return `${all}xref\n${lines}${trailer}\nstartxref\n${all.length}\n%%EOF\n`;
}

const objectOf = (pdf: string, number: number) => readHouseFile(bytesOf(pdf))?.objects[number - 1]?.value ?? '';
const numberOf = (pdf: string, part: string) =>
  (readHouseFile(bytesOf(pdf))?.objects.findIndex(({ value }) => value.includes(part)) ?? -1) + 1;
const contentsOf = (pdf: string) => /\/Contents<([0-9a-f]+)>/.exec(pdf)?.[1] ?? '';
const drawing = '<</Length 44>>\nstream\n1 0 0 rg 100 500 300 80 re f q Q q Q q Q q Q\nendstream';

/** The file as the house would write it with other objects; the signature stays as it was. */
function rewritten(
  pdf: string,
  change: (value: string, number: number) => string,
  ...added: readonly string[]
): string {
  const file = readHouseFile(bytesOf(pdf));
  if (file === undefined) throw new Error('no file of the house');
  const objects = file.objects.map(({ value, ...rest }, i) => ({ value: change(value, i + 1), ...rest }));
  return textOf(writeHouseFile({ ...file, objects: [...objects, ...added.map((value) => ({ value }))] }).bytes);
}

const page = '/Type/Page/Parent';
const range = /\/ByteRange\[[^\]]*\]/;
const contents = /\/Contents<[0-9a-f]+>/;

export const attacks: Readonly<Record<string, (pdf: string) => string>> = {
  'universal forgery: no ByteRange': (pdf) => inPlace(pdf, range, ''),
  'universal forgery: ByteRange of nothing': (pdf) => inPlace(pdf, range, '/ByteRange[]'),
  'universal forgery: ByteRange null': (pdf) => inPlace(pdf, range, '/ByteRange null'),
  'universal forgery: ByteRange of zeros': (pdf) => inPlace(pdf, range, '/ByteRange[0 0 0 0]'),
  'universal forgery: ByteRange negative': (pdf) => inPlace(pdf, range, '/ByteRange[0 -1 0 -1]'),
  'universal forgery: ByteRange over the contents too': (pdf) => inPlace(pdf, range, `/ByteRange[0 ${pdf.length} ${pdf.length} 0]`),
  'universal forgery: ByteRange of huge numbers': (pdf) => inPlace(pdf, range, '/ByteRange[0 99999999999999 1 99999999999]'),
  'universal forgery: no Contents': (pdf) => inPlace(pdf, contents, ''),
  'universal forgery: Contents null': (pdf) => inPlace(pdf, contents, '/Contents null'),
  'universal forgery: Contents empty': (pdf) => inPlace(pdf, contents, '/Contents<>'),
  'universal forgery: Contents of zeros': (pdf) => inPlace(pdf, contents, `/Contents<${'0'.repeat(contentsOf(pdf).length)}>`),
  'universal forgery: Contents not hexadecimal': (pdf) => inPlace(pdf, contents, `/Contents<${'x'.repeat(contentsOf(pdf).length)}>`),
  'universal forgery: another SubFilter': (pdf) => inPlace(pdf, '/ETSI.CAdES.detached', '/adbe.x509.rsa_sha1'),
  'universal forgery: another kind of field': (pdf) => inPlace(pdf, '/FT/Sig', '/FT/Tx'),
  'incremental saving: another page content': (pdf) =>
    appended(pdf, { [Number(/\/Contents (\d+) 0 R/.exec(pdf)?.[1])]: drawing }),
  'incremental saving: another page': (pdf) =>
    appended(pdf, { 2: '<</Type/Pages/Kids[]/Count 0>>' }),
  'incremental saving: without table and trailer': (pdf) => `${pdf}3 0 obj\n${drawing}\nendobj\n`,
  'incremental saving: a comment behind the end': (pdf) => `${pdf}% nothing\n`,
  'incremental saving: one byte behind the end': (pdf) => `${pdf}\n`,
  'incremental saving: the old signature once more': (pdf) =>
    appended(pdf, { 3: drawing, [numberOf(pdf, '/Type/Sig/')]: objectOf(pdf, numberOf(pdf, '/Type/Sig/')) }),
  'wrapping: the signed second part moved back': (pdf) => {
    const [, before, from, after] = /\/ByteRange\[0 (\d+) (\d+) (\d+)/.exec(pdf) ?? [];
    const second = pdf.slice(Number(from));
    const wrapped = `${pdf}3 0 obj\n${drawing}\nendobj\n`;
    return inPlace(`${wrapped}${second}`, range, `/ByteRange[0 ${before} ${wrapped.length} ${after}`.slice(0, 50)).replace(/(\/ByteRange\[[\d ]*\d) /, '$1]');
  },
  'wrapping: padding behind the message replaced by objects': (pdf) =>
    pdf.replace(/0{600}>>>/, `>${'/X 1 0 R'.padEnd(599)}>>>`.slice(0, 603)),
  'shadow, hide: an overlay taken away by an update': (pdf) => appended(pdf, { [numberOf(pdf, '/Subtype/Image')]: 'null' }),
  'shadow, replace: another font by an update': (pdf) =>
    appended(pdf, { [numberOf(pdf, '/Type/Font/')]: '<</Type/Font/Subtype/Type1/BaseFont/Courier>>' }),
  'shadow, replace: the value of a form field by an update': (pdf) =>
    appended(pdf, { [numberOf(pdf, '/Subtype/Widget')]: objectOf(pdf, numberOf(pdf, '/Subtype/Widget')).replace('/T(Signature)', '/T(Other)') }),
  'shadow, hide and replace: only a table that points to hidden objects': (pdf) => appended(pdf, {}),
  'shadow, hide and replace: hidden second objects of the same numbers': (pdf) =>
    rewritten(pdf, (value, number) => (number === 10 ? `${value}\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>` : value)),
  'shadow: another catalogue by an update': (pdf) => appended(pdf, { 90000: '<</Type/Catalog/Pages 2 0 R>>' }, '/Root 90000 0 R'),
  'table: an entry that points into another object': (pdf) => inPlace(pdf, /\n\d{10} 00000 n /, '\n0000000017 00000 n '),
  'table: an entry said to be free': (pdf) => inPlace(pdf, / 00000 n /, ' 00000 f '),
  'table: a hybrid file with a stream of references': (pdf) => inPlace(pdf, /\/Info 5 0 R/, '/XRefStm 9'),
  'table: startxref to another place': (pdf) => inPlace(pdf, /startxref\n\d/, 'startxref\n9'),
  'two objects of one number': (pdf) => pdf.replace('\n12 0 obj\n', '\n11 0 obj\n'),
  'certification: an evil annotation': (pdf) =>
    appended(pdf, {
      [numberOf(pdf, page)]: objectOf(pdf, numberOf(pdf, page)).replace('/Annots[9 0 R]', '/Annots[9 0 R 90000 0 R]'),
      90000: '<</Type/Annot/Subtype/FreeText/Rect[100 500 400 580]/Contents(other)/DA(/F 12 Tf)>>',
    }),
  'certification: a sneaky signature': (pdf) =>
    appended(pdf, {
      1: objectOf(pdf, 1).replace('/Fields[9 0 R]', '/Fields[9 0 R 90000 0 R]'),
      90000: '<</Type/Annot/Subtype/Widget/FT/Sig/T(Second)/Rect[100 500 400 580]/F 4/V 90001 0 R>>',
      90001: `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<${contentsOf(pdf).slice(0, 64)}>>>`,
    }),
  'a second signature in the same revision': (pdf) =>
    rewritten(pdf, (value) => value.replace('/Fields[9 0 R]', '/Fields[9 0 R 9 0 R]'), objectOf(pdf, numberOf(pdf, '/Type/Sig/'))),
  'a script when it is opened': (pdf) =>
    rewritten(pdf, (value, number) => (number === 1 ? value.replace(/>>$/, '/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>') : value)),
  'an action of the page': (pdf) =>
    rewritten(pdf, (value) => (value.includes(page) ? value.replace(/>>$/, '/AA<</O<</S/URI/URI(http://example.org)>>>>>>') : value)),
  'an embedded file': (pdf) =>
    rewritten(pdf, (value, number) => (number === 1 ? value.replace(/>>$/, '/Names<</EmbeddedFiles<</Names[]>>>>>>') : value)),
  'optional content': (pdf) =>
    rewritten(pdf, (value, number) => (number === 1 ? value.replace(/>>$/, '/OCProperties<</OCGs[]/D<<>>>>>>') : value)),
  'the same key twice in a dictionary': (pdf) =>
    rewritten(pdf, (value, number) => (number === 2 ? value.replace('/Count 1', '/Count 1/Count 1') : value)),
  'an object that nothing uses': (pdf) => rewritten(pdf, (value) => value, '<</Hidden true>>'),
  'the page turned': (pdf) => rewritten(pdf, (value) => value.replace('/StructParents 0/Tabs', '/Rotate 180/StructParents 0/Tabs')),
  'the widget made visible': (pdf) => rewritten(pdf, (value) => value.replace('/Rect[0 0 0 0]/F 132', '/Rect[99 99 500 500]/F 132')),
  'the time of the signature changed': (pdf) => inPlace(pdf, /\/M\(D:2026/, '/M(D:2025'),
  'an unsigned attribute in the message': (pdf) => pdf.replace(contents, (all) => all.replace(/0{40}>$/, `${'a1'.repeat(20)}>`)),
  'the document number changed': (pdf) => inPlace(pdf, '20261123-482013-0000042', '20261123-482013-0000043'),
  'the municipality changed': (pdf) => inPlace(inPlace(pdf, '"issuer":"482013"', '"issuer":"482021"'), '-482013-', '-482021-'),
  'the facts of another format': (pdf) => inPlace(pdf, 'electronic-copy/v1', 'electronic-copy/v2'),
  'something before the header': (pdf) => ` ${pdf}`,
  'a header of another version': (pdf) => inPlace(pdf, '%PDF-1.7', '%PDF-2.0'),
  'line ends of another system': (pdf) => pdf.replace('startxref\n', 'startxref\r'),
}; // biome-ignore format: a line each

export const attacked = (name: string, pdf: Uint8Array): Uint8Array =>
  joinBytes([bytesOf((attacks[name] ?? String)(textOf(pdf)))]);
