/** The decoders from their packages, for programs of Node.js. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openCodeReader, type ReadCodes } from '../read/read-codes.ts';
import { openVerifierTools, type VerifierTools } from './verify-files.ts';

function fileOf(name: string): ArrayBuffer {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(name)));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

const codes = () => fileOf('zxing-wasm/reader/zxing_reader.wasm');

export const openCodeReaderInNode = (): Promise<ReadCodes> => openCodeReader(codes());

export const openToolsInNode = (): Promise<VerifierTools> =>
  openVerifierTools({ codes: codes(), pages: fileOf('@hyzyla/pdfium/pdfium.wasm') });
