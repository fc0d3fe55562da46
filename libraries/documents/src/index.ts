export * from './form/form-engine.ts';
export type { BitImage } from './pdf/pdf-file.ts';
