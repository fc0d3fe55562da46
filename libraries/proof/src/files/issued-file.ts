/**
 * Is a PDF a sheet of the house with its back written behind it, to the last byte? The front's file is then a beginning
 * of it, and its digest can be compared with the signed one. What is written behind may add a page of its own and name
 * it in the list of pages; any other object would be read instead of one of the front's, and show something else.
 * So what is behind must be as the house writes it: the objects in order and touching one another, all of them new but
 * the list of pages, whose text is known; one table that names them and nothing else, one trailer.
 */
import { textOf } from './byte-text.ts';

const backObjects = 9;
const longestUpdate = 2_000_000;

const frontEnd =
  /trailer\n<<\/Size (\d{1,6})\/Root 1 0 R\/Info 12 0 R\/ID\[<([0-9a-f]{32})><\2>\]>>\nstartxref\n(\d{1,10})\n%%EOF\n$/;

/** The front's file, a part of `pdf`; undefined: it is none. */
export function frontOfIssuedFile(pdf: Uint8Array): Uint8Array | undefined {
  const end = textOf(pdf.subarray(-1_024));
  const table = /\/Prev (\d{1,10})\/ID\[[^\]]{68}\]>>\nstartxref\n\d{1,10}\n%%EOF\n$/.exec(end)?.[1];
  if (table === undefined) return undefined;
  const tail = textOf(pdf.subarray(Number(table), Number(table) + 100_000)).indexOf('%%EOF\n');
  const front = tail < 0 ? undefined : pdf.subarray(0, Number(table) + tail + 6);
  if (front === undefined || pdf.length - front.length > longestUpdate) return undefined;
  const [, size, id, start] = frontEnd.exec(textOf(front.subarray(-300))) ?? [];
  if (size === undefined || id === undefined || start !== table) return undefined;
  return isBack(textOf(pdf.subarray(front.length)), front.length, { size: Number(size), id, table })
    ? front
    : undefined;
}

type Before = { readonly size: number; readonly id: string; readonly table: string };

function isBack(update: string, at: number, { size: first, id, table }: Before): boolean {
  const page = `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.2 841.92]/Resources<</Font<</F ${first + 2} 0 R>>/XObject<</Field ${first + 7} 0 R>>>>/Contents ${first + 1} 0 R>>`;
  const head = [
    `2 0 obj\n<</Type/Pages/Kids[3 0 R ${first} 0 R]/Count 2>>\nendobj\n`,
    `${first} 0 obj\n${page}\nendobj\n`,
  ] as const;
  if (!update.startsWith(head.join(''))) return false;
  const offsets = [at, at + head[0].length];
  let next = head.join('').length;
  for (let number = first + 1; number < first + backObjects; number++) {
    const length = objectLength(update.slice(next), number);
    if (length === undefined) return false;
    offsets.push(at + next);
    next += length;
  }
  const numbers = [2, ...Array.from({ length: backObjects }, (_, i) => first + i)];
  const lines = numbers.map((number, i) => `${number} 1\n${String(offsets[i]).padStart(10, '0')} 00000 n \n`);
  const trailer = `trailer\n<</Size ${first + backObjects}/Root 1 0 R/Info 12 0 R/Prev ${table}/ID[<${id}><${id}>]>>\nstartxref\n${at + next}\n%%EOF\n`;
  return update.slice(next) === `xref\n${lines.join('')}${trailer}`;
}

/** Of an object that begins here, a dictionary, with a stream where it says its length; undefined: something else. */
function objectLength(text: string, number: number): number | undefined {
  const head = new RegExp(`^${number} 0 obj\\n<<[^\\r\\n]*>>\\n(endobj\\n|stream\\n)`).exec(text.slice(0, 100_000));
  if (head === null) return undefined;
  if (head[1] === 'endobj\n') return head[0].length;
  const length = Number(/\/Length (\d{1,8})>>\nstream\n$/.exec(head[0])?.[1]);
  const end = '\nendstream\nendobj\n';
  return text.startsWith(end, head[0].length + length) ? head[0].length + length + end.length : undefined;
}
