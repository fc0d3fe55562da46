/** The printer that a configuration names. */
import { isoJapan, systemClock } from '@dokodemo/domain';
import { certificateOf } from '@dokodemo/protocol/config';
import { copyingInto, type PaperTray } from '../bench/paper-tray.ts';
import type { KioskConfig } from '../config/config.ts';
import type { Printer } from '../ports.ts';
import { type SimulatedPrinter, simulatedPrinter } from '../simulated/index.ts';
import { folderPrinter } from './folder-printer.ts';
import { openIppPrinter } from './ipp-printer.ts';

/** `tray`: what comes out is shown there as well. */
export async function openPrinter(
  config: KioskConfig['devices']['printer'],
  tray: PaperTray,
): Promise<{ printer: Printer; simulated?: SimulatedPrinter }> {
  const now = () => isoJapan(systemClock.now());
  switch (config.kind) {
    case 'simulated': {
      const { sheetMs } = config;
      const simulated = simulatedPrinter({ clock: systemClock, ...(sheetMs === undefined ? {} : { sheetMs }) });
      return { printer: simulated, simulated };
    }
    case 'folder':
      return { printer: copyingInto(tray, folderPrinter(config.directory), now) };
    case 'ipp': {
      const { url } = config;
      const authority = config.authority === undefined ? {} : { authority: certificateOf(config.authority).toString() };
      return { printer: copyingInto(tray, await openIppPrinter({ url, clock: systemClock, ...authority }), now) };
    }
  }
}

/** Where sheets lie in front of a kiosk with a bench: a folder, and a file that says which of them were not taken yet. */
export function trayPlaces({ bench, devices, journalFile }: KioskConfig): { folder: string; stateFile: string } {
  const folder = bench?.paperFolder ?? `${journalFile}.paper`;
  const { printer } = devices;
  return { folder, stateFile: printer.kind === 'simulated' ? printer.stateFile : `${folder}/tray.json` };
}
