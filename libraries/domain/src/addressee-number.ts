/** 宛名番号, 世帯番号: a running number with a check digit, modulus 11, weights 2–7 from the right
 *  (住民記録システム標準仕様書 1.1.13). A number whose remainder is 1 has no digit and is not given out. */
export function addresseeCheckDigit(running: string): number | undefined {
  if (!/^[0-9]{1,14}$/.test(running)) throw new RangeError('digits expected');
  let sum = 0;
  for (let n = 0; n < running.length; n++) sum += Number(running[running.length - 1 - n]) * (2 + (n % 6));
  const remainder = sum % 11;
  if (remainder === 1) return undefined;
  return remainder === 0 ? 0 : 11 - remainder;
}

/** The numbers from `start` on, with their check digits, those without one left out. */
export function* addresseeNumbers(start: number, digits = 9): Generator<string> {
  for (let running = start; ; running++) {
    const text = String(running).padStart(digits, '0');
    const check = addresseeCheckDigit(text);
    if (check !== undefined) yield `${text}${check}`;
  }
}
