/**
 * Between fingers and the agent: a double tap sends once, digits arrive in the order of the fingers, and nothing is
 * taken while a request is under way, except stop.
 */
import type { PanelState, PanelTouch } from '../../src/panel-contract.ts';

export type SendTouch = (revision: number, touch: PanelTouch) => Promise<boolean>;

export type TouchGate = {
  /** Hears of every state, before it is drawn. Undefined: the agent is away. */
  state(state: PanelState | undefined): void;
  /** True: it is on its way. */
  touch(touch: PanelTouch): boolean;
};

/** Keys that may wait for the one before them to be heard. */
const mostWaitingKeys = 16;

/** Touches that do not lead to another screen: the same screen may be touched again after them. */
function stays(touch: PanelTouch): boolean {
  if (touch.kind === 'pin-key') return touch.key !== 'enter';
  return touch.kind === 'language' || touch.kind === 'still-here';
}

export function openTouchGate(send: SendTouch): TouchGate {
  let current: PanelState | undefined;
  /** The screen that has had its touch; and the one that has had its stop. */
  let touched: number | undefined;
  let stopped: number | undefined;
  let keys: Promise<unknown> = Promise.resolve();
  let waitingKeys = 0;
  const underWay = new Set<PanelTouch['kind']>();

  /** What did not arrive may be tried again. */
  function release(revision: number, arrived: boolean): void {
    if (arrived) return;
    if (touched === revision) touched = undefined;
    if (stopped === revision) stopped = undefined;
  }

  function sendKey(revision: number, touch: PanelTouch): boolean {
    if (waitingKeys >= mostWaitingKeys) return false;
    waitingKeys += 1;
    keys = keys.then(async () => {
      waitingKeys -= 1;
      if (current?.revision === revision) release(revision, await send(revision, touch));
    });
    return true;
  }

  return {
    state(state) {
      // Settled without a new screen (a request that was taken back): the screen may be touched again.
      if (state === undefined || (current?.busy === true && !state.busy)) touched = undefined;
      current = state;
    },
    touch(touch) {
      if (current === undefined) return false;
      const { revision, busy } = current;
      if (touch.kind === 'stop') {
        if (stopped === revision) return false;
        stopped = revision;
      } else if (touch.kind !== 'still-here') {
        if (busy || touched === revision || stopped === revision) return false;
        if (!stays(touch)) touched = revision;
      }
      if (touch.kind === 'pin-key') return sendKey(revision, touch);
      if (underWay.has(touch.kind)) return false;
      underWay.add(touch.kind);
      void send(revision, touch).then((arrived) => {
        underWay.delete(touch.kind);
        release(revision, arrived);
      });
      return true;
    },
  };
}
