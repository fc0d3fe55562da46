/** Time that passes only when nothing is left to do at this moment. */
import type { Clock } from '@dokodemo/domain';

type Timer = { readonly at: number; readonly order: number; readonly callback: () => void };

/** A binary heap by (at, order): timers of the same millisecond fire in the order in which they were set. */
class TimerHeap {
  readonly #timers: Timer[] = [];

  get size(): number {
    return this.#timers.length;
  }

  peek(): Timer | undefined {
    return this.#timers[0];
  }

  push(timer: Timer): void {
    const heap = this.#timers;
    let child = heap.push(timer) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  pop(): Timer | undefined {
    const heap = this.#timers;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      let least = parent;
      for (const child of [left, left + 1]) if (child < heap.length && this.#before(child, least)) least = child;
      if (least === parent) return first;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #before(a: number, b: number): boolean {
    const x = this.#timers[a] as Timer;
    const y = this.#timers[b] as Timer;
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  #swap(a: number, b: number): void {
    const heap = this.#timers;
    [heap[a], heap[b]] = [heap[b] as Timer, heap[a] as Timer];
  }
}

/** Everything that promises have still to do at this moment, done. Sound as long as nothing here waits for real I/O:
 *  the event loop's next turn comes only after all microtasks. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export class VirtualTime implements Clock {
  #now: number;
  #order = 0;
  readonly #timers = new TimerHeap();
  readonly #cancelled = new Set<number>();

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const order = this.#order++;
    let pending = true;
    const fire = () => {
      pending = false;
      callback();
    };
    this.#timers.push({ at: this.#now + Math.max(0, Math.ceil(delayMs)), order, callback: fire });
    return () => {
      if (pending) this.#cancelled.add(order);
      pending = false;
    };
  }

  /** Lets time pass until `untilMs`, or until `done` says so; at most `maxSteps` timers. Returns how many fired. */
  async run(untilMs: number, maxSteps: number, done: () => boolean, afterEach: () => void): Promise<number> {
    let steps = 0;
    await settle();
    while (steps < maxSteps && !done()) {
      const next = this.#timers.peek();
      if (next === undefined || next.at > untilMs) break;
      this.#timers.pop();
      if (this.#cancelled.delete(next.order)) continue;
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
      afterEach();
      steps++;
    }
    if (!done() && steps < maxSteps) this.#now = Math.max(this.#now, untilMs);
    return steps;
  }
}
