import type { World } from '../world.ts';

export type CheckName = 'S1' | 'S2' | 'S3' | 'S7' | 'S8' | 'L1' | 'log' | 'sound';

/** What a check has found, in words. */
export type Check = {
  /** After every step of the world: looks at what is new. */
  readonly step: () => readonly string[];
  /** Once everything has come to rest. */
  readonly rest: () => readonly string[] | Promise<readonly string[]>;
};

export type MakeCheck = (world: World) => Check;

/** Hands out what was added to a growing list since the last time. */
export function newIn<T>(list: readonly T[]): () => readonly T[] {
  let seen = 0;
  return () => {
    const fresh = list.slice(seen);
    seen = list.length;
    return fresh;
  };
}

export const nothing = (): readonly string[] => [];
