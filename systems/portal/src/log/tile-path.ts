/** Paths of a log's tiles, as C2SP tlog-tiles writes them: `tile/<L>/<N>[.p/<W>]`, N in groups of three digits with `x`
 *  before all but the last (`x001/x234/067`), W below 256. */

export const fullWidth = 256;

export type TilePath = { readonly index: string; readonly width: number };

const mostGroups = 4;

/** `path`: what stands behind the level. Undefined: no path of a tile. */
export function readTilePath(path: string): TilePath | undefined {
  const parts = /^((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  const [, upper = '', last = '', partial] = parts ?? [];
  if (parts === null) return undefined;
  const groups = upper.split('/').filter((it) => it !== '');
  // The first group is not x000: one tile has one path.
  if (groups.length >= mostGroups || groups[0] === 'x000') return undefined;
  const index = Number(groups.map((it) => it.slice(1)).join('') + last).toString();
  const width = partial === undefined ? fullWidth : Number(partial);
  return width > fullWidth || (partial !== undefined && width === fullWidth) ? undefined : { index, width };
}
