/** The keys on the panel. Digits are ASCII bytes in one buffer that is wiped; no string ever holds them together. */
import type { PinPad } from '../ports.ts';

const longest = 16;

export function screenPinPad(): PinPad {
  const digits = new Uint8Array(longest);
  let count = 0;
  let open: { min: number; max: number; onDigits: (count: number) => void; onEnter: () => void } | undefined;

  function forget(): void {
    digits.fill(0);
    count = 0;
  }

  return {
    open(length, onDigits, onEnter) {
      forget();
      open = { min: length.min, max: Math.min(length.max, longest), onDigits, onEnter };
    },
    press(key) {
      if (open === undefined) return;
      if (key === 'enter') {
        if (count >= open.min) open.onEnter();
        return;
      }
      if (key === 'clear') forget();
      else if (key === 'erase') {
        if (count > 0) digits[--count] = 0;
      } else if (count < open.max) digits[count++] = key.charCodeAt(0);
      open.onDigits(count);
    },
    take() {
      const taken = digits.slice(0, count);
      forget();
      open?.onDigits(0);
      return taken;
    },
    clear() {
      forget();
      open = undefined;
    },
  };
}
