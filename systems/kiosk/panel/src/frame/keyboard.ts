/** The whole panel without touching it: arrows move between keys by where they are, Escape is やめる (or closes what is
 *  over the screen, which the dialog does itself), Enter and Space press, as in any browser. */
import { useEffect } from 'react';

type Direction = { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 };

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function middle({ left, top, width, height }: DOMRect): { x: number; y: number } {
  return { x: left + width / 2, y: top + height / 2 };
}

/** The nearest key in that direction; off the line counts three times. Where nothing has the focus: the first key. */
function neighbour(from: Element | null, { x, y }: Direction): HTMLElement | undefined {
  const within = document.querySelector('dialog[open]') ?? document;
  const keys = [...within.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  if (from === null || !keys.includes(from as HTMLElement)) return keys[0];
  const here = middle(from.getBoundingClientRect());
  const distances = keys.flatMap((key) => {
    const there = middle(key.getBoundingClientRect());
    const along = (there.x - here.x) * x + (there.y - here.y) * y;
    const aside = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
    return key === from || along <= 1 ? [] : [{ key, far: along + 3 * aside }];
  });
  return distances.sort((a, b) => a.far - b.far)[0]?.key;
}

export function useKeyboard(stop: (() => void) | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const direction = directions[event.key];
      if (direction !== undefined) {
        event.preventDefault();
        neighbour(document.activeElement, direction)?.focus();
      } else if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) {
        stop?.();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [stop]);
}
