/**
 * Server-sent events of a state: a listener hears the newest at once, and every change after it. One that is slow gets
 * the newest when it can take it: states replace each other, so nothing queues.
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '@dokodemo/domain';

export type ShownEvent = { readonly event?: string; readonly data: unknown };

export type EventStreamOptions = {
  readonly clock: Clock;
  /** The state now, as an event. */
  readonly now: () => ShownEvent;
  /** Calls back after every change; the returned function ends it. */
  readonly subscribe: (changed: () => void) => () => void;
  readonly maxListeners: number;
  /** An idle connection is seen to be alive (and a dead one to be dead) by comments. */
  readonly heartbeatMs: number;
};

export type EventStream = {
  /** False: there are as many listeners as there may be; nothing was written. */
  attach(response: ServerResponse): boolean;
  close(): void;
};

type Listener = { readonly response: ServerResponse; clogged: boolean; behind: boolean };

export function eventStream(options: EventStreamOptions): EventStream {
  const { clock, now, maxListeners, heartbeatMs } = options;
  const listeners = new Set<Listener>();

  function write(listener: Listener, text: string): void {
    if (listener.response.destroyed) return;
    listener.clogged = !listener.response.write(text);
  }

  function tell(listener: Listener, text: string): void {
    if (listener.clogged) listener.behind = true;
    else write(listener, text);
  }

  const unsubscribe = options.subscribe(() => {
    const text = eventText(now());
    for (const listener of listeners) tell(listener, text);
  });

  let takeBack = clock.setTimer(heartbeatMs, beat);
  function beat(): void {
    takeBack = clock.setTimer(heartbeatMs, beat);
    for (const listener of listeners) if (!listener.clogged) write(listener, ': here\n\n');
  }

  return {
    attach(response) {
      if (listeners.size >= maxListeners) return false;
      const listener: Listener = { response, clogged: false, behind: false };
      listeners.add(listener);
      response.on('close', () => listeners.delete(listener));
      response.on('drain', () => {
        listener.clogged = false;
        if (!listener.behind) return;
        listener.behind = false;
        write(listener, eventText(now()));
      });
      write(listener, `retry: 500\n\n${eventText(now())}`);
      return true;
    },
    close() {
      takeBack();
      unsubscribe();
      for (const { response } of listeners) response.end();
      listeners.clear();
    },
  };
}

function eventText({ event, data }: ShownEvent): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}
