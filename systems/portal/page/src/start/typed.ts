/** Number and code as people type them: full-width or half, any dash, any case, spaces. */

const dashes = /[\s\-‐‑‒–—―−ー－]/g;

/** `20261123-482013-0000001`; undefined: no document number. */
export function readDocumentNumber(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(dashes, '');
  return /^[0-9]{21}$/.test(digits) ? `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14)}` : undefined;
}

/** Symbols of a check code that stand there so far, in groups of four as the paper has them. */
export function groupedCode(typed: string): { readonly shown: string; readonly count: number } {
  const symbols = typed.normalize('NFKC').toUpperCase().replace(dashes, '').slice(0, 16);
  return { shown: symbols.match(/.{1,4}/gu)?.join('-') ?? '', count: [...symbols].length };
}

/** The same while it is being typed. `caret`: before it stand the symbols that stood before it. */
export function groupedAround(typed: string, caret: number): { readonly shown: string; readonly caret: number } {
  return { shown: groupedCode(typed).shown, caret: groupedCode(typed.slice(0, caret)).shown.length };
}
