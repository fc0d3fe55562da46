import { useSyncExternalStore } from 'react';

function subscribe(changed: () => void): () => void {
  const watch = new MutationObserver(changed);
  watch.observe(document.documentElement, { attributeFilter: ['data-text', 'data-shape', 'data-captions'] });
  window.addEventListener('resize', changed);
  void document.fonts.ready.then(changed);
  return () => {
    watch.disconnect();
    window.removeEventListener('resize', changed);
  };
}

/** Changes with everything that changes how much fits: the window, its shape, the size of characters, captions, the
 *  fonts. */
function snapshot(): string {
  const { shape = 'wide', text = 'plain', captions = 'off' } = document.documentElement.dataset;
  return `${shape} ${text} ${captions} ${window.innerWidth}×${window.innerHeight} ${document.fonts.status}`;
}

export function useGlass(): string {
  return useSyncExternalStore(subscribe, snapshot);
}

export function isTall(glass: string): boolean {
  return glass.startsWith('tall');
}
