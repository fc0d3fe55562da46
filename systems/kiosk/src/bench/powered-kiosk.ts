/**
 * A kiosk's agent with a plug. Pulled, the agent is gone in mid-thought: whatever it waits for never comes, and it
 * reaches no device any more. With power again, another agent begins with what is on the disk and in the devices.
 */
import type { Clock } from '@dokodemo/domain';
import type { CardConnection, CardReader } from '@dokodemo/ic-card';
import type { JournalLine, Kiosk, KioskOptions } from '../agent.ts';
import type { OpenAppendOnlyFile } from '../disk/append-only-file.ts';
import type { PanelSource } from '../panel-server/serve-panel.ts';
import { type Power, power, screenPinPad } from '../simulated/index.ts';

export type PoweredKioskOptions = Omit<KioskOptions, 'journal' | 'pinPad'> & {
  readonly create: (options: KioskOptions) => Kiosk;
  readonly journal: OpenAppendOnlyFile;
};

export type PoweredKiosk = PanelSource & {
  /** Undefined without power. */
  kiosk(): Kiosk | undefined;
  /** The journal's lines; without power, those that were last seen. */
  lines(): readonly JournalLine[];
  /** Resolves when the agent has started, or has lost its power again meanwhile. Rejects when it cannot start. */
  on(): Promise<void>;
  off(): void;
  /** In order, within a bound; then the plug is pulled. */
  stop(): Promise<void>;
};

const stopWithinMs = 5_000;

type Life = { readonly power: Power; readonly kiosk: Kiosk; readonly unplug: () => void; readonly cut: Promise<void> };

export function poweredKiosk(options: PoweredKioskOptions): PoweredKiosk {
  const { create, clock, journal } = options;
  const listeners = new Set<() => void>();
  let life: Life | undefined;
  let lastLines: readonly JournalLine[] = [];

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };

  function begin(): Life {
    const line = power();
    const connections = new Set<CardConnection>();
    const timers = timersThatDie(options.clock);
    const kiosk = create({
      ...options,
      reader: line.feed(countedReader(options.reader, connections)),
      money: line.feed(options.money),
      printer: line.feed(options.printer),
      ...(options.handOver === undefined ? {} : { handOver: line.feed(options.handOver) }),
      center: line.feed(options.center),
      journal: line.feed(tellingJournal(options.journal, changed)),
      clock: line.feed(timers.clock),
      pinPad: screenPinPad(),
    });
    let unplug: () => void = () => undefined;
    const cut = new Promise<void>((resolve) => {
      unplug = () => {
        line.cut();
        timers.die();
        // A card without a reader's power forgets what it has verified.
        for (const connection of connections) void connection.disconnect();
        resolve();
      };
    });
    kiosk.subscribe(() => {
      if (line.on) changed();
    });
    return { power: line, kiosk, unplug, cut };
  }

  function off(): void {
    if (life === undefined) return;
    lastLines = life.kiosk.journalLines();
    life.unplug();
    life = undefined;
    changed();
  }

  return {
    kiosk: () => life?.kiosk,
    state: () => life?.kiosk.state(),
    lines: () => life?.kiosk.journalLines() ?? lastLines,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    touch: (revision, touch) => life?.kiosk.touch(revision, touch),
    async on() {
      // What the last agent had sent to the disk gets there; a disk has its own capacitors.
      await journal.idle();
      if (life !== undefined) return;
      const begun = begin();
      life = begun;
      changed();
      try {
        await Promise.race([begun.kiosk.start(), begun.cut]);
      } catch (error) {
        if (life === begun) off();
        throw error;
      }
    },
    off,
    async stop() {
      if (life === undefined) return;
      const { kiosk, cut } = life;
      // Whoever does not come to an end (a printer that stands still) is not waited for: the journal knows.
      const takeBack = clock.setTimer(stopWithinMs, off);
      await Promise.race([kiosk.stop(), cut]);
      takeBack();
      off();
    },
  };
}

/** Connections that are open, so that they can be lost. */
function countedReader(reader: CardReader, connections: Set<CardConnection>): CardReader {
  return {
    readerName: reader.readerName,
    state: () => reader.state(),
    onChange: (listener) => reader.onChange(listener),
    async connect() {
      const connection = await reader.connect();
      connections.add(connection);
      return {
        transmit: (apdu) => connection.transmit(apdu),
        disconnect() {
          connections.delete(connection);
          return connection.disconnect();
        },
      };
    },
  };
}

/** Says when a line has been written. */
function tellingJournal(journal: OpenAppendOnlyFile, written: () => void) {
  return {
    read: () => journal.read(),
    truncate: (length: number) => journal.truncate(length),
    async append(bytes: Uint8Array) {
      await journal.append(bytes);
      written();
    },
  };
}

/** The timers of an agent, which must not keep the process up (or anything else) after it is gone. */
function timersThatDie(clock: Clock): { readonly clock: Clock; die(): void } {
  const running = new Set<() => void>();
  return {
    clock: {
      now: () => clock.now(),
      setTimer(delayMs, callback) {
        const takeBack = clock.setTimer(delayMs, () => {
          running.delete(takeBack);
          callback();
        });
        running.add(takeBack);
        return () => {
          running.delete(takeBack);
          takeBack();
        };
      },
    },
    die() {
      for (const takeBack of running) takeBack();
      running.clear();
    },
  };
}
