/** A kiosk in the real world: configuration, devices, the center over mutual TLS, the panel's browser. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Clock, systemClock, systemEntropy } from '@dokodemo/domain';
import { InProcessReader } from '@dokodemo/ic-card';
import { carryOverHttp, clientOver, conversationEndpoints, fileEndpoints } from '@dokodemo/protocol';
import { ConfigError, tlsOf } from '@dokodemo/protocol/config';
import { createKiosk, type KioskNote } from './agent.ts';
import { openBench } from './bench/bench.ts';
import { openPaperTray } from './bench/paper-tray.ts';
import { poweredKiosk } from './bench/powered-kiosk.ts';
import { openWallet } from './bench/wallet.ts';
import { centerHandOver } from './center-hand-over.ts';
import type { KioskConfig } from './config/config.ts';
import { checkConfig, documentAuthorityOf, terminalOf } from './config/read-config.ts';
import { openAppendOnlyFile } from './disk/append-only-file.ts';
import { type PanelServerOptions, type RunningPanelServer, servePanel } from './panel-server/serve-panel.ts';
import { openPrinter, trayPlaces } from './printing/open-printer.ts';
import { fileStateStore, simulatedMoneyUnit } from './simulated/index.ts';

export { KioskConfig } from './config/config.ts';
export { checkConfig } from './config/read-config.ts';
export { FileLockedError } from './disk/file-lock.ts';
export { type PrintedAside, printAside } from './print-aside.ts';

export type ServedKiosk = { readonly url: string; readonly port: number; close(): Promise<void> };
export type ServeOptions = {
  readonly note?: (note: KioskNote) => void;
  /** Where the built panel is; the one of this checkout unless said otherwise. */
  readonly panelDirectory?: string;
  /** The agent's time; the system's unless said otherwise. */
  readonly clock?: Clock;
};

function noteToStandardError(note: KioskNote): void {
  process.stderr.write(`${JSON.stringify({ system: 'kiosk', ...note })}\n`);
}

/** Undone in the reverse order, also when a later step of the start fails. */
function steps() {
  const undo: (() => unknown)[] = [];
  return {
    did: (how: () => unknown) => void undo.push(how),
    async undo(): Promise<void> {
      for (const how of undo.splice(0).reverse()) await how();
    },
  };
}

/** Starts the kiosk; resolves when its panel can be opened and what was left from last time is settled. */
export async function serve(given: unknown, options: ServeOptions = {}): Promise<ServedKiosk> {
  const config = checkConfig(given);
  // Every device there is so far is simulated, or stands beside simulated ones.
  const { bench } = config;
  if (bench === undefined) throw new ConfigError('kiosk', ['bench is missing: nobody could use the simulated devices']);
  const done = steps();
  try {
    const kiosk = await openKiosk(config, bench, options, done);
    return { url: kiosk.url, port: kiosk.port, close: done.undo };
  } catch (error) {
    await done.undo();
    throw error;
  }
}

async function openKiosk(
  config: KioskConfig,
  { pageOrigin }: NonNullable<KioskConfig['bench']>,
  options: ServeOptions,
  done: ReturnType<typeof steps>,
): Promise<RunningPanelServer> {
  const note = options.note ?? noteToStandardError;
  const { clock = systemClock } = options;
  const entropy = systemEntropy;
  const { devices, electronicCopies } = config;
  const journal = await openAppendOnlyFile(config.journalFile);
  done.did(journal.close);
  const carrier = carryOverHttp({
    url: config.center.url,
    tls: tlsOf(config.tls),
    expect: { role: 'center', ...(config.center.id === undefined ? {} : { id: config.center.id }) },
    connections: 2,
  });
  done.did(carrier.close);
  const money = simulatedMoneyUnit({ store: stateIn(devices.money.stateFile) });
  const tray = openPaperTray({ ...trayPlaces(config), entropy });
  const { printer, simulated } = await openPrinter(devices.printer, tray);
  const reader = new InProcessReader();
  const kiosk = poweredKiosk({
    create: createKiosk,
    terminal: terminalOf(config),
    documentAuthority: documentAuthorityOf(config),
    center: clientOver(conversationEndpoints, carrier.carry),
    reader,
    money,
    printer,
    ...(electronicCopies === undefined
      ? {}
      : {
          handOver: centerHandOver({
            center: clientOver(fileEndpoints, carrier.carry),
            portalUrl: electronicCopies.portalUrl,
            clock,
            entropy,
          }),
        }),
    journal,
    clock,
    entropy,
    note,
  });
  done.did(kiosk.stop);
  const wallet = await openWallet(devices.reader.wallet, clock);
  const source = openBench({
    wallet,
    reader,
    money,
    printer,
    ...(simulated === undefined ? {} : { simulatedPrinter: simulated }),
    tray,
    kiosk,
    clock,
  });
  const served = await listen(config, {
    panel: kiosk,
    bench: { source, pageOrigin },
    clock,
    note: (code, detail) => note({ what: code === 'DEFECT' ? 'defect' : 'refused', detail: `${code}: ${detail}` }),
    ...(options.panelDirectory === undefined ? {} : { panelDirectory: options.panelDirectory }),
  });
  done.did(served.close);
  await kiosk.on();
  return served;
}

function stateIn(file: string) {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
  return fileStateStore(file);
}

/** The panel's port cannot be had: one line for a person. */
export class ListenError extends Error {}

async function listen(
  { listen }: KioskConfig,
  options: Omit<PanelServerOptions, 'host' | 'port'>,
): Promise<RunningPanelServer> {
  const { host = '127.0.0.1', port, hostNames = [] } = listen;
  try {
    return await servePanel({ ...options, host, port, hostNames });
  } catch (error) {
    const { code, syscall } = error as { code?: string; syscall?: string };
    if (code === 'EADDRINUSE') throw new ListenError(`Port ${port} of ${host} is taken by another program.`);
    if (syscall === 'listen' || syscall === 'getaddrinfo') {
      throw new ListenError(`The panel cannot be served at ${host}, port ${port} (${code}).`);
    }
    throw error;
  }
}
