/** What stands on paper so that anybody can check it. */
export { drawBack, messageMaxBytes, mostDataTiles, tileBytes } from './back/back-page.ts';
export { headerBytes, joinTiles, readTile } from './back/tile.ts';
export { drawGround, type GroundProfile, groundProfiles, usualProfile } from './background/ground.ts';
export { type BitImage, packed } from './bit-image.ts';
export * from './calibration/index.ts';
export { drawCalibrationSheet } from './calibration/sheet-file.ts';
export { type CopierMode, copied, copierModes, lightness, pictured } from './copier/copier.ts';
export { checkSignedPdf, type SignedPdf, type SignedPdfFault } from './electronic/check-signed-pdf.ts';
export type { CopyFacts } from './electronic/copy-facts.ts';
export { type CopyCertificates, type CopyDraft, draftCopy, signDraft } from './electronic/sign-pdf.ts';
export { verifyCopy } from './electronic/verify-copy.ts';
export { encodePng } from './files/encode-png.ts';
export { openCodeReaderInNode as openCodeReader, openToolsInNode } from './files/in-node.ts';
export { decodePng } from './files/png.ts';
export * from './files/verify-files.ts';
export { drawMark, markPlace } from './front-mark.ts';
export type { Difference } from './read/compare.ts';
export { type GrayImage, grayOf } from './read/gray-image.ts';
export type { ReadCodes } from './read/read-codes.ts';
export * from './reasons.ts';
export { saidInEnglish } from './said-in-english.ts';
export { type BackFacts, type CodedPicture, codePicture, type GivenFacts } from './seal/back-facts.ts';
export { makeCheckCode, printedCheckCode, readCheckCode } from './seal/check-code.ts';
export { type PaperKeys, paperKeys } from './seal/inquiry-key.ts';
export { type OpenedBack, openBack } from './seal/open-back.ts';
export {
  type BackDraft,
  type BackKey,
  type BackSigner,
  draftBack,
  makeBackKey,
  sealBack,
  sealDraft,
  signStatement,
} from './seal/seal-back.ts';
export { readTrustBundle, type TrustBundle } from './seal/trust.ts';
export { sha256 } from './sha256.ts';
export { askPortal, type PortalToAsk } from './status/ask-portal.ts';
export type { Asked, AskStatus, StatusQuestion } from './status/ask-status.ts';
export * from './verify.ts';
