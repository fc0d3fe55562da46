export { registryOperatorEndpoints } from './operator-endpoints.ts';
export type * from './records/rows.ts';
export { cutSeal, type SealCut } from './records/seal-cutting.ts';
export * from './registry.ts';
export { createMemoryRegister } from './store/memory-register.ts';
export { createPostgresRegister, registerAppendOnlyTables, registerMigrations } from './store/postgres-register.ts';
export type * from './store/register-store.ts';
export { type DemoResident, demoResidents } from './town/notable.ts';
export { makeTown, type Town, type TownHousehold, type TownPlan } from './town/town.ts';
