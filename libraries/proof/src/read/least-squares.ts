/** x of A·x = b, for a symmetric A of a few rows that has an inverse, by elimination; where it has none, zeros. */
export function solveSymmetric(a: readonly (readonly number[])[], b: readonly number[]): readonly number[] {
  const n = b.length;
  const rows = a.map((row, i) => [...row, b[i] as number]);
  for (let i = 0; i < n; i++) {
    const own = rows[i] as number[];
    const pivot = own[i] as number;
    // Sums of squares, so that the pivots are positive: no rows are exchanged.
    if (!(pivot > 1e-12)) return b.map(() => 0);
    for (let r = i + 1; r < n; r++) {
      const row = rows[r] as number[];
      const share = (row[i] as number) / pivot;
      if (share !== 0) for (let c = i; c <= n; c++) row[c] = (row[c] as number) - share * (own[c] as number);
    }
  }
  const x = b.map(() => 0);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i] as number[];
    let rest = row[n] as number;
    for (let c = i + 1; c < n; c++) rest -= (row[c] as number) * (x[c] as number);
    x[i] = rest / (row[i] as number);
  }
  return x;
}
