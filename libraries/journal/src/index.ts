export * from './journal.ts';
export * from './memory-journal.ts';
export * from './postgres-journal.ts';
export * from './projection.ts';
export * from './sealer.ts';
