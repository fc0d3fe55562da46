/** `dokodemo serve SYSTEM --config FILE`: one system on its own, as a real deployment runs it. */
import { readFileSync } from 'node:fs';
import { CommandError } from './command-error.ts';

export const systems = ['kiosk', 'center', 'issuer', 'base-registry', 'portal', 'test-authority'] as const;
export type SystemName = (typeof systems)[number];

type Served = { url: string; close(): Promise<void> };
type Serve = (config: never) => Promise<Served>;

async function serveOf(system: SystemName): Promise<Serve> {
  switch (system) {
    case 'kiosk':
      return (await import('@dokodemo/kiosk/serve')).serve as Serve;
    case 'center':
      return (await import('@dokodemo/center/serve')).serve as Serve;
    case 'issuer':
      return (await import('@dokodemo/issuer/serve')).serve as Serve;
    case 'base-registry':
      return (await import('@dokodemo/base-registry/serve')).serve as Serve;
    case 'portal':
      return (await import('@dokodemo/portal/serve')).serve as Serve;
    case 'test-authority':
      return (await import('./serve-test-authority.ts')).serve as Serve;
  }
}

export function readConfig(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** These say in their own words what a person has to change; any other error keeps its stack. */
const forPeople = new Set(['ConfigError', 'FileLockedError', 'ListenError', 'UnfitPrinterError']);

/** Throws CommandError for what a person has to change. */
export async function startedOrSaid<T>(serving: Promise<T>): Promise<T> {
  try {
    return await serving;
  } catch (error) {
    throw error instanceof Error && forPeople.has(error.constructor.name) ? new CommandError(error.message) : error;
  }
}

export async function serveCommand(system: string, options: { config: string }): Promise<void> {
  const known = systems.find((name) => name === system);
  if (known === undefined) throw new CommandError(`unknown system "${system}"; there are: ${systems.join(', ')}`);
  const serve = await serveOf(known);
  const running = await startedOrSaid(serve(readConfig(options.config) as never));
  console.log(`${known} listens at ${running.url}`);
  process.send?.({ ready: true, url: running.url });
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    // A system started by a town stops when the town does, also when the town was killed.
    if (process.send === undefined) process.once('SIGINT', () => resolve());
    else {
      process.on('SIGINT', () => undefined);
      process.once('disconnect', () => resolve());
    }
  });
  await running.close();
  process.exit(0);
}
