/** What is on a screen and what was done on it, as lines for people and as data for machines. */

import type { Deed } from '@dokodemo/demo';
import { texts } from '@dokodemo/domain';
import type { PanelState } from '@dokodemo/kiosk';
import type { Label } from '@dokodemo/protocol';

const catalogue: Readonly<Record<string, { readonly en: string }>> = texts;

/** A label in English; a municipality's own words, and names, stay as they are. */
export function labelText(label: Label): string {
  if ('plain' in label) return label.plain;
  if (!('text' in label)) return '(sealed)';
  const { text, args = {} } = label;
  const pattern = catalogue[text]?.en ?? text;
  return pattern.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

export function titleOf({ screen }: PanelState): string {
  if ('title' in screen) return labelText(screen.title);
  switch (screen.kind) {
    case 'welcome':
      return 'Welcome';
    case 'printing':
      return screen.trouble === undefined ? 'Printing' : `Printing: ${screen.trouble}`;
    case 'receive-file':
      return 'Receive the file';
    case 'take':
      return screen.electronic === true ? 'The file was received' : 'Please take your certificate';
    case 'refunded':
      return 'Money returned';
    case 'case':
      return 'A case was opened';
    case 'out-of-service':
      return 'Out of service';
    case 'working':
      return 'One moment, please';
  }
}

/** What was done, in a few words; undefined for what is not worth a line (single keys, waiting). */
export function deedText({ screen }: PanelState, deed: Deed): string | undefined {
  if (deed.kind === 'wait' || deed.kind === 'leave') return undefined;
  if (deed.kind === 'hand') {
    const done = {
      'put-card': 'card put down',
      'take-card': 'card taken',
      scan: 'file received',
      'take-paper': 'paper taken',
    } as const;
    return deed.deed === 'pay' ? `${deed.yen} yen paid` : deed.deed === 'take-money' ? 'money taken' : done[deed.deed];
  }
  const { touch } = deed;
  switch (touch.kind) {
    case 'pin-key':
      return touch.key === 'enter' ? 'entered' : undefined;
    case 'chosen': {
      if (screen.kind !== 'choose') return touch.optionIds.join(', ');
      const chosen = screen.options.filter(({ id }) => touch.optionIds.includes(id));
      return chosen.length === 0 ? 'nothing' : chosen.map(({ label }) => labelText(label)).join(', ');
    }
    case 'copies':
      return String(touch.copies);
    case 'confirmed':
      return screen.kind === 'confirm' ? `confirmed, ${screen.feeYen} yen` : 'confirmed';
    case 'taken':
      return 'taken';
    default:
      return touch.kind;
  }
}
