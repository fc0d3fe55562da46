/** A file is fetched once and stays as long as the page is open; the browser's own way back leads to it. */
import { useCallback, useEffect, useRef } from 'react';
import type { FileAddress } from './address.ts';

export type Received = { readonly address: FileAddress; readonly file: File };

export type KeptFile = {
  readonly keep: (received: Received) => void;
  /** Undefined: nothing was received, or not from there. */
  readonly from: (address: FileAddress | 'unreadable') => Received | undefined;
  /** Its screen is left for another: an entry of the history leads back. */
  readonly leave: () => void;
};

/** `onBack`: whoever had left it wants to see it again. */
export function useKeptFile(onBack: (received: Received) => void): KeptFile {
  const kept = useRef<Received>(undefined);
  const show = useRef(onBack);
  show.current = onBack;
  useEffect(() => {
    // What stands behind a # is another page's, or another file's.
    const look = () => location.hash === '' && kept.current !== undefined && show.current(kept.current);
    window.addEventListener('popstate', look);
    return () => window.removeEventListener('popstate', look);
  }, []);
  return {
    keep: useCallback((received) => {
      kept.current = received;
    }, []),
    from: useCallback((address) => {
      const isIt = address !== 'unreadable' && address.depositId === kept.current?.address.depositId;
      return isIt ? kept.current : undefined;
    }, []),
    leave: useCallback(() => history.pushState(null, '', location.href), []),
  };
}
