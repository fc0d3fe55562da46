/** Another shop: a kiosk like the bench's, with a terminal, a journal, devices and a screen of its own, in this process. */
import { readFileSync } from 'node:fs';
import { type Clock, systemClock } from '@dokodemo/domain';
import { type KioskConfig, serve } from '@dokodemo/kiosk/serve';
import { furtherTerminals } from '../../town-plan.ts';
import { openTrust } from '../../trust.ts';
import type { BrowserTown } from './town-in-a-browser.ts';

export type FurtherKiosk = {
  readonly which?: number;
  readonly clock?: Clock;
  /** How long a sheet is under way; as in the bench's kiosk unless said otherwise. */
  readonly sheetMs?: number;
};

/** The panel's address. The town must have been opened with more `furtherTerminals` than `which`. */
export async function furtherKiosk(
  { town, alsoClose }: BrowserTown,
  { which = 0, clock = systemClock, sheetMs }: FurtherKiosk = {},
): Promise<string> {
  const terminal = furtherTerminals(which + 1)[which];
  if (terminal === undefined) throw new Error('the town has no further terminal');
  const { terminalId, store } = terminal;
  const like: KioskConfig = JSON.parse(readFileSync(town.folder.file('configs', 'kiosk.json'), 'utf8'));
  const { devices, bench } = like;
  if (bench === undefined) throw new Error('the kiosk of the town has no bench');
  const trust = await openTrust(town.folder, systemClock);
  const { key, certificate, authority } = await trust.identity('kiosk', terminalId);
  const own = (name: string) => town.folder.file('kiosk', terminalId, name);
  const config: KioskConfig = {
    ...like,
    listen: { ...like.listen, port: 0 },
    terminal: { terminalId, store },
    tls: { key: { pem: key }, certificate: { pem: certificate }, authority: { pem: authority } },
    journalFile: own('journal'),
    bench: { ...bench, paperFolder: own('paper') },
    devices: {
      ...devices,
      money: { ...devices.money, stateFile: own('money.json') },
      printer:
        devices.printer.kind === 'simulated'
          ? { ...devices.printer, stateFile: own('printer.json'), ...(sheetMs === undefined ? {} : { sheetMs }) }
          : devices.printer,
    },
  };
  const kiosk = await serve(config, { clock });
  alsoClose(() => kiosk.close());
  return kiosk.url;
}
