/** What an electronic copy says to machines, inside what is signed. */

import { textOf } from '../files/byte-text.ts';
import { readCheckCode } from '../seal/check-code.ts';

export type CopyFacts = {
  /** Municipality code. */
  readonly issuer: string;
  readonly issuerName: string;
  readonly kindId: string;
  readonly documentNumber: string;
  /** With the number it asks for the status. As `makeCheckCode` gives it. */
  readonly checkCode: string;
  /** ISO 8601, in Japan. */
  readonly issuedAt: string;
  readonly sheets: number;
  readonly specimen: boolean;
};

/** Of the whole file: longer than any copy of a hundred sheets. */
export const copyMaxBytes = 12_000_000;

const format = 'dokodemo/electronic-copy/v1';
const mostBytes = 2_000;

/** One way to write them: what is read is compared with it. */
export function encodeCopyFacts(facts: CopyFacts): Uint8Array<ArrayBuffer> {
  const { issuer, issuerName, kindId, documentNumber, checkCode, issuedAt, sheets, specimen } = facts;
  const told = { format, issuer, issuerName, kindId, documentNumber, checkCode, issuedAt, sheets, specimen };
  return new TextEncoder().encode(JSON.stringify(told));
}

export function decodeCopyFacts(bytes: Uint8Array): CopyFacts | undefined {
  if (bytes.length > mostBytes) return undefined;
  try {
    const told = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as CopyFacts & {
      format?: unknown;
    };
    const { format: _, ...facts } = told;
    const isSound =
      /^\d{6}$/.test(facts.issuer) &&
      /^[a-z][a-z0-9-]{0,60}$/.test(facts.kindId) &&
      /^\d{8}-\d{6}-\d{7}$/.test(facts.documentNumber) &&
      typeof facts.issuerName === 'string' &&
      readCheckCode(facts.checkCode) === facts.checkCode &&
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?\+09:00$/.test(facts.issuedAt) &&
      Number.isInteger(facts.sheets) &&
      typeof facts.specimen === 'boolean' &&
      facts.documentNumber.slice(9, 15) === facts.issuer &&
      facts.documentNumber.slice(0, 8) === facts.issuedAt.slice(0, 10).replaceAll('-', '');
    return isSound && textOf(encodeCopyFacts(facts)) === textOf(bytes) ? facts : undefined;
  } catch {
    return undefined; // no JSON, or of another shape
  }
}

/** 2026-11-23T10:00:00.000+09:00 → D:20261123100000+09'00' */
export const pdfTime = (issuedAt: string): string => `D:${issuedAt.slice(0, 19).replaceAll(/[-:T]/g, '')}+09'00'`;

/** As the title of a file stands in it. */
export function hexText(text: string): string {
  let hex = 'FEFF';
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0').toUpperCase();
  return hex;
}
