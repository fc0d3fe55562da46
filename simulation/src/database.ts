/**
 * A store in memory as a process sees a database on another machine: each operation takes effect at one moment between
 * question and answer, a process that dies in between never hears, and now and then the database is away.
 */
import type { Chance } from './chance.ts';
import type { Life } from './mortal.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One database, whoever uses it. */
export type Database = {
  readonly name: string;
  /** Nobody reaches it; what is under way may or may not have been done. */
  away: boolean;
};

export type Line = {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly database: Database;
  /** On one way, at most. Many operations are faster than the clock's millisecond. */
  readonly maxDelayMs: number;
  /** What a caller is told of a database that is away. `asked`: the operation may have been done. */
  readonly failure: (asked: boolean) => Error;
};

export class DatabaseAway extends Error {
  constructor() {
    super('simulated: the database cannot be reached');
  }
}

/** `port`, whose operations are all asynchronous, over a line to its database. */
export function overLine<Port extends object>(port: Port, line: Line, life: Life): Port {
  const { time, chance, database } = line;
  const after = (callback: () => void) => {
    const delay = chance.between(-line.maxDelayMs, line.maxDelayMs);
    if (delay > 0) time.setTimer(delay, callback);
    else callback();
  };
  const call = (work: () => unknown) =>
    new Promise((resolve, reject) => {
      const back = (settle: () => void) => after(() => life.alive && settle());
      after(() => {
        if (database.away) return back(() => reject(line.failure(false)));
        Promise.resolve(work()).then(
          (value) => back(() => (database.away ? reject(line.failure(true)) : resolve(value))),
          (error: unknown) => back(() => reject(error)),
        );
      });
    });
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        life.alive ? call(() => Reflect.apply(member, target, args)) : new Promise(() => undefined);
    },
  });
}
