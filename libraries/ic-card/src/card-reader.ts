/**
 * The port to a card reader. A PC/SC adapter and the in-process reader behave the same: one card at a time, exclusive
 * use, and a card that is pulled out ends the connection for good, even if it comes back.
 */

export type ReaderState = 'empty' | 'card' | 'two-cards' | 'broken';

export interface CardReader {
  readonly readerName: string;
  state(): ReaderState;
  /** Called after every change, in order. The returned function takes the listener back. */
  onChange(listener: (state: ReaderState) => void): () => void;
  /** Powers the card and reserves it. Rejects with a CardError. */
  connect(): Promise<CardConnection>;
}

export interface CardConnection {
  /** One command APDU, one response APDU (data and status word). Rejects with a CardError. Commands go one by one. */
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  /** Unpowers the card, so that nothing it has verified outlives the conversation. Safe to call twice. */
  disconnect(): Promise<void>;
}

export type CardErrorCode =
  /** Nothing lies on the reader. */
  | 'NO_CARD'
  /** The card went away, also in the middle of a command: whether the card carried it out is not known. */
  | 'CARD_REMOVED'
  /** Two cards answer at once. */
  | 'CARD_TWO'
  /** Somebody else holds the card. */
  | 'SHARING_VIOLATION'
  /** This connection was disconnected before. */
  | 'DISCONNECTED'
  /** The reader itself does not work. */
  | 'READER_BROKEN';

export class CardError extends Error {
  readonly code: CardErrorCode;

  constructor(code: CardErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CardError';
    this.code = code;
  }
}

/** Connects, does the work, and always unpowers the card afterwards. */
export async function withCard<Result>(
  reader: CardReader,
  work: (connection: CardConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await reader.connect();
  try {
    return await work(connection);
  } finally {
    await connection.disconnect();
  }
}
