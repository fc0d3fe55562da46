/** A log of issues as a portal serves it (C2SP tlog-tiles under `/log`): bounded bytes, time and tries. */
import { type Clock, pause } from '@dokodemo/domain';
import {
  bundlePath,
  decodeBundle,
  decodeTile,
  type Hash,
  hashBytes,
  type TileAt,
  tilePath,
  tileWidth,
} from '@dokodemo/issue-log';

export type LogSource = {
  /** The newest checkpoint, a signed note. */
  checkpoint(): Promise<string>;
  tile(tile: TileAt): Promise<readonly Hash[]>;
  /** The entries of one bundle. */
  entries(index: number, width: number): Promise<readonly Uint8Array[]>;
};

/** The log, or a part of it, could not be had: nothing follows from that. */
export class LogAway extends Error {}

export type LogSourceOptions = {
  readonly portal: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** For one request; all together have `mostMs`. */
  readonly timeoutMs?: number;
  readonly mostMs?: number;
};

const mostNoteBytes = 65_536;
const mostBundleBytes = 262_144;
const waitsMs = [250, 1_000, 3_000] as const;
/** A portal that has been asked too often says when to come back; within a minute that is waited for. */
const mostWaitMs = 60_000;

type Got = { readonly bytes: Uint8Array } | { readonly missing: true } | { readonly again: string; waitMs: number };

async function boundedBytes(response: Response, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) return undefined;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function waitOf(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? '0');
  return Number.isFinite(seconds) ? Math.min(mostWaitMs, Math.max(0, seconds * 1_000)) : 0;
}

export function logOverHttp(options: LogSourceOptions): LogSource {
  const { portal, fetch, clock, timeoutMs = 15_000, mostMs = 1_800_000 } = options;
  const until = clock.now() + mostMs;

  async function getOnce(path: string, most: number): Promise<Got> {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(`${portal}/log/${path}`, { signal, redirect: 'error', credentials: 'omit' });
      if (response.status === 404) return { missing: true };
      if (!response.ok) return { again: `it answered ${response.status}`, waitMs: waitOf(response) };
      const bytes = await boundedBytes(response, most);
      if (bytes === undefined) throw new LogAway(`${path}: more than ${most} bytes`);
      return { bytes };
    } catch (error) {
      if (error instanceof LogAway) throw error;
      const { cause, message } = error as Error & { cause?: { code?: string } };
      return { again: cause?.code ?? message, waitMs: 0 };
    }
  }

  /** Undefined: there is none. */
  async function get(path: string, most: number): Promise<Uint8Array | undefined> {
    for (let tries = 0; ; tries++) {
      if (clock.now() > until) throw new LogAway(`${path}: it takes longer than ${mostMs / 60_000} minutes`);
      const got = await getOnce(path, most);
      if ('bytes' in got) return got.bytes;
      if ('missing' in got) return undefined;
      const wait = waitsMs[tries];
      if (wait === undefined) throw new LogAway(`${path}: ${got.again}`);
      await pause(clock, Math.max(wait, got.waitMs));
    }
  }

  /** What is not full may be gone when it has become full since: then the full one has it. */
  async function getPart<T>(
    pathOf: (width: number) => string,
    width: number,
    most: number,
    decode: (bytes: Uint8Array, width: number) => readonly T[] | undefined,
  ): Promise<readonly T[]> {
    for (const wide of new Set([width, tileWidth])) {
      const bytes = await get(pathOf(wide), most);
      if (bytes === undefined) continue;
      const decoded = decode(bytes, wide);
      if (decoded === undefined) throw new LogAway(`${pathOf(wide)}: not of the form that a log has`);
      return decoded.slice(0, width);
    }
    throw new LogAway(`${pathOf(width)}: it is not there`);
  }

  return {
    async checkpoint() {
      const bytes = await get('checkpoint', mostNoteBytes);
      if (bytes === undefined) throw new LogAway('checkpoint: it is not there');
      return new TextDecoder().decode(bytes);
    },
    tile: ({ level, index, width }) =>
      getPart((wide) => tilePath({ level, index, width: wide }), width, tileWidth * hashBytes, decodeTile),
    entries: (index, width) => getPart((wide) => bundlePath(index, wide), width, mostBundleBytes, decodeBundle),
  };
}
