/** What is different between two JSON values, place by place. */
export type Difference = {
  readonly at: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

const differencesMax = 300;
const shownOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

export function differences(before: unknown, after: unknown, at = ''): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names
      .flatMap((name) =>
        differences(
          (before as Record<string, unknown>)[name],
          (after as Record<string, unknown>)[name],
          `${at}/${name}`,
        ),
      )
      .slice(0, differencesMax);
  }
  const side = (value: unknown) => (value === undefined ? undefined : shownOf(value));
  return [{ at, before: side(before), after: side(after) }];
}
