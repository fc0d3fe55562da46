/** 全国地方公共団体コード: two digits of the prefecture, three of the municipality, one check digit (総務省). */
export type MunicipalityCode = string & { readonly __brand?: 'MunicipalityCode' };

/** Check digit of the first five digits: (11 − (6a+5b+4c+3d+2e) mod 11) mod 10. */
export function municipalityCheckDigit(firstFive: string): number {
  if (!/^[0-9]{5}$/.test(firstFive)) throw new RangeError(`five digits expected, got "${firstFive}"`);
  const weights = [6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(firstFive[i]), 0);
  return (11 - (sum % 11)) % 10;
}

export function isMunicipalityCode(text: string): text is MunicipalityCode {
  return /^[0-9]{6}$/.test(text) && municipalityCheckDigit(text.slice(0, 5)) === Number(text[5]);
}

/** Throws on anything that is not a code with its right check digit: a wrong code must never route. */
export function municipalityCode(text: string): MunicipalityCode {
  if (!isMunicipalityCode(text)) throw new RangeError(`not a municipality code: "${text}"`);
  return text;
}
