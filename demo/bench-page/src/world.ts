/** What the page knows of the world, and how it acts in it. */
import type { BenchAct, BenchState } from '@dokodemo/kiosk';
import { useEffect, useRef, useState } from 'react';

export type Settings = {
  readonly kioskUrl: string;
  readonly portalUrl: string;
  readonly cards: readonly {
    readonly key: string;
    readonly label: string;
    readonly noteInEnglish: string;
    readonly municipality: string;
  }[];
};

export async function loadSettings(): Promise<Settings> {
  const reply = await fetch('./bench-config.json');
  if (!reply.ok) throw new Error(`HTTP ${reply.status}`);
  return (await reply.json()) as Settings;
}

/** Follows a stream of events; undefined until the first one, and while nobody answers. */
export function useEvents<T>(url: string): T | undefined {
  const [latest, setLatest] = useState<T>();
  useEffect(() => {
    const stream = new EventSource(url);
    stream.onmessage = (event) => setLatest(JSON.parse(String(event.data)) as T);
    stream.onerror = () => setLatest(undefined);
    return () => stream.close();
  }, [url]);
  return latest;
}

export type Act = (act: BenchAct) => void;

/** One act after the other, as hands do; `refused` is called with the code of one that was not possible. */
export function useActs(kioskUrl: string, refused: (code: string) => void): Act {
  const queue = useRef(Promise.resolve());
  const tell = useRef(refused);
  tell.current = refused;
  return (act) => {
    queue.current = queue.current.then(async () => {
      try {
        const reply = await fetch(`${kioskUrl}/bench/act`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(act),
        });
        if (!reply.ok) tell.current(((await reply.json()) as { code?: string }).code ?? `HTTP ${reply.status}`);
      } catch {
        tell.current('UPSTREAM_DOWN');
      }
    });
  };
}

export type ClerksAnswer =
  | { readonly ok: true; readonly value: { readonly own: boolean; readonly household: boolean } }
  | { readonly ok: false; readonly failure: { readonly code: string } };

export async function askClerk(card: string, act?: 'protect' | 'lift'): Promise<ClerksAnswer> {
  try {
    const reply = await fetch(`./clerk/${card}${act === undefined ? '' : `/${act}`}`, {
      method: act === undefined ? 'GET' : 'POST',
    });
    return reply.ok ? ((await reply.json()) as ClerksAnswer) : { ok: false, failure: { code: `HTTP ${reply.status}` } };
  } catch {
    return { ok: false, failure: { code: 'UPSTREAM_DOWN' } };
  }
}

export type CenterLine = {
  readonly at: string;
  readonly kind: string;
  readonly terminal: string;
  readonly session: string;
  readonly ja: string;
  readonly en: string;
};

export type { BenchState };
