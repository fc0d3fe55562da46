/** The center's screens speak of personal things by number; only here do they get their words. */
import type { Label, Screen } from '@dokodemo/protocol';

/** The screen with every sealed label in plain words, or undefined when one is not in the dictionary. */
export function fillLabels(screen: Screen, labels: readonly string[]): Screen | undefined {
  let missing = false;
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    if ('sealed' in value) return plain((value as { sealed: number }).sealed);
    return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, fill(it)]));
  };
  const plain = (index: number): Label => {
    const words = labels[index];
    if (words === undefined) missing = true;
    return { plain: words ?? '' };
  };
  const filled = fill(screen) as Screen;
  return missing ? undefined : filled;
}
