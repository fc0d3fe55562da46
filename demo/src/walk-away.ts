/** Leaving a kiosk in order, wherever its conversation stands: nothing more is wanted, and no card is forgotten. */
import type { Clock } from '@dokodemo/domain';
import type { Kiosk, PanelState, PanelTouch } from '@dokodemo/kiosk';
import { watchKiosk } from './walk.ts';

const mostSteps = 40;
const waitMs = 3_000;

function farewell({ screen }: PanelState): PanelTouch {
  switch (screen.kind) {
    case 'take':
    case 'refunded':
    case 'case':
      return { kind: 'taken' };
    case 'end':
    case 'another':
      return { kind: 'finish' };
    case 'notice':
      return { kind: screen.stop ? 'stop' : 'agree' };
    default:
      return { kind: 'stop' };
  }
}

/** Resolves when the kiosk waits for the next resident, or cannot be brought to it. */
export async function walkAway(
  kiosk: Pick<Kiosk, 'state' | 'subscribe' | 'touch'>,
  takeCard: () => void,
  clock: Clock,
): Promise<void> {
  const watch = watchKiosk(kiosk, clock, waitMs);
  try {
    for (let steps = 0; steps < mostSteps; steps++) {
      const state = kiosk.state();
      if (state.screen.kind === 'welcome' || state.screen.kind === 'out-of-service') return;
      if (state.card !== 'absent') takeCard();
      kiosk.touch(state.revision, farewell(state));
      await watch.when((it) => it.revision !== state.revision);
    }
  } catch {
    // It stands still: whatever was under way is finished when the kiosk is stopped.
  } finally {
    watch.leave();
  }
}
