/** The running systems of a town, by name. */
import { type ProcessOptions, type RunningProcess, startProcess } from './processes.ts';
import { TownError } from './town-error.ts';

export type SystemPlan = Pick<ProcessOptions, 'system' | 'configFile' | 'logFile'>;

export type TownSystems<Name extends string = string> = {
  /** Starts a system that does not run; resolves when it listens. */
  start(name: Name): Promise<void>;
  /** Ends it as a power cut does. */
  kill(name: Name): Promise<void>;
  /** Ends it in order. */
  stop(name: Name): Promise<void>;
  stopAll(): Promise<void>;
  /** Process ids of what runs. */
  pids(): Readonly<Partial<Record<Name, number>>>;
};

/** `plans`: in the order in which they end, those whose work others wait for last. */
export function townSystems<Name extends string>(
  plans: Readonly<Record<Name, SystemPlan>>,
  onUnexpectedEnd: ProcessOptions['onUnexpectedEnd'],
): TownSystems<Name> {
  const running = new Map<Name, RunningProcess>();
  const end = async (name: Name, how: 'stop' | 'kill') => {
    const found = running.get(name);
    running.delete(name);
    await found?.[how]();
  };
  return {
    async start(name) {
      if (running.has(name)) throw new TownError(`${name} is running already`);
      const started = await startProcess({
        name,
        ...plans[name],
        onUnexpectedEnd: (who, why) => {
          running.delete(name);
          onUnexpectedEnd(who, why);
        },
      });
      running.set(name, started);
    },
    kill: (name) => end(name, 'kill'),
    stop: (name) => end(name, 'stop'),
    async stopAll() {
      for (const name of Object.keys(plans) as Name[]) await end(name, 'stop');
    },
    pids: () => Object.fromEntries([...running].map(([name, { pid }]) => [name, pid])) as Partial<Record<Name, number>>,
  };
}
