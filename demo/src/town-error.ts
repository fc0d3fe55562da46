/** What a person at the terminal reads: what is wrong, and what to do, in a line. */
export class TownError extends Error {
  override readonly name = 'TownError';
}

/** One line of anything that was thrown. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' | ')
    .slice(0, 600);
}
