/** What a printer says about itself (printer-state-reasons, RFC 8011 §5.4.12), as conditions of the port. */
import type { PrinterCondition } from '../ports.ts';
import { type Group, textsOf } from './ipp-exchange.ts';

export const conditionAttributes = ['printer-state', 'printer-state-reasons', 'printer-is-accepting-jobs'];

const meaning: Readonly<Record<string, PrinterCondition>> = {
  'media-jam': 'jam',
  'fold-jam': 'jam',
  'media-empty': 'media-empty',
  'media-needed': 'media-empty',
  'input-tray-missing': 'media-empty',
  'door-open': 'door-open',
  'cover-open': 'door-open',
  'interlock-open': 'door-open',
  'input-tray-open': 'door-open',
  offline: 'offline',
  shutdown: 'offline',
  'timed-out': 'offline',
  'connecting-to-device': 'offline',
  paused: 'stopped',
  'moving-to-paused': 'stopped',
  stopping: 'stopped',
  'stopped-partly': 'stopped',
};

/** Empty: ready to print. */
export function conditionsOf(printer: Group): readonly PrinterCondition[] {
  const found = new Set<PrinterCondition>();
  for (const reason of textsOf(printer, 'printer-state-reasons')) {
    const condition = conditionOf(reason);
    if (condition !== undefined) found.add(condition);
  }
  const stopped = textsOf(printer, 'printer-state').includes('stopped');
  if (found.size === 0 && (stopped || printer['printer-is-accepting-jobs'] === false)) found.add('stopped');
  return [...found];
}

function conditionOf(reason: string): PrinterCondition | undefined {
  const [, name = '', severity] = /^(.*?)(?:-(report|warning|error))?$/.exec(reason) ?? [];
  // CUPS tells of a lost printer in a mere report.
  if (severity === 'report') return name === 'offline' ? 'offline' : undefined;
  // One empty tray among several is a warning; what the job at hand lacks is 'media-needed'.
  if (name === 'media-empty' && severity === 'warning') return undefined;
  // Many names of doors and covers: toner-door-open, finisher-cover-open …
  if (/(door|cover)-open$/.test(name)) return 'door-open';
  const known = meaning[name];
  if (known !== undefined) return known;
  // What is not known stops this kiosk only when it stops the printer.
  return severity === 'error' ? 'other' : undefined;
}
