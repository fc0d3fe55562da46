/** Text in columns on a terminal. */

/** Columns that a text takes: kanji and kana take two, variation selectors none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) continue;
    columns += code >= 0x2e80 ? 2 : 1;
  }
  return columns;
}

/** At least one space stands behind it. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(1, columns - columnsOf(text)));
}

/** Rows with every column as wide as its widest cell; the last one is left as it is. */
export function rowsOf(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => columnsOf(row[i] ?? ''))) + 2);
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : padded(cell, widths[i] ?? 0)))
      .join('')
      .trimEnd(),
  );
}
