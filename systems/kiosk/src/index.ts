export type * from './agent.ts';
export type * from './panel-contract.ts';
export type * from './ports.ts';
