/**
 * `@dokodemo/proof/verify`: everything that a verifier needs, the same in Node.js and in a browser. Nothing that is
 * imported from here may need a part of Node.js; a test walks all of it.
 */
export * from './calibration/index.ts';
export { checkSignedPdf, type SignedPdf, type SignedPdfFault } from './electronic/check-signed-pdf.ts';
export type { CopyFacts } from './electronic/copy-facts.ts';
export { verifyCopy } from './electronic/verify-copy.ts';
export * from './files/verify-files.ts';
export { type Collected, collectTiles, type TileCollector } from './read/collect-tiles.ts';
export type { Difference } from './read/compare.ts';
export type { GrayImage } from './read/gray-image.ts';
export { openCodeReader, type ReadCodes } from './read/read-codes.ts';
export { type FrameLook, type PaperWatcher, type SeenCode, type SeenFront, watchPaper } from './read/watch-paper.ts';
export * from './reasons.ts';
export { saidInEnglish } from './said-in-english.ts';
export type { BackFacts } from './seal/back-facts.ts';
export { printedCheckCode, readCheckCode } from './seal/check-code.ts';
export { type PaperKeys, paperKeys } from './seal/inquiry-key.ts';
export { readTrustBundle, type TrustBundle } from './seal/trust.ts';
export { sha256 } from './sha256.ts';
export { askPortal, type PortalToAsk } from './status/ask-portal.ts';
export type { Asked, AskStatus, StatusQuestion } from './status/ask-status.ts';
export * from './verify.ts';
