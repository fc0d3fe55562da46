import { type Command, decodeCommand, encodeResponse, type Response } from '../apdu.ts';
import { CardError } from '../card-reader.ts';
import type { InsertableCard } from '../in-process-reader.ts';
import { SW } from '../status-word.ts';
import { type CardApplication, status } from './file-application.ts';

/** One that readers and other clients accept; a card is never recognised by it. */
const defaultAtr = Uint8Array.of(0x3b, 0xe0, 0x00, 0xff, 0x81, 0x31, 0xfe, 0x45, 0x14);

/** A card as data and rules, spoken to in APDUs. Everything it answers ends in a status word. */
export class VirtualCard implements InsertableCard {
  readonly atr: Uint8Array = defaultAtr;
  /** Why the last 6F00 was answered; for tests and operators. Never holds command data. */
  lastFault: unknown;
  readonly #applications: readonly CardApplication[];
  #selected: CardApplication | undefined;
  #powerCycle = 0;
  #powered = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(applications: readonly CardApplication[]) {
    this.#applications = applications;
  }

  powerOn(): void {
    if (!this.#powered) this.#powerCycle++;
    this.#powered = true;
  }

  powerOff(): void {
    this.#powered = false;
    this.#powerCycle++;
    this.#selected = undefined;
    for (const application of this.#applications) application.powerOff();
  }

  /** Warm reset: as if the power had gone for a moment. */
  reset(): void {
    this.powerOff();
    this.powerOn();
  }

  /** Commands are carried out one after another. Rejects with CARD_REMOVED when the power is off or goes meanwhile. */
  transmit(apdu: Uint8Array): Promise<Uint8Array> {
    const cycle = this.#powerCycle;
    const power = () => {
      if (!this.#powered || cycle !== this.#powerCycle) throw new CardError('CARD_REMOVED', 'the card lost its power');
    };
    const answer = this.#queue.then(async () => {
      power();
      const response = await this.#answer(apdu, power);
      power();
      return encodeResponse(response);
    });
    // The caller is told of a failure; the queue only has to go on.
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  async #answer(apdu: Uint8Array, power: () => void): Promise<Response> {
    const command = decodeCommand(apdu);
    // Like the cards in the field, this one speaks short APDUs only.
    if (command === undefined || command.extended) return status(SW.WRONG_LENGTH);
    try {
      if (command.cla === 0x00 && command.ins === 0xa4 && command.p1 === 0x04) return this.#selectApplication(command);
      if (this.#selected) return await this.#selected.process(command, power);
      return status(command.cla === 0x00 || command.cla === 0x80 ? SW.UNKNOWN_INSTRUCTION : SW.UNKNOWN_CLASS);
    } catch (error) {
      if (error instanceof CardError) throw error;
      this.lastFault = error;
      return status(SW.INTERNAL_FAULT);
    }
  }

  #selectApplication({ p2, data }: Command): Response {
    if (p2 !== 0x0c && p2 !== 0x00) return status(SW.WRONG_P1P2);
    // ISO 7816-4 lets a client give only the beginning of an AID; five bytes are the registered provider.
    const found = this.#applications.find((it) => data.length >= 5 && startsWith(it.aid, data));
    if (found === undefined) return status(SW.NOT_FOUND);
    this.#selected = found;
    found.selected();
    return status(SW.OK);
  }
}

function startsWith(whole: Uint8Array, start: Uint8Array): boolean {
  return start.length <= whole.length && start.every((byte, index) => byte === whole[index]);
}
