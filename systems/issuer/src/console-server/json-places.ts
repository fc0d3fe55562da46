/** On which line of a JSON text a place is, so that a fault is shown where it was typed. */

/** Lines (from 1) by JSON pointer. The text must be valid JSON. */
export function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let at = 0;
  let line = 1;
  const skip = () => {
    while (at < text.length && /\s/.test(text[at] ?? '')) if (text[at++] === '\n') line++;
  };
  const string = (): string => {
    const from = at++;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    return JSON.parse(text.slice(from, ++at)) as string;
  };
  const members = (pointer: string, close: string, keyOf: (i: number) => string) => {
    at++;
    for (let i = 0; ; i++) {
      skip();
      if (text[at] === close) break;
      const here = line;
      const key = keyOf(i);
      value(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, here);
      skip();
      if (text[at] === ',') at++;
    }
    at++;
  };
  const value = (pointer: string, here?: number): void => {
    skip();
    lines.set(pointer, here ?? line);
    if (text[at] === '{')
      members(pointer, '}', () => {
        const key = string();
        skip();
        at++; // the colon
        return key;
      });
    else if (text[at] === '[') members(pointer, ']', String);
    else if (text[at] === '"') string();
    else while (at < text.length && /[^\s,\]}]/.test(text[at] ?? '')) at++;
  };
  value('');
  return lines;
}

/** The line of a place, or of what is nearest around it. */
export function lineOf(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let it = pointer; it !== ''; it = it.slice(0, it.lastIndexOf('/'))) {
    const line = lines.get(it);
    if (line !== undefined) return line;
  }
  return 1;
}

/** Where reading stopped, by what the engine says of it. */
export function lineOfSyntax(text: string, message: string): number {
  const [, named] = /line (\d+)/.exec(message) ?? [];
  if (named !== undefined) return Number(named);
  const [, position] = /position (\d+)/.exec(message) ?? [];
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
}
