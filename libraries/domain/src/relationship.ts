/** 続柄: what a member is to the head. Up to four links joined by の, else 縁故者 (住民記録システム標準仕様書 1.1.11). */

const heads = ['世帯主'];
const spouses = ['夫', '妻', '夫（未届）', '妻（未届）'];
const blood = ['子', '父', '母', '兄', '姉', '弟', '妹'];
const inLaw = ['子（子の夫）', '子（子の妻）'];
const apart = ['縁故者', '同居人'];
const links = new Set([...spouses, ...blood, ...inLaw]);

/** Is it a relationship that a register may hold? */
export function isRelationship(text: string): boolean {
  if (heads.includes(text) || apart.includes(text)) return true;
  const whole = inLaw.includes(text) ? [text] : text.split('の');
  return whole.length <= 4 && whole.every((part) => links.has(part));
}

/** The order on paper (5.2): head, spouse, children, their families, parents and siblings, others. */
export function relationshipRank(text: string): number {
  if (text === '世帯主') return 0;
  if (spouses.includes(text)) return 1;
  if (text === '子' || inLaw.includes(text)) return 2;
  if (text.startsWith('子の')) return 3;
  if (['父', '母', '兄', '姉', '弟', '妹'].includes(text)) return 4;
  if (/^(妻|夫|父|母|兄|姉|弟|妹)/.test(text)) return 5;
  return text === '縁故者' ? 6 : 7;
}
