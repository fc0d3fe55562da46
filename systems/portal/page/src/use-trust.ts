/** The trust bundle of this portal: as text, as it is checked against, and its digest for people to compare. */
import { sha256 } from '@dokodemo/proof/verify';
import { useEffect, useState } from 'react';

export type Trust = { readonly text: string; readonly digest: string };

export const bundlePlace = './trust/bundle.json';

function digestOf(text: string): string {
  const digest = sha256(new TextEncoder().encode(text));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Undefined until it is here. */
export function useTrust(): Trust | undefined {
  const [trust, setTrust] = useState<Trust>();
  useEffect(() => {
    const gone = new AbortController();
    fetch(bundlePlace, { signal: gone.signal })
      .then(async (reply) => {
        if (!reply.ok) return;
        const text = await reply.text();
        setTrust({ text, digest: digestOf(text) });
      })
      .catch(() => undefined); // said where it is needed: without it no check begins
    return () => gone.abort();
  }, []);
  return trust;
}

export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online;
}
