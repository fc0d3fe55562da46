/** Pulls the plug in a chosen moment of what a kiosk does with its ports. */
import type { Around } from './world.ts';

/** Where the plug is pulled: before the n-th step of any port takes effect, after it, or so long after the start. */
export type Cut =
  | { readonly at: 'step'; readonly step: number; readonly when: 'before' | 'after'; readonly keepBytes: number }
  | { readonly at: 'time'; readonly ms: number; readonly keepBytes: number };

const watched = new Set(['money', 'printer', 'journal', 'center', 'files']);

/** Counts every operation of the watched ports, and pulls the plug at one of them. */
export class Saboteur {
  steps = 0;
  cut: Cut | undefined;
  pull: (keepBytes: number) => void = () => undefined;

  readonly around: Around = (name, port) => {
    if (!watched.has(name)) return port;
    return new Proxy({} as typeof port, {
      get: (_, member) => {
        const original: unknown = Reflect.get(port, member, port);
        if (typeof original !== 'function') return original;
        return (...given: unknown[]) => this.#call(() => Reflect.apply(original, port, given));
      },
    });
  };

  #call(act: () => unknown): unknown {
    const { cut } = this;
    const mine = ++this.steps === (cut?.at === 'step' ? cut.step : -1);
    if (cut?.at === 'step' && mine && cut.when === 'before') {
      this.cut = undefined;
      this.pull(cut.keepBytes);
      return new Promise<never>(() => undefined);
    }
    const result = act();
    if (cut?.at === 'step' && mine) {
      this.cut = undefined;
      // The operation is on its way: its effect may come, its answer is not heard.
      this.pull(cut.keepBytes);
    }
    return result;
  }
}
