/** A listener that is slow gets the newest state when it can take it, and costs nobody else anything. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { TestTime } from '../testing/test-time.ts';
import { eventStream } from './event-stream.ts';

/** A connection whose other end takes what it is sent when the test lets it. */
function connection(highWaterMark: number) {
  const taken: string[] = [];
  let release: (() => void) | undefined;
  let open = true;
  const stream = new Writable({
    highWaterMark,
    write(chunk: Buffer, _encoding, done) {
      taken.push(chunk.toString());
      if (open) done();
      else release = done;
    },
  });
  return {
    response: stream as unknown as ServerResponse,
    stream,
    taken,
    block: () => {
      open = false;
    },
    async unblock() {
      open = true;
      const drained = once(stream, 'drain');
      release?.();
      await drained;
    },
  };
}

function streamOf(time: TestTime, maxListeners = 2) {
  let state = 0;
  let tell: () => void = () => undefined;
  const stream = eventStream({
    clock: time,
    now: () => ({ data: state }),
    subscribe(changed) {
      tell = changed;
      return () => {
        tell = () => undefined;
      };
    },
    maxListeners,
    heartbeatMs: 15_000,
  });
  return {
    stream,
    show(next: number) {
      state = next;
      tell();
    },
  };
}

test('a slow listener is told the newest state, not every one; the others are told all', async () => {
  const { stream, show } = streamOf(new TestTime());
  const slow = connection(1);
  const fast = connection(65_536);
  slow.block();
  assert.ok(stream.attach(slow.response));
  assert.ok(stream.attach(fast.response));
  for (const state of [1, 2, 3]) show(state);
  assert.equal(slow.taken.length, 1);
  await slow.unblock();
  assert.deepEqual(slow.taken.slice(1), ['data: 3\n\n']);
  assert.deepEqual(fast.taken.slice(1), ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']);
  stream.close();
});

test('a listener that has taken everything is not told the same state again', async () => {
  const { stream } = streamOf(new TestTime());
  const slow = connection(1);
  slow.block();
  stream.attach(slow.response);
  await slow.unblock();
  assert.equal(slow.taken.length, 1);
  stream.close();
});

/** Time that knows how many timers run. */
class CountedTime extends TestTime {
  running = 0;
  override setTimer(delayMs: number, callback: () => void): () => void {
    this.running++;
    let over = false;
    const end = () => {
      if (!over) this.running--;
      over = true;
    };
    const takeBack = super.setTimer(delayMs, () => {
      end();
      callback();
    });
    return () => {
      end();
      takeBack();
    };
  }
}

test('silence is filled with comments, and ends with the stream', async () => {
  const time = new CountedTime();
  const { stream } = streamOf(time);
  const listener = connection(65_536);
  stream.attach(listener.response);
  await time.pass(30_000);
  assert.deepEqual(listener.taken.slice(1), [': here\n\n', ': here\n\n']);
  stream.close();
  assert.ok(listener.stream.writableEnded);
  assert.equal(time.running, 0, 'nothing keeps the process up');
});

test('there are only so many listeners; one that went away makes room', async () => {
  const { stream, show } = streamOf(new TestTime(), 1);
  const first = connection(65_536);
  assert.ok(stream.attach(first.response));
  const second = connection(65_536);
  assert.equal(stream.attach(second.response), false);
  assert.deepEqual(second.taken, []);
  first.stream.destroy();
  await once(first.stream, 'close');
  show(1);
  assert.ok(stream.attach(second.response));
  stream.close();
});
