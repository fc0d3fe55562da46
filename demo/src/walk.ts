/** A resident walks through a kiosk's screens: the bare loop around `nextDeed`. */
import type { Clock } from '@dokodemo/domain';
import type { Kiosk, PanelState } from '@dokodemo/kiosk';
import { type Deed, freshMemory, type Memory, nextDeed, type Wishes } from './resident-at-kiosk.ts';

export type Hands = {
  putCard(): void;
  takeCard(): void;
  pay(yen: number): void;
  /** The telephone reads what the screen shows. Absent: somebody else collects the file. */
  scan?(address: string): void;
  takeMoney(): void;
};

export type Walk = {
  readonly kiosk: Pick<Kiosk, 'state' | 'subscribe' | 'touch'>;
  readonly hands: Hands;
  readonly wishes: Wishes;
  readonly clock: Clock;
  /** Hears of every deed with the screen it was done on, and of every state on which nothing is to be done. */
  readonly onStep?: (state: PanelState, deed: Deed) => void;
  /** Ends the walk where it stands. */
  readonly until?: (state: PanelState) => boolean;
};

const mostDeeds = 500;
const standsStillMs = 90_000;

/** What may change without a new revision and still asks for another deed. */
export function fingerprint({ revision, busy, pinDigits, insertedYen, card, idleSecondsLeft }: PanelState): string {
  return [revision, busy, pinDigits, insertedYen, card, idleSecondsLeft !== undefined].join(' ');
}

/** Waits for what a kiosk shows next; rejects when nothing happens for too long. */
export function watchKiosk(kiosk: Pick<Kiosk, 'state' | 'subscribe'>, clock: Clock, patienceMs = standsStillMs) {
  let wake: (() => void) | undefined;
  const leave = kiosk.subscribe(() => wake?.());
  return {
    leave,
    /** The first state that is as wanted, from the present one on. */
    async when(wanted: (state: PanelState) => boolean): Promise<PanelState> {
      for (;;) {
        const state = kiosk.state();
        if (wanted(state)) return state;
        await new Promise<void>((resolve, reject) => {
          const cancel = clock.setTimer(patienceMs, () =>
            reject(new Error(`the kiosk stands still at “${state.screen.kind}” for ${patienceMs / 1_000} s`)),
          );
          wake = () => {
            cancel();
            resolve();
          };
        });
      }
    },
  };
}

export async function walk({ kiosk, hands, wishes, clock, onStep, until }: Walk): Promise<Memory> {
  const memory = freshMemory();
  const watch = watchKiosk(kiosk, clock);
  let seen = '';
  try {
    for (let deeds = 0; deeds < mostDeeds; deeds++) {
      const state = await watch.when((it) => fingerprint(it) !== seen);
      seen = fingerprint(state);
      if (until?.(state) === true) return memory;
      const deed = nextDeed(state, wishes, memory);
      onStep?.(state, deed);
      if (deed.kind === 'leave') return memory;
      doIt(kiosk, hands, state, deed);
    }
  } finally {
    watch.leave();
  }
  throw new Error(`not done after ${mostDeeds} deeds: the conversation goes in circles`);
}

export function doIt(kiosk: Pick<Kiosk, 'touch'>, hands: Hands, { revision }: PanelState, deed: Deed): void {
  if (deed.kind === 'touch') kiosk.touch(revision, deed.touch);
  if (deed.kind !== 'hand') return;
  if (deed.deed === 'put-card') hands.putCard();
  if (deed.deed === 'take-card') hands.takeCard();
  if (deed.deed === 'pay') hands.pay(deed.yen ?? 0);
  if (deed.deed === 'scan') hands.scan?.(deed.address ?? '');
  if (deed.deed === 'take-money') hands.takeMoney();
}
