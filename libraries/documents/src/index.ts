export * from './form-engine.ts';
export type { BitImage } from './pdf-file.ts';
