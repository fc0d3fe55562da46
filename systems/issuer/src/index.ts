export type { CenterClient } from './directory/push-directory.ts';
export { type DocumentStatus, type History, statusOf } from './history/document-status.ts';
export * from './issuer.ts';
export type { RegistryClient } from './kinds/kind.ts';
export * from './municipality.ts';
export { createMemoryStore } from './store/memory-store.ts';
export type * from './store/records.ts';
export type { IssuerStore } from './store/store.ts';
export type { TrustedAuthorities } from './visits/open-visit.ts';
