/**
 * The plug of a simulated kiosk. A process that loses its power never hears again of what it began, and begins nothing
 * more; the devices behind the ports go on, or stop, by their own nature.
 */
import type { Clock } from '@dokodemo/domain';

/** What the dead may still ask without anything happening, so that they do not stumble over the silence. */
const deaf: Readonly<Record<string, (port: unknown) => unknown>> = {
  now: (port) => (port as Clock).now(),
  setTimer: () => () => undefined,
};

export type Power = {
  readonly on: boolean;
  cut(): void;
  /** The port as a program on this power sees it. */
  feed<Port extends object>(port: Port): Port;
};

export function power(): Power {
  let on = true;
  const never = new Promise<never>(() => undefined);
  return {
    get on() {
      return on;
    },
    cut() {
      on = false;
    },
    feed(port) {
      // Around an empty object: a frozen port would insist on its own members.
      return new Proxy({} as typeof port, {
        get(_, name) {
          const member: unknown = Reflect.get(port, name, port);
          if (typeof member !== 'function') return member;
          return (...given: unknown[]) => {
            if (!on) return deaf[String(name)]?.(port) ?? never;
            // Calls back to the dead go nowhere either.
            const heard = given.map((it) =>
              typeof it === 'function'
                ? (...words: unknown[]) => (on ? Reflect.apply(it, undefined, words) : undefined)
                : it,
            );
            const result: unknown = Reflect.apply(member, port, heard);
            if (!(result instanceof Promise)) return result;
            return result.then(
              (value) => (on ? value : never),
              (error: unknown) => (on ? Promise.reject(error) : never),
            );
          };
        },
      });
    },
  };
}
