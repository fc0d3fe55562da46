/** 個人番号: eleven digits and a check digit (行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による
 *  通知カード及び個人番号カード並びに情報提供ネットワークシステムによる特定個人情報の提供等に関する省令 5条). */
export function individualNumberCheckDigit(firstEleven: string): number {
  if (!/^[0-9]{11}$/.test(firstEleven)) throw new RangeError('eleven digits expected');
  let sum = 0;
  for (let n = 1; n <= 11; n++) sum += Number(firstEleven[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const remainder = sum % 11;
  return remainder <= 1 ? 0 : 11 - remainder;
}

export function isIndividualNumber(text: string): boolean {
  return /^[0-9]{12}$/.test(text) && individualNumberCheckDigit(text.slice(0, 11)) === Number(text[11]);
}
