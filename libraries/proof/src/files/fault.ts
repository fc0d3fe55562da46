/** Why a file, or a page of it, is not looked at. */
export const faultCodes = [
  'empty-file',
  'file-too-large',
  'unknown-kind',
  'damaged-file',
  'locked-with-a-password',
  'no-pages',
  'too-many-pages',
  'picture-too-large',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export class FileFault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.code = code;
  }
}

/** A sheet at 600 dpi and a half more; pictures of telephones have 12 to 108 million. */
export const mostPixels = 120_000_000;
export const mostFileBytes = 100_000_000;
export const mostPages = 200;

export function checkSize(width: number, height: number): void {
  if (!(width > 0 && height > 0)) throw new FileFault('damaged-file', 'a picture without a size');
  if (width * height > mostPixels || width > 30_000 || height > 30_000) throw new FileFault('picture-too-large');
}
