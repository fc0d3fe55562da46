/** The dictionary of the signature, as text: the same for whoever writes it and whoever reads it. */

/** Hexadecimal digits that are kept for the message of the signature. */
export const contentsDigits = 8_192;
const rangeWidth = 40;

/** What is signed: `before` bytes from the beginning, and `after` bytes from `from` on. */
export type Range = { readonly before: number; readonly from: number; readonly after: number };

export function signatureValue(time: string, { before, from, after }: Range, contents: string): string {
  const range = `0 ${before} ${from} ${after}`.padEnd(rangeWidth);
  return `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(${time})/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]/ByteRange[${range}]/Contents<${contents}>>>`;
}

/** The only range that a signature at this place can have: everything but its own contents. */
export function rangeOf(offset: number, number: number, time: string, length: number): Range {
  const head = signatureValue(time, { before: 0, from: 0, after: 0 }, '').length - '>>>'.length - 1;
  const before = offset + `${number} 0 obj\n`.length + head;
  const from = before + contentsDigits + 2;
  return { before, from, after: length - from };
}
