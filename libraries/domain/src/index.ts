export * from './ids.ts';
export * from './issuance.ts';
export * from './municipality-code.ts';
export * from './refusals.ts';
export * from './residence.ts';
export * from './runtime.ts';
export * from './texts/index.ts';
