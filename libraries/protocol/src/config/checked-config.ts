/** From what was given to a configuration: every fault is said at once, before anything listens or a device is touched. */
import type { Static, TSchema } from 'typebox';
import { misfitsOf } from './misfits.ts';

export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(system: string, faults: readonly string[]) {
    super(`The ${system}’s configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** With its types, or a ConfigError that names every misfit. `faultsOf`: what no schema can tell. */
export function checkedConfig<S extends TSchema>(
  system: string,
  schema: S,
  given: unknown,
  faultsOf: (config: Static<S>) => readonly string[],
): Static<S> {
  const misfits = misfitsOf(schema, given);
  if (misfits.length > 0) throw new ConfigError(system, misfits);
  const config = given as Static<S>;
  const faults = faultsOf(config);
  if (faults.length > 0) throw new ConfigError(system, faults);
  return config;
}
