export type { ResidenceOrder } from './certificates/residence/residence.ts';
export { residenceForm, residenceItemsForm } from './certificates/residence/residence-form.ts';
export type {
  Certifier,
  DocumentFrame,
  Filling,
  OfficialSeal,
  Rendered,
  RenderedSheet,
  TrueSizeImage,
  Value,
} from './form/filling.ts';
export { Form } from './form/form.ts';
export * from './form-engine.ts';
export type { BitImage } from './pdf/pdf-file.ts';
