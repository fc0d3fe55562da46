/** A kiosk's disk: what was answered is on it; of what was under way when the power went, any beginning. */
import type { AppendOnlyFile } from '@dokodemo/kiosk';
import type { Chance } from '../chance.ts';
import type { Life } from '../mortal.ts';
import type { VirtualTime } from '../virtual-time.ts';

export class Disk {
  #content = Buffer.alloc(0);
  /** Written and not yet synced. */
  #underWay: Uint8Array[] = [];
  /** Takes nothing any more: what was under way may be there in part. */
  failing = false;
  /** An agent of today has been told so. */
  failed = false;
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #writing: () => void;

  /** `writing`: bytes are on their way to the disk. */
  constructor(time: VirtualTime, chance: Chance, writing: () => void) {
    this.#writing = writing;
    this.#time = time;
    this.#chance = chance;
  }

  get content(): Uint8Array {
    return Uint8Array.from(this.#content);
  }

  /** The power goes: how much of what was under way is on the disk, luck decides. Answers how many bytes were torn. */
  cut(): number {
    const pending = Buffer.concat(this.#underWay);
    this.#underWay = [];
    const kept = this.#chance.between(0, pending.length);
    this.#content = Buffer.concat([this.#content, pending.subarray(0, kept)]);
    return kept;
  }

  /** The file as one agent has it open. */
  open(life: Life): AppendOnlyFile {
    let last: Promise<unknown> = Promise.resolve();
    const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
      if (!life.alive) return new Promise(() => undefined);
      const result = last.then(work, work);
      last = result.catch(() => undefined);
      return result;
    };
    const synced = () =>
      new Promise<void>((resolve) => {
        this.#time.setTimer(this.#chance.between(1, 12), () => life.alive && resolve());
      });
    return {
      read: () => inOrder(async () => this.content),
      append: (bytes) => {
        const copy = Uint8Array.from(bytes);
        return inOrder(async () => {
          if (!life.alive) return;
          this.#underWay.push(copy);
          this.#writing();
          await synced();
          if (this.failing) {
            this.cut();
            this.failed = true;
            throw new Error('simulated: the disk has failed');
          }
          this.#underWay.shift();
          this.#content = Buffer.concat([this.#content, copy]);
        });
      },
      truncate: (length) =>
        inOrder(async () => {
          await synced();
          if (this.failing) {
            this.failed = true;
            throw new Error('simulated: the disk has failed');
          }
          this.#content = this.#content.subarray(0, length);
        }),
    };
  }
}
