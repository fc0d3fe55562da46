/** What stands around a screen: its step, and whether back and stop are offered. The center says it for its screens,
 *  this table for the kiosk's own. */
import type { TextId } from '@dokodemo/domain';
import type { LocalScreen, PanelScreen } from '../../../src/panel-contract.ts';

export const steps = ['identify', 'choose', 'confirm', 'pay', 'take'] as const;
export type Step = (typeof steps)[number];

export const stepNames: Readonly<Record<Step, TextId>> = {
  identify: 'kiosk.step.identify',
  choose: 'kiosk.step.choose',
  confirm: 'kiosk.step.confirm',
  pay: 'kiosk.step.pay',
  take: 'kiosk.step.take',
};

export type Frame = { readonly step: Step | undefined; readonly back: boolean; readonly stop: boolean };

const workingAt = {
  opening: 'identify',
  'checking-card': 'identify',
  'asking-municipality': 'identify',
  preparing: 'confirm',
  'taking-back': 'take',
} as const satisfies Record<Extract<LocalScreen, { kind: 'working' }>['what'], Step>;

export function frameOf(screen: PanelScreen): Frame {
  switch (screen.kind) {
    case 'welcome':
    case 'out-of-service':
      return { step: undefined, back: false, stop: false };
    case 'working':
      return { step: workingAt[screen.what], back: false, stop: screen.stop };
    case 'receive-file':
      return { step: 'take', back: false, stop: true };
    case 'printing':
    case 'take':
    case 'refunded':
    case 'case':
      return { step: 'take', back: false, stop: false };
    default:
      return { step: screen.step, back: screen.back, stop: screen.stop };
  }
}

/** The same for as long as it is the same screen to a resident: what was chosen on it is kept while coins or seconds
 *  change, and forgotten with it. */
export function identityOf(screen: PanelScreen): string {
  switch (screen.kind) {
    case 'choose':
      return `choose ${screen.questionId}`;
    case 'enter-pin':
      return `enter-pin ${screen.which}`;
    case 'working':
      return `working ${screen.what}`;
    case 'notice':
      return `notice ${JSON.stringify([screen.title, screen.lines])}`;
    case 'pay':
      return `pay ${screen.applicationId}`;
    default:
      return screen.kind;
  }
}
