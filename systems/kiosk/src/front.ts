/**
 * The kiosk's face: one screen at a time, and at most one question that waits for its answer. Whatever is asked ends: by
 * an answer, by idleness with a warning before it, or because the kiosk is being stopped.
 */
import type { Clock } from '@dokodemo/domain';
import type { Language } from '@dokodemo/protocol';
import type { PanelScreen, PanelState, PanelTouch } from './panel-contract.ts';
import type { KioskSettings } from './settings.ts';

export type Message = NonNullable<PanelState['message']>;

export type Question<T> = {
  readonly screen: PanelScreen;
  readonly message?: Message | undefined;
  /** Null: this screen does not end by idleness. */
  readonly idleMs: number | null;
  /** Nobody needs a warning that a farewell ends. */
  readonly warn?: boolean;
  /** However much is touched; else `screenMaxMs`. */
  readonly maxMs?: number;
  /** Undefined: this touch answers nothing and is dropped. */
  readonly onTouch: (touch: PanelTouch) => T | undefined;
  /** Other sources of an answer: the card reader, the pad, money. The returned function takes them back. */
  readonly also?: (answer: (value: T) => void) => () => void;
};

type Open = { readonly touched: (touch: PanelTouch) => void; readonly stirred: () => void; readonly end: () => void };

type Live = Pick<PanelState, 'card' | 'pinDigits' | 'insertedYen' | 'secondsLeft' | 'busy' | 'language'>;

export class Front {
  readonly #clock: Clock;
  readonly #settings: KioskSettings;
  readonly #listeners = new Set<(state: PanelState) => void>();
  #state: PanelState;
  #open: Open | undefined;
  #closing = false;

  constructor(clock: Clock, settings: KioskSettings, terminal: PanelState['terminal']) {
    this.#clock = clock;
    this.#settings = settings;
    const first: PanelState = {
      revision: 0,
      language: 'ja',
      screen: { kind: 'out-of-service', code: 'DEFECT' },
      busy: true,
      card: 'absent',
      pinDigits: 0,
      insertedYen: 0,
      terminal,
    };
    this.#state = Object.freeze(first);
  }

  state(): PanelState {
    return this.#state;
  }

  subscribe(listener: (state: PanelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get language(): Language {
    return this.#state.language;
  }

  /** From now on every question ends at once, unanswered. */
  close(): void {
    this.#closing = true;
    this.#open?.end();
  }

  get closing(): boolean {
    return this.#closing;
  }

  touch(revision: number, touch: PanelTouch): void {
    if (revision !== this.#state.revision) return;
    if (touch.kind === 'language') this.live({ language: touch.language });
    this.#open?.touched(touch);
  }

  /** What changes on a screen while it stays. */
  live(change: Partial<Live>): void {
    this.#tell({ ...this.#state, ...change });
  }

  /** The resident is there: a coin fell, a card moved. */
  stir(): void {
    this.#open?.stirred();
  }

  /** Another screen, with nothing asked. */
  show(screen: PanelScreen, message?: Message): void {
    const { message: _, idleSecondsLeft: __, secondsLeft: ___, ...rest } = this.#state;
    this.#tell({
      ...rest,
      revision: rest.revision + 1,
      screen,
      busy: false,
      pinDigits: 0,
      ...(message === undefined ? {} : { message }),
    });
  }

  /** Another message on the same screen. */
  say(message: Message): void {
    this.#tell({ ...this.#state, revision: this.#state.revision + 1, message });
  }

  /** Shows a screen and waits. One question at a time. */
  ask<T>(question: Question<T>): Promise<T | 'idle'> {
    if (this.#open !== undefined) throw new Error('something else is being asked');
    this.show(question.screen, question.message);
    return new Promise((resolve) => {
      let takeBack: () => void = () => undefined;
      const answer = (value: T | 'idle') => {
        if (this.#open !== open) return;
        this.#open = undefined;
        idle.stop();
        takeBack();
        this.#quiet();
        resolve(value);
      };
      const idle = this.#idle(question, () => answer('idle'));
      const open: Open = {
        touched: (touch) => {
          idle.stirred();
          const value = question.onTouch(touch);
          if (value !== undefined) answer(value);
        },
        stirred: idle.stirred,
        end: () => answer('idle'),
      };
      this.#open = open;
      takeBack = question.also?.(answer) ?? takeBack;
      // It may have been answered while its sources were being attached.
      if (this.#open !== open) takeBack();
      else if (this.#closing) answer('idle');
    });
  }

  /** Answered: until the next screen is there, touches lead nowhere. */
  #quiet(): void {
    const { idleSecondsLeft: _, ...rest } = this.#state;
    this.#tell({ ...rest, busy: true });
  }

  #idle<T>(question: Question<T>, end: () => void): { stirred(): void; stop(): void } {
    const { idleMs, warn = true, maxMs = this.#settings.screenMaxMs } = question;
    if (idleMs === null) return { stirred: () => undefined, stop: () => undefined };
    const shownAt = this.#clock.now();
    const warnMs = warn ? Math.min(this.#settings.warnMs, idleMs / 2) : 0;
    let endsAt = 0;
    let cancel: () => void = () => undefined;
    const tick = () => {
      const left = endsAt - this.#clock.now();
      if (left <= 0) return end();
      if (left > warnMs) {
        cancel = this.#clock.setTimer(left - warnMs, tick);
        return;
      }
      this.#tell({ ...this.#state, idleSecondsLeft: Math.ceil(left / 1_000) });
      cancel = this.#clock.setTimer(Math.min(left, 1_000), tick);
    };
    const stirred = () => {
      cancel();
      endsAt = Math.min(this.#clock.now() + idleMs, shownAt + Math.max(maxMs, idleMs));
      if (this.#state.idleSecondsLeft !== undefined) {
        const { idleSecondsLeft: _, ...rest } = this.#state;
        this.#tell(rest);
      }
      tick();
    };
    stirred();
    return { stirred, stop: () => cancel() };
  }

  #tell(state: PanelState): void {
    this.#state = Object.freeze(state);
    for (const listener of [...this.#listeners]) listener(this.#state);
  }
}
