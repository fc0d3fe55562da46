/**
 * One session's talk with the center. In doubt the same is said again, with the same id and in the same words, until it
 * is answered or patience ends; something else is said only after an answer.
 */
import { type Answer, type Clock, refuse } from '@dokodemo/domain';
import {
  type Client,
  type conversationEndpoints,
  type Input,
  type Language,
  signTerminalStatement,
  type Turn,
  terminalStatement,
} from '@dokodemo/protocol';
import type { TerminalIdentity } from './agent.ts';
import { untilAnswered } from './ask-again.ts';
import type { SessionMemory } from './session-memory.ts';
import type { KioskSettings } from './settings.ts';

export type ConversationParts = {
  readonly terminal: TerminalIdentity;
  readonly center: Client<typeof conversationEndpoints>;
  readonly clock: Clock;
  readonly settings: KioskSettings;
};

export type DocumentBytes = { readonly aad: Uint8Array; readonly sealed: Uint8Array };

const profile = 'standard';
const version = '0.1.0';

export class Conversation {
  readonly #parts: ConversationParts;
  readonly #memory: SessionMemory;
  #seq = 0;
  #over = false;

  constructor(parts: ConversationParts, memory: SessionMemory) {
    this.#parts = parts;
    this.#memory = memory;
  }

  open(language: Language): Promise<Answer<Turn>> {
    const { terminal, center } = this.#parts;
    const { sessionId, kioskKey } = this.#memory;
    const statement = terminalStatement({ sessionId, kioskKey, terminalId: terminal.terminalId });
    const body = {
      sessionId,
      kioskKey: base64(kioskKey),
      terminal: {
        certificate: base64(terminal.certificate),
        signature: base64(signTerminalStatement(terminal.key, statement)),
      },
      profile,
      version,
      language,
    };
    return this.#turn(() => center.openSession({}, body));
  }

  give(input: Input): Promise<Answer<Turn>> {
    const { sessionId } = this.#memory;
    const body = { seq: this.#seq, input };
    return this.#turn(() => this.#parts.center.giveInput({ sessionId }, body));
  }

  async document(applicationId: string): Promise<Answer<DocumentBytes>> {
    const { sessionId } = this.#memory;
    const fetched = await this.#untilAnswered(() =>
      this.#parts.center.fetchDocument({ sessionId, applicationId }, null),
    );
    if (!fetched.ok) return fetched;
    const { aad, sealed } = fetched.value;
    return { ok: true, value: { aad: Buffer.from(aad, 'base64'), sealed: Buffer.from(sealed, 'base64') } };
  }

  /** Nobody waits for an answer any more: what is under way is not asked again. */
  leave(): void {
    this.#over = true;
  }

  async #turn(ask: () => Promise<Answer<Turn>>): Promise<Answer<Turn>> {
    const turn = await this.#untilAnswered(ask);
    if (turn.ok) this.#seq = turn.value.seq;
    return turn;
  }

  async #untilAnswered<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const { clock, settings } = this.#parts;
    const answered = await untilAnswered(clock, settings, ask, () => this.#over);
    return answered ?? refuse('ENDED', 'the session is over at the kiosk');
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
