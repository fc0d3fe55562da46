/** Coins and notes, and what change can be made of. */
export const pieces = [10, 50, 100, 500, 1000] as const;
export type Piece = (typeof pieces)[number];
/** How many of each there are. */
export type Stock = Readonly<Record<Piece, number>>;

/** Notes go into a box; only coins come out again. */
const coins = [500, 100, 50, 10] as const;

export function isPiece(yen: number): yen is Piece {
  return (pieces as readonly number[]).includes(yen);
}

export function yenOf(stock: Stock): number {
  return pieces.reduce((sum, piece) => sum + piece * stock[piece], 0);
}

export function add(stock: Stock, given: readonly Piece[], sign: 1 | -1 = 1): Stock {
  const sum: Record<Piece, number> = { ...stock };
  for (const piece of given) sum[piece] += sign;
  return sum;
}

/** The coins that make `yen`, or undefined. Each coin divides the next, so the largest first finds it if anything does. */
export function changeOf(stock: Stock, yen: number): readonly Piece[] | undefined {
  const given: Piece[] = [];
  let rest = yen;
  for (const coin of coins) {
    for (let left = stock[coin]; left > 0 && rest >= coin; left--) {
      given.push(coin);
      rest -= coin;
    }
  }
  return rest === 0 ? given : undefined;
}

/** Whatever piece comes last on the way to `feeYen`: is there change for it? */
export function canAlwaysGiveChange(stock: Stock, feeYen: number): boolean {
  const missing = Array.from({ length: Math.min(feeYen, 1000) / 10 }, (_, i) => 10 * (i + 1));
  return pieces.every((piece) => missing.every((yen) => piece <= yen || changeOf(stock, piece - yen) !== undefined));
}
