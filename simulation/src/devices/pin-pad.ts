/** Keys on the panel: digits stay in here until they go to the card. */
import type { PinKey, PinPad } from '@dokodemo/kiosk';

export function panelPinPad(): PinPad {
  let open: { max: number; min: number; onDigits: (count: number) => void; onEnter: () => void } | undefined;
  let digits: number[] = [];
  const forget = () => {
    digits.fill(0);
    digits = [];
  };
  return {
    open(length, onDigits, onEnter) {
      forget();
      open = { ...length, onDigits, onEnter };
    },
    press(key: PinKey) {
      if (open === undefined) return;
      if (key === 'enter') {
        if (digits.length >= open.min) open.onEnter();
        return;
      }
      if (key === 'clear') forget();
      else if (key === 'erase') digits.pop();
      else if (digits.length < open.max) digits.push(key.charCodeAt(0));
      open.onDigits(digits.length);
    },
    take() {
      const taken = Uint8Array.from(digits);
      forget();
      return taken;
    },
    clear() {
      forget();
      open = undefined;
    },
  };
}
