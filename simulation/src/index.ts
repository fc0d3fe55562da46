export type { CheckName } from './checks/check.ts';
export { type Parts, soundParts } from './parts.ts';
export { makePlan, type Plan, type Weather } from './plan.ts';
export { type Finding, type Outcome, type SimulationOptions, simulate } from './simulation.ts';
export { openStage } from './stage.ts';
export type { Summary } from './summary.ts';
export type { Stage } from './world.ts';
