/**
 * One resident's time at this kiosk: the center says which screen comes next, the kiosk draws it and brings the answer.
 * Every way out leads over the same end: memory forgotten, card unpowered, money settled, the end in the journal.
 */
import { type Answer, type Entropy, type RefusalCode, uuidV7 } from '@dokodemo/domain';
import type { CardReader } from '@dokodemo/ic-card';
import type { Input, Language, Screen, Turn } from '@dokodemo/protocol';
import { CardDesk } from './card-desk.ts';
import { enterPin, presentCard, removeCard } from './card-screens.ts';
import { Conversation, type ConversationParts } from './conversation.ts';
import type { DeliveryParts } from './delivery.ts';
import { fillLabels } from './fill-labels.ts';
import type { Message } from './front.ts';
import { apology, endScreen, sayGoodbye, showSettled } from './goodbye.ts';
import type { LocalScreen } from './panel-contract.ts';
import { payAndPrint } from './paying.ts';
import type { PinPad } from './ports.ts';
import { settleWhatIsLeft } from './recovery.ts';
import { inputOf } from './resident-screens.ts';
import { SessionMemory } from './session-memory.ts';
import { learnShown, learnTaken } from './what-was-chosen.ts';

export type SessionParts = DeliveryParts &
  ConversationParts & {
    /** DER. */
    readonly documentAuthority: Uint8Array;
    readonly reader: CardReader;
    readonly pinPad: PinPad;
    readonly entropy: Entropy;
  };

export type LastScreen = Extract<LocalScreen, { kind: 'out-of-service' }> | Extract<Screen, { kind: 'end' }>;

/** What a screen leads to: something to say to the center, or the end without another word. */
export type Next =
  | { readonly say: Input /** Shown on the screen that comes next. */; readonly message?: Message }
  | { readonly end: string; readonly last: LastScreen };

type Working = Extract<LocalScreen, { kind: 'working' }>['what'];
type End = { readonly reason: string; readonly last: LastScreen };

/** An answer that did not fit: the same screen again, with the reason. */
const correctable: ReadonlySet<RefusalCode> = new Set(['ANSWERS_WRONG', 'COPIES_LIMIT', 'FEE_CHANGED']);
const maxCorrections = 3;
/** Whoever ends does not wait for the center: the end stands in the journal and is reported. */
const endings: Partial<Record<Input['kind'], string>> = { stop: 'STOPPED', timeout: 'TIMED_OUT', finish: 'FINISHED' };
const cardFactsKept = 20;

export class Session {
  readonly parts: SessionParts;
  readonly memory: SessionMemory;
  readonly desk: CardDesk;
  readonly talk: Conversation;
  /** Aborted when a printer that stands still is not to be waited for. */
  readonly givenUp = new AbortController();
  /** Paper may be moving. */
  printing = false;
  /** A card that was refused, and why: it is lifted before it is read again. */
  liftFirst: RefusalCode | undefined;
  /** A fee was captured: nothing is said to have cost nothing. */
  charged = false;
  /** What came was not of this session: nobody is served until the kiosk has been started anew. */
  stopIssuance = false;
  /** What is said on 続けますか when nobody is to be asked. */
  atAnother: 'finish' | 'timeout' | undefined;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.memory = new SessionMemory(uuidV7(parts.clock, parts.entropy), parts.entropy);
    this.desk = new CardDesk(parts.reader);
    this.talk = new Conversation(parts, this.memory);
  }

  /** From the first touch until the resident has gone. Rejects only when the journal or the money unit fails. */
  async hold(language: Language): Promise<void> {
    const { journal } = this.parts;
    const { sessionId } = this.memory;
    // Before anything is sent: whatever happens from here on, the kiosk knows that it has begun.
    await journal.beginSession(sessionId);
    const stopWatching = this.#watchCard();
    let end: End = { reason: 'DEFECT', last: apology('DEFECT') };
    try {
      end = await this.#converse(language);
    } catch (error) {
      this.note('defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      await this.#forget();
    }
    try {
      await showSettled(this.parts, await settleWhatIsLeft(this.parts, end.reason), end.reason);
      await sayGoodbye(this.parts, sessionId, end.last);
    } finally {
      stopWatching();
    }
  }

  note(what: string, detail: string): void {
    this.parts.note({ what, sessionId: this.memory.sessionId, detail });
  }

  /** The document or the labels are somebody else's: this must never be, so nothing goes on until a person has looked. */
  mismatch(detail: string): void {
    this.stopIssuance = true;
    this.note('mismatch', detail);
  }

  async #forget(): Promise<void> {
    this.talk.leave();
    this.parts.pinPad.clear();
    this.memory.forget();
    try {
      await this.desk.release();
    } catch (error) {
      this.note('device-refused', `card: ${String(error)}`);
    }
  }

  async #converse(language: Language): Promise<End> {
    let turn = await this.during('opening', this.talk.open(language));
    let screen: Screen | undefined;
    let message: Message | undefined;
    let corrections = 0;
    for (;;) {
      if (turn === 'stopped') return { reason: 'STOPPED', last: endScreen() };
      if (turn.ok) {
        screen = this.#readable(turn.value);
        if (screen === undefined) {
          this.mismatch('the sealed labels are not of this session');
          return { reason: 'MISMATCH_STOP', last: apology('MISMATCH_STOP') };
        }
      } else {
        const { code, detail = '' } = turn.failure;
        this.note('center-refused', `${code} ${detail}`);
        if (screen === undefined || !correctable.has(code) || ++corrections > maxCorrections) {
          return { reason: code, last: this.charged ? endScreen() : apology(code) };
        }
        message = { code };
      }
      if (screen.kind === 'end') return { reason: 'FINISHED', last: screen };
      const next = await this.#next(screen, message);
      if ('end' in next) return { reason: next.end, last: next.last };
      message = next.message;
      const ending = endings[next.say.kind];
      turn = ending === undefined ? await this.#say(next.say) : await this.#sayLast(next.say);
      if (ending !== undefined) {
        const last =
          turn !== 'stopped' && turn.ok && turn.value.screen.kind === 'end' ? turn.value.screen : endScreen();
        return { reason: ending, last };
      }
      if (turn !== 'stopped' && turn.ok) learnTaken(this.memory, screen, next.say);
    }
  }

  async #next(screen: Screen, message: Message | undefined): Promise<Next> {
    learnShown(this.memory, screen);
    switch (screen.kind) {
      case 'present-card':
        return presentCard(this, screen, message);
      case 'enter-pin':
        return enterPin(this, screen, message);
      case 'remove-card':
        return removeCard(this, screen);
      case 'pay':
        return payAndPrint(this, screen);
      case 'another':
        if (this.atAnother !== undefined) return { say: { kind: this.atAnother } };
    }
    const input = await this.parts.front.ask<Input>({
      screen,
      message,
      idleMs: screen.idleSeconds * 1_000,
      onTouch: (touch) => inputOf(screen, touch),
    });
    return { say: input === 'idle' ? { kind: 'timeout' } : input };
  }

  /** With everything that only this kiosk can read. */
  #readable({ screen, sealedLabels }: Turn): Screen | undefined {
    if (sealedLabels !== undefined && !this.memory.takeLabels(Buffer.from(sealedLabels, 'base64'))) return undefined;
    return fillLabels(screen, this.memory.labels);
  }

  #say(input: Input): Promise<Answer<Turn> | 'stopped'> {
    const what: Partial<Record<Input['kind'], Working>> = {
      credential: 'checking-card',
      proof: 'asking-municipality',
      'second-proof': 'asking-municipality',
      confirmed: 'preparing',
    };
    return this.during(what[input.kind] ?? 'opening', this.talk.give(input));
  }

  async #sayLast(input: Input): Promise<Answer<Turn> | 'stopped'> {
    const { clock, settings } = this.parts;
    let cancel: () => void = () => undefined;
    const late = new Promise<'stopped'>((resolve) => {
      cancel = clock.setTimer(settings.farewellMs, () => resolve('stopped'));
    });
    const turn = await Promise.race([this.talk.give(input), late]);
    cancel();
    return turn;
  }

  /** Waits for `work`. When it takes its time the screen says so, and may be stopped. */
  async during<T extends object>(what: Working, work: Promise<T>): Promise<T | 'stopped'> {
    const { front, clock, settings } = this.parts;
    let cancel: () => void = () => undefined;
    const late = new Promise<'late'>((resolve) => {
      cancel = clock.setTimer(settings.workingAfterMs, () => resolve('late'));
    });
    const first = await Promise.race([work, late]);
    cancel();
    if (first !== 'late') return first;
    type Came = { readonly value: T } | { readonly error: unknown } | 'stopped';
    const came = await front.ask<Came>({
      screen: { kind: 'working', what, stop: true },
      idleMs: null,
      onTouch: (touch) => (touch.kind === 'stop' ? 'stopped' : undefined),
      also: (answer) => {
        work.then(
          (value) => answer({ value }),
          (error: unknown) => answer({ error }),
        );
        return () => undefined;
      },
    });
    if (came === 'idle' || came === 'stopped') return 'stopped';
    if ('error' in came) throw came.error;
    return came.value;
  }

  /** What is put down and taken away, as facts; so many, and a card on a spring fills no journal. */
  #watchCard(): () => void {
    const { reader, journal } = this.parts;
    let kept = 0;
    const saw = (kind: 'card-put-down' | 'card-removed') => {
      if (kept++ >= cardFactsKept) return;
      journal
        .fact(this.memory.sessionId, { kind })
        .catch((error: unknown) => this.note('journal', `${kind}: ${String(error)}`));
    };
    if (reader.state() === 'card') saw('card-put-down');
    return reader.onChange((state) => {
      if (state === 'card') saw('card-put-down');
      else if (state === 'empty') saw('card-removed');
    });
  }
}
