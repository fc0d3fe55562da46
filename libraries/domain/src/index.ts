export * from './municipality-code.ts';
export * from './residence.ts';
