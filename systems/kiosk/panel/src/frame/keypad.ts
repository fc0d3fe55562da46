/**
 * The whole panel with a numeric keypad (digits, Enter, Clear, Cancel): every key on the glass has a number, in the order
 * of reading. Digits lead to a key, Enter presses it, Clear forgets the digits, Cancel is やめる (`keyboard.ts`). No
 * time is measured between two digits, and nothing happens by digits alone.
 *
 * The first key of the pad only shows the numbers. On 暗証番号 all digits are the PIN's: there are no numbers, and Clear
 * goes back where nothing has been entered.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export type Pointed = {
  readonly number: number;
  readonly words: string;
  /** May not be read aloud where others hear it. */
  readonly personal: boolean;
  readonly chosen: boolean;
};
export type Keypad = { readonly on: boolean; readonly last: number; readonly pointed: Pointed | undefined };

/** The frame's keys have the same number on every screen. */
const backNumber = 90;
const firstToolNumber = 91;
const stopNumber = 99;

type Numbers = ReadonlyMap<number, HTMLButtonElement>;

function keysIn(place: Element | null): readonly HTMLButtonElement[] {
  return [...(place?.querySelectorAll('button') ?? [])];
}

function numbersNow(): Numbers {
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  const main = keysIn(dialog ?? document.querySelector('main')).map((key, index) => [index + 1, key] as const);
  if (dialog !== undefined) return new Map(main);
  const tools = keysIn(document.querySelector('.tools')).map((key, index) => [firstToolNumber + index, key] as const);
  const way = (kind: string, number: number) =>
    keysIn(document.querySelector('.ways')).flatMap((key) =>
      key.dataset.way === kind ? [[number, key] as const] : [],
    );
  return new Map([...main, ...way('back', backNumber), ...tools, ...way('stop', stopNumber)]);
}

/** Word by word: label, note and fee of a key stand in elements of their own. */
function textIn(place: Element): string {
  const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const parts: string[] = [];
  while (walk.nextNode()) parts.push((walk.currentNode.textContent ?? '').trim());
  return parts.filter((part) => part !== '').join(' ');
}

function wordsOf(key: HTMLButtonElement): string {
  const result = key.closest('main')?.querySelector('output');
  const own = key.getAttribute('aria-label') ?? textIn(key);
  return result ? `${own} ${textIn(result)}` : own;
}

function show(numbers: Numbers, on: boolean): void {
  const all = new Map([...numbers].map(([number, key]) => [key, String(number)]));
  for (const key of keysIn(document.body)) {
    const number = on ? all.get(key) : undefined;
    if (number === undefined) delete key.dataset.number;
    else key.dataset.number = number;
  }
}

function pointedOf(key: HTMLButtonElement | undefined): Pointed | undefined {
  if (key === undefined || !key.isConnected) return undefined;
  const number = [...numbersNow()].find(([, it]) => it === key)?.[0];
  if (number === undefined) return undefined;
  const personal = key.closest('[data-personal]') !== null;
  return { number, words: wordsOf(key), personal, chosen: key.getAttribute('aria-pressed') === 'true' };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function useKeypad(options: {
  /** Digits are not the pad's own: 暗証番号. */
  readonly away: boolean;
  /** Another screen: what was pointed at is forgotten. */
  readonly screen: string;
}): Keypad {
  const { away, screen } = options;
  const [keypad, setKeypad] = useState<Keypad>({ on: false, last: 0, pointed: undefined });
  const on = useRef(false);
  const typed = useRef('');
  const key = useRef<HTMLButtonElement>(undefined);

  const look = useCallback(() => {
    const dialog = document.querySelector('dialog[open]') !== null;
    const numbers: Numbers = away && !dialog ? new Map() : numbersNow();
    show(numbers, on.current);
    const last = [...numbers.keys()].filter((number) => number < backNumber).length;
    const after = { on: on.current, last, pointed: on.current ? pointedOf(key.current) : undefined };
    setKeypad((before) => (same(before, after) ? before : after));
  }, [away]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `screen` is what makes it forget
  useLayoutEffect(() => {
    typed.current = '';
    key.current = undefined;
    look();
    const watch = new MutationObserver(() => look());
    watch.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['aria-pressed', 'open'],
    });
    return () => watch.disconnect();
  }, [look, screen]);

  useEffect(() => {
    const forget = () => {
      typed.current = '';
      key.current = undefined;
      document.querySelector('h1')?.focus();
    };
    const point = (digit: string) => {
      const numbers = numbersNow();
      const joined = numbers.has(Number(typed.current + digit)) ? typed.current + digit : digit;
      typed.current = joined;
      key.current = numbers.get(Number(joined));
      // A closed key is read with its reason; what had the focus must not be pressed in its stead.
      if (key.current === undefined || key.current.disabled) document.querySelector('h1')?.focus();
      else key.current.focus();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || (away && document.querySelector('dialog[open]') === null)) return;
      const digit = /^[0-9]$/.test(event.key);
      const clear = event.key === 'Backspace' || event.key === 'Delete';
      const lost = event.key === 'Enter' && !(document.activeElement instanceof HTMLButtonElement);
      if (!digit && !clear && !lost) return;
      event.preventDefault();
      if (digit && on.current) point(event.key);
      else if (clear) forget();
      on.current = true;
      look();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [away, look]);

  return keypad;
}
