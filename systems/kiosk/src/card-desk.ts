/**
 * What a session does with a card. One connection from the first reading to the signature: a card that is taken away in
 * between ends it for good, so that what signs is the card that was read. The PIN goes to the card and nowhere else.
 */
import type { RefusalCode } from '@dokodemo/domain';
import {
  type CardConnection,
  type CardConversation,
  CardError,
  type CardFailure,
  type CardReader,
  cardConversation,
} from '@dokodemo/ic-card';

export type Which = 'holder' | 'second';

export type CardRead = { readonly certificate: Uint8Array; readonly triesLeft: number };

/** `lifted`: the card was gone or moved in the middle; putting it down again helps. */
export type CardProblem = { readonly ok: false; readonly code: RefusalCode; readonly lifted: boolean };

export type Signed =
  | {
      readonly ok: true;
      readonly outcome: 'signed';
      readonly signature: Uint8Array;
      /** Of the municipality's own application, when that has signed. */
      readonly ordinanceCertificate?: Uint8Array;
    }
  | { readonly ok: true; readonly outcome: 'wrong-pin'; readonly triesLeft: number }
  | CardProblem;

const codes: Readonly<Record<CardFailure['code'], RefusalCode>> = {
  NO_CARD: 'CARD_REMOVED',
  CARD_REMOVED: 'CARD_REMOVED',
  DISCONNECTED: 'CARD_REMOVED',
  CARD_TWO: 'CARD_TWO',
  SHARING_VIOLATION: 'CARD_UNREADABLE',
  READER_BROKEN: 'READER_BROKEN',
  CARD_UNKNOWN: 'CARD_UNKNOWN',
  CARD_NO_ORDINANCE: 'SECOND_PIN_NOT_SET',
  CARD_NO_CERTIFICATE: 'CERT_MALFORMED',
  CARD_UNREADABLE: 'CARD_UNREADABLE',
  PIN_NEEDED: 'CARD_UNREADABLE',
  PIN_MALFORMED: 'PIN_WRONG',
};

function problem(code: CardFailure['code']): CardProblem {
  const refusal = codes[code];
  return { ok: false, code: refusal, lifted: refusal === 'CARD_REMOVED' || refusal === 'CARD_TWO' };
}

export class CardDesk {
  readonly #reader: CardReader;
  #connection: CardConnection | undefined;
  #card: CardConversation | undefined;

  constructor(reader: CardReader) {
    this.#reader = reader;
  }

  /** The card of this session is still the one that lies there. */
  get holds(): boolean {
    return this.#card !== undefined && this.#reader.state() === 'card';
  }

  /** The holder's certificate, and how often the PIN in question may still be tried. `before`: the certificate that this
   *  card has shown already; of another card nothing more is asked. */
  async read(which: Which, before?: Uint8Array): Promise<({ readonly ok: true } & CardRead) | CardProblem> {
    await this.release();
    try {
      this.#connection = await this.#reader.connect();
    } catch (error) {
      if (error instanceof CardError) return problem(error.code);
      throw error;
    }
    const card = cardConversation(this.#connection);
    const certificate = await card.readAuthenticationCertificate();
    if (certificate.ok && before !== undefined && Buffer.compare(before, certificate.certificateDer) !== 0) {
      await this.release();
      return { ok: false, code: 'CARD_OTHER', lifted: false };
    }
    const tries = certificate.ok ? await card.pinTriesLeft(which) : certificate;
    if (!certificate.ok || !tries.ok) {
      await this.release();
      return problem((certificate.ok ? (tries as CardFailure) : certificate).code);
    }
    this.#card = card;
    return { ok: true, certificate: certificate.certificateDer, triesLeft: tries.triesLeft };
  }

  /** `pin` is wiped before this returns. */
  async sign(which: Which, pin: Uint8Array, challenge: Uint8Array): Promise<Signed> {
    try {
      if (this.#card === undefined) return problem('NO_CARD');
      const verified = await this.#card.verifyPin(pin, which);
      if (!verified.ok) return problem(verified.code);
      if (verified.outcome !== 'ok') {
        return { ok: true, outcome: 'wrong-pin', triesLeft: verified.outcome === 'locked' ? 0 : verified.triesLeft };
      }
      return which === 'holder' ? await signAsHolder(this.#card, challenge) : await signAsSecond(this.#card, challenge);
    } finally {
      pin.fill(0);
    }
  }

  /** Unpowers the card: nothing that it has verified outlives this. */
  async release(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#card = undefined;
    await connection?.disconnect();
  }
}

async function signAsHolder(card: CardConversation, challenge: Uint8Array): Promise<Signed> {
  const signed = await card.signChallenge(challenge);
  return signed.ok ? { ok: true, outcome: 'signed', signature: signed.signature } : problem(signed.code);
}

async function signAsSecond(card: CardConversation, challenge: Uint8Array): Promise<Signed> {
  const signed = await card.signOrdinance('second', challenge);
  const read = signed.ok ? await card.readOrdinanceCertificate() : signed;
  if (!signed.ok || !read.ok) return problem((signed.ok ? (read as CardFailure) : signed).code);
  return { ok: true, outcome: 'signed', signature: signed.signature, ordinanceCertificate: read.certificateDer };
}
