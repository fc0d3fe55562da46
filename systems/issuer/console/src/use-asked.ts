import { useCallback, useEffect, useState } from 'react';
import { type Asked, ask, type Who } from './api.ts';

/** An answer of the server, and a way to ask again. */
export function useAsked<T>(
  who: Who,
  path: string,
  body: Readonly<Record<string, string>> = {},
): { readonly asked: Asked<T> | undefined; readonly again: () => void } {
  const [asked, setAsked] = useState<Asked<T>>();
  const [round, setRound] = useState(0);
  const said = JSON.stringify(body);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks anew
  useEffect(() => {
    let current = true;
    void ask<T>(who, path, JSON.parse(said) as object).then((it) => {
      if (current) setAsked(it);
    });
    return () => {
      current = false;
    };
  }, [who, path, said, round]);
  return { asked, again: useCallback(() => setRound((it) => it + 1), []) };
}
