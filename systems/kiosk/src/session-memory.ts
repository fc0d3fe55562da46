/**
 * Everything that a session must not leave behind, in one place: key, names, certificate, choices, sheets. `forget` is
 * called however the session ends; what asks for the key afterwards does not get it.
 */
import type { KeyObject } from 'node:crypto';
import type { Entropy } from '@dokodemo/domain';
import { type Answers, openLabels, x25519PrivateKey, x25519PublicBytes } from '@dokodemo/protocol';

/** Whose visit the card's signature has opened, by the screen that asked for the PIN. */
export type VisitHere = { readonly visitId: string; readonly municipality: string };

/** What the resident has chosen since the kind was chosen: see `ChosenHere` of the protocol. */
export type Choice = {
  readonly kindId: string;
  readonly answers: Answers;
  readonly put: ReadonlySet<string>;
  /** 0: not asked; then there is one. */
  readonly copies: number;
};

export type Confirmed = { readonly questions: readonly string[]; readonly feeYen: number };

export class SessionMemory {
  readonly sessionId: string;
  /** The 32 public bytes. */
  readonly kioskKey: Uint8Array;
  #key: KeyObject | undefined;
  #labels: readonly string[] = [];
  #certificate: Uint8Array | undefined;
  #sheets: readonly Uint8Array[] = [];
  /** The municipality that the resident chose, if any was asked for. */
  municipalityChosen: string | undefined;
  /** Set when the card has signed for it. */
  visit: VisitHere | undefined;
  choice: Choice | undefined;
  confirmed: Confirmed | undefined;

  constructor(sessionId: string, entropy: Entropy) {
    this.sessionId = sessionId;
    const seed = entropy.bytes(32);
    this.#key = x25519PrivateKey(seed);
    seed.fill(0);
    this.kioskKey = x25519PublicBytes(this.#key);
  }

  get key(): KeyObject | undefined {
    return this.#key;
  }

  get labels(): readonly string[] {
    return this.#labels;
  }

  get certificate(): Uint8Array | undefined {
    return this.#certificate;
  }

  /** Another card, or the same once more: what hung on the one before is gone. */
  cardRead(certificate: Uint8Array): void {
    this.#certificate?.fill(0);
    this.#certificate = Uint8Array.from(certificate);
    this.visit = undefined;
    this.#labels = [];
    this.#forgetChoices();
  }

  /** The dictionary of this visit; false when it is not sealed to this session. */
  takeLabels(sealed: Uint8Array): boolean {
    if (this.#key === undefined || this.visit === undefined) return false;
    const labels = openLabels(this.#key, sealed, this.visit.visitId);
    if (labels === undefined) return false;
    this.#labels = labels;
    return true;
  }

  get sheets(): readonly Uint8Array[] {
    return this.#sheets;
  }

  /** Sheets that are open: wiped with the rest, or before. */
  holdSheets(sheets: readonly Uint8Array[]): void {
    this.dropSheets();
    this.#sheets = sheets;
  }

  dropSheets(): void {
    for (const sheet of this.#sheets) sheet.fill(0);
    this.#sheets = [];
  }

  forget(): void {
    this.#key = undefined;
    this.#labels = [];
    this.#certificate?.fill(0);
    this.#certificate = undefined;
    this.dropSheets();
    this.municipalityChosen = undefined;
    this.visit = undefined;
    this.#forgetChoices();
  }

  #forgetChoices(): void {
    this.choice = undefined;
    this.confirmed = undefined;
  }
}
