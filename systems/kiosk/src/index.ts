export * from './agent.ts';
export { type CenterHandOverOptions, centerHandOver } from './center-hand-over.ts';
export type * from './panel-contract.ts';
export type * from './ports.ts';
export { type KioskSettings, usualSettings } from './settings.ts';
