/** A text in three parts, of which the middle is what the other text does not have in that place. */
export function differingPart(found: string, claimed: string): readonly [string, string, string] {
  const [a, b] = [[...found], [...claimed]];
  const shorter = Math.min(a.length, b.length);
  let before = 0;
  while (before < shorter && a[before] === b[before]) before++;
  let after = 0;
  while (after < shorter - before && a.at(-1 - after) === b.at(-1 - after)) after++;
  const end = a.length - after;
  return [a.slice(0, before).join(''), a.slice(before, end).join(''), a.slice(end).join('')];
}
