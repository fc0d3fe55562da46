export type { BackMaker } from './back/back-maker.ts';
export { allForms } from './certificates/all-forms.ts';
export type { FamilyRegisterChoice, FamilyRegisterOrder } from './certificates/family-register/family-register.ts';
export type { RegisterHistoryOrder } from './certificates/register-history/register-history.ts';
export type { ResidenceOrder } from './certificates/residence/residence.ts';
export type { SealOrder } from './certificates/seal-registration/seal.ts';
export type { TaxChoice, TaxOrder } from './certificates/tax/tax.ts';
export { loadFont } from './font/font-file.ts';
export type {
  Certifier,
  DocumentFrame,
  Filling,
  FrontProof,
  OfficialSeal,
  Rendered,
  RenderedSheet,
  TrueSizeImage,
  Value,
} from './form/filling.ts';
export { Form } from './form/form.ts';
export * from './form-engine.ts';
export type { BitImage } from './pdf/pdf-file.ts';
export type { PlainSheet, PlainText } from './plain/plain-sheet.ts';
export { type PageImage, readPages, type SheetPage } from './reading/sheet-page.ts';
