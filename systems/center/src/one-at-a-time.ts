/** Lets the calls for one key follow each other; those for different keys do not wait for one another. */
export type OneAtATime = {
  /** Runs `work` after what is under way for `key`; undefined when too many wait already. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> | undefined;
};

export function oneAtATime(maxWaiting: number): OneAtATime {
  const tails = new Map<string, { last: Promise<unknown>; waiting: number }>();
  return {
    run(key, work) {
      const entry = tails.get(key) ?? { last: Promise.resolve(), waiting: 0 };
      if (entry.waiting > maxWaiting) return undefined;
      tails.set(key, entry);
      entry.waiting++;
      // A failed predecessor has told its own caller; the next one starts all the same.
      const result = entry.last.then(work, work);
      entry.last = result;
      const done = () => {
        entry.waiting--;
        if (entry.waiting === 0) tails.delete(key);
      };
      result.then(done, done);
      return result;
    },
  };
}
