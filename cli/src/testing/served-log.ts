/** A log of issues, served as a portal serves it: real tiles and bundles of real entries. */
import {
  encodeBundle,
  encodeEntry,
  encodeTile,
  hashesOnLevel,
  leafHash,
  readTileIndex,
  rootOfHashes,
} from '@dokodemo/issue-log';
import type { LogKey } from './log-key.ts';
import { openSmallServer, type SmallServer } from './small-server.ts';

export const issued = (serial: number, municipality = '482013'): Uint8Array =>
  encodeEntry({ kind: 'issued', number: numberOf(serial, municipality), digest: new Uint8Array(32).fill(serial) });
export const gone = (serial: number, municipality = '482013'): Uint8Array =>
  encodeEntry({ kind: 'void', number: numberOf(serial, municipality) });

const numberOf = (serial: number, municipality: string) =>
  `20261123-${municipality}-${String(serial).padStart(7, '0')}`;

export type ServedLog = SmallServer & {
  /** What stands in it; tests change it as they like. */
  entries: Uint8Array[];
  /** Served instead of what stands there, by place. */
  readonly bent: Map<number, Uint8Array>;
  /** Tiles of hashes are not those of its tree. */
  bendsTiles: boolean;
  /** Served instead of an honest checkpoint. */
  note: string | undefined;
  /** Served instead of everything. */
  status: number | undefined;
  /** As a log may, when a tile has become full: it has the others no more. */
  forgetsPartial: boolean;
};

export async function serveLog(key: LogKey): Promise<ServedLog> {
  const log = { entries: [] as Uint8Array[], bent: new Map<number, Uint8Array>() };
  const more = {
    note: undefined as string | undefined,
    status: undefined as number | undefined,
    forgetsPartial: false,
    bendsTiles: false,
  };
  const state = Object.assign(log, more);

  const level = (n: number): readonly Uint8Array[] => {
    if (n === 0) return state.entries.map(leafHash);
    const below = level(n - 1);
    const count = hashesOnLevel(state.entries.length, n);
    return Array.from({ length: count }, (_, i) => rootOfHashes(below.slice(i * 256, (i + 1) * 256)));
  };
  const honest = () => key.note({ size: state.entries.length, root: rootOfHashes(level(0)) });

  const server = await openSmallServer((path) => {
    if (state.status !== undefined) return { status: state.status, body: '' };
    if (path === '/log/checkpoint') return { body: state.note ?? honest() };
    const [, kind = '', rest = ''] = /^\/log\/tile\/(entries|\d)\/(.+)$/.exec(path) ?? [];
    const at = readTileIndex(rest);
    if (at === undefined) return { status: 404, body: '' };
    const bent = state.entries.map((entry, i) => state.bent.get(i) ?? entry);
    const all = kind === 'entries' ? bent : level(Number(kind));
    const own = all.slice(at.index * 256, at.index * 256 + 256);
    if (own.length < at.width || (state.forgetsPartial && at.width < 256 && own.length === 256))
      return { status: 404, body: '' };
    const part = own.slice(0, at.width);
    if (kind === 'entries') return { body: encodeBundle(part) };
    return { body: encodeTile(part).map((byte) => (state.bendsTiles ? byte ^ 1 : byte)) };
  });
  return Object.assign(state, server);
}
