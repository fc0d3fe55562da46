/**
 * What is read aloud on a screen.
 *
 * Privacy: other people stand in a shop. Through the loudspeaker only the house's own texts are read, with numbers, days
 * and times in them and nothing else: names, towns and a municipality's words come as plain labels, and stay on the
 * glass. A resident who has said that headphones are in hears these, too. A PIN is not known to the panel and no key of
 * its pad is ever read, by neither.
 */
import type { Label } from '@dokodemo/protocol';
import type { PanelState } from '../../../src/panel-contract.ts';
import type { Hearing } from '../tools.tsx';
import type { Args } from '../words/resolve.ts';
import type { Words } from '../words/words.tsx';

const dayOrTime = /^(\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2})$/;

function namesNobody(args: Args = {}): boolean {
  return Object.values(args).every((value) => typeof value === 'number' || dayOrTime.test(value));
}

/** True: may only be heard in headphones. */
export function isPersonal(label: Label): boolean {
  return !('text' in label && namesNobody(label.args));
}

function messageOf({ message }: PanelState, { say }: Words, hearing: Hearing): readonly string[] {
  if (message === undefined || !(hearing === 'headphones' || namesNobody(message.args))) return [];
  return [say(`refusal.${message.code}`, message.args)];
}

export function sentencesOf(state: PanelState, words: Words, hearing: Hearing): readonly string[] {
  const { screen } = state;
  const { say, yen, fee } = words;
  const alone = hearing === 'headphones';
  const aloud = (label: Label | undefined) =>
    label === undefined || (isPersonal(label) && !alone) ? [] : [words.label(label)];
  switch (screen.kind) {
    case 'welcome':
      return [say('kiosk.welcome.title'), say('kiosk.welcome.line')];
    case 'working':
      return [say(`kiosk.working.${screen.what}`), say(`kiosk.working.${screen.what}.line`)];
    case 'printing':
      return screen.trouble === undefined
        ? [say('kiosk.printing.title'), say('kiosk.printing.wait')]
        : [say('kiosk.trouble.title'), say('kiosk.trouble.nothing-lost')];
    case 'receive-file':
      return [
        say('kiosk.receive.title'),
        say('kiosk.receive.scan'),
        say('kiosk.receive.open'),
        say('kiosk.receive.kept'),
      ];
    case 'take':
      return screen.electronic
        ? [say('kiosk.take.file.title'), say('kiosk.take.file.line')]
        : [say('kiosk.take.title'), say('kiosk.take.line')];
    case 'refunded':
      return screen.returnedYen === 0
        ? [say('kiosk.refunded.nothing-charged')]
        : [say('kiosk.refunded.title'), yen(screen.returnedYen), say('kiosk.refunded.take')];
    case 'case':
      return [say('kiosk.case.title'), say('kiosk.case.line'), ...(alone ? [screen.caseNumber] : [])];
    case 'out-of-service':
      return [say('kiosk.out.title'), say('kiosk.out.elsewhere')];
    default: {
      const said = [...messageOf(state, words, hearing), ...aloud(screen.title), ...aloud(screen.help)];
      if (screen.kind === 'notice') return [...said, ...screen.lines.flatMap(aloud)];
      if (screen.kind === 'confirm') {
        const lines = screen.lines.flatMap(({ label, value }) => [...aloud(label), ...aloud(value)]);
        return [...said, ...(alone ? lines : []), say('kiosk.confirm.fee'), fee(screen.feeYen)];
      }
      if (screen.kind === 'pay') {
        const missing = Math.max(0, screen.feeYen - state.insertedYen);
        return missing === 0 ? [say('kiosk.pay.paid')] : [...said, say('kiosk.pay.remaining'), yen(missing)];
      }
      return said;
    }
  }
}
