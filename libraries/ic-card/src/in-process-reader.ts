import { type CardConnection, CardError, type CardReader, type ReaderState } from './card-reader.ts';

/** What can be put into a slot: a virtual card. */
export interface InsertableCard {
  /** Answer to reset. */
  readonly atr: Uint8Array;
  powerOn(): void;
  /** Forgets everything volatile. A command under way dies with the power. */
  powerOff(): void;
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
}

type Slot = { readonly connection: CardConnection; lose(error: CardError): void };

/** A reader without hardware: cards are put in and taken out by calls. */
export class InProcessReader implements CardReader {
  readonly readerName: string;
  readonly #cards: InsertableCard[] = [];
  readonly #listeners = new Set<(state: ReaderState) => void>();
  #broken = false;
  #inUse: Slot | undefined;

  constructor(readerName = 'Dokodemo in-process reader') {
    this.readerName = readerName;
  }

  state(): ReaderState {
    if (this.#broken) return 'broken';
    return this.#cards.length === 0 ? 'empty' : this.#cards.length === 1 ? 'card' : 'two-cards';
  }

  onChange(listener: (state: ReaderState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lays a card on the reader. With another one there already, neither can be spoken to. Throws on a third card. */
  insert(card: InsertableCard): void {
    if (this.#cards.includes(card)) throw new Error('this card lies on the reader already');
    if (this.#cards.length >= 2) throw new Error('two cards lie on the reader already');
    this.#cards.push(card);
    if (this.#cards.length > 1) this.#unpower(new CardError('CARD_TWO', 'a second card came into the field'));
    this.#tell();
  }

  /** Takes one card away, or all. Nothing happens when it was not there. */
  remove(card?: InsertableCard): void {
    const kept = card === undefined ? [] : this.#cards.filter((other) => other !== card);
    if (kept.length === this.#cards.length) return;
    // The power goes while the card is still known, so that a command under way dies inside the card too.
    this.#unpower(new CardError('CARD_REMOVED', 'the card was taken away'));
    this.#cards.splice(0, this.#cards.length, ...kept);
    this.#tell();
  }

  /** The reader fails (a cable, a driver) or works again. */
  setBroken(broken: boolean): void {
    if (broken === this.#broken) return;
    this.#broken = broken;
    if (broken) this.#unpower(new CardError('READER_BROKEN', 'the reader does not answer'));
    this.#tell();
  }

  async connect(): Promise<CardConnection> {
    const state = this.state();
    const [card] = this.#cards;
    if (state === 'broken') throw new CardError('READER_BROKEN', 'the reader does not answer');
    if (state === 'two-cards') throw new CardError('CARD_TWO', 'two cards lie on the reader');
    if (card === undefined) throw new CardError('NO_CARD', 'no card lies on the reader');
    if (this.#inUse) throw new CardError('SHARING_VIOLATION', 'the card is in use by another connection');
    card.powerOn();
    const slot = openSlot(card, () => {
      if (this.#inUse === slot) this.#inUse = undefined;
    });
    this.#inUse = slot;
    return slot.connection;
  }

  #unpower(why: CardError): void {
    for (const card of this.#cards) card.powerOff();
    this.#inUse?.lose(why);
    this.#inUse = undefined;
  }

  #tell(): void {
    const state = this.state();
    for (const listener of [...this.#listeners]) listener(state);
  }
}

function openSlot(card: InsertableCard, free: () => void): Slot {
  let ended: CardError | undefined;
  let endedBy: (error: CardError) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => {
    endedBy = reject;
  });
  // Losing a card nobody is speaking to is no unhandled rejection; the next transmit reports it.
  lost.catch(() => undefined);
  const end = (error: CardError) => {
    ended ??= error;
    endedBy(ended);
  };
  let queue: Promise<unknown> = Promise.resolve();
  return {
    lose: end,
    connection: {
      transmit(apdu) {
        const answer = queue.then(() => {
          if (ended) throw ended;
          return Promise.race([card.transmit(apdu), lost]);
        });
        queue = answer.catch(() => undefined);
        return answer;
      },
      async disconnect() {
        if (ended) return;
        end(new CardError('DISCONNECTED', 'the connection was closed'));
        card.powerOff();
        free();
      },
    },
  };
}
