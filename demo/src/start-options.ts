/** What `npm start` may be told. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { usualBasePort } from './ports.ts';
import type { PrinterChoice } from './town-configs.ts';
import { oneLine, TownError } from './town-error.ts';

export type StartOptions = {
  readonly help: boolean;
  readonly fresh: boolean;
  readonly basePort: number;
  readonly printer: PrinterChoice;
};

export const help = `npm start [-- options]

Opens the fictional town: kiosk, center, issuer, register, each a process of its own.
The first start builds it, later ones take seconds and keep what happened.

  --fresh            begin anew: forget the town and everything in it
  --port N           first of the ports (${usualBasePort} unless said otherwise; up to N + 13 are used)
  --printer WHERE    ipp://host/ipp/print   a real printer (also ipps://)
                     folder:DIR             sheets as PDF files in a folder
                     without it the bench's own printer, with its faults
  --help             this

  DOKODEMO_DEMO_DIR  where the town keeps everything (var/demo)
  DATABASE_URL       a PostgreSQL server of your own instead of the embedded one
                     (postgres://user:password@host:5432/postgres; the user may create databases and roles)
`;

function printerOf(text: string | undefined): PrinterChoice {
  if (text === undefined) return { kind: 'simulated' };
  if (/^ipps?:\/\/\S+$/.test(text)) return { kind: 'ipp', url: text };
  if (text.startsWith('folder:') && text.length > 'folder:'.length)
    return { kind: 'folder', directory: path.resolve(text.slice('folder:'.length)) };
  throw new TownError(`--printer ${text}: ipp://host/ipp/print, ipps://… or folder:DIR is expected`);
}

function basePortOf(text: string | undefined): number {
  if (text === undefined) return usualBasePort;
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port >= 1 && port <= 65_500) return port;
  throw new TownError(`--port ${text}: a number from 1 to 65500 is expected`);
}

/** Throws the line that says what is wrong with the arguments. */
export function readStartOptions(args: readonly string[]): StartOptions {
  let values: { help?: boolean; fresh?: boolean; port?: string; printer?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        fresh: { type: 'boolean' },
        port: { type: 'string' },
        printer: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new TownError(`${oneLine(error)} (npm start -- --help shows what there is)`);
  }
  return {
    help: values.help ?? false,
    fresh: values.fresh ?? false,
    basePort: basePortOf(values.port),
    printer: printerOf(values.printer),
  };
}
