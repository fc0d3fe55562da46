/** Screens on which a card is put down, spoken to, and taken away again. */
import { type Input, type Screen, visitChallenge } from '@dokodemo/protocol';
import type { CardDesk, CardProblem, Which } from './card-desk.ts';
import type { Message } from './front.ts';
import { apology } from './goodbye.ts';
import { frameInput } from './resident-screens.ts';
import type { Next, Session } from './session.ts';

type ScreenOf<K extends Screen['kind']> = Extract<Screen, { kind: K }>;

/** A card that goes and comes, or cannot be read, is tried so often before the center hears of it. */
const readingTries = 6;

export async function presentCard(
  session: Session,
  screen: ScreenOf<'present-card'>,
  given: Message | undefined,
): Promise<Next> {
  const { front, reader } = session.parts;
  let message = given;
  for (let tries = 1; ; tries++) {
    const came = await front.ask<Input | 'card'>({
      screen,
      message,
      idleMs: screen.idleSeconds * 1_000,
      onTouch: (touch) => frameInput(screen, touch),
      also: (answer) => {
        const look = () => {
          const state = reader.state();
          if (state === 'empty') session.liftFirst = undefined;
          if (state === 'two-cards') front.say({ code: 'CARD_TWO' });
          if (state === 'broken') answer({ kind: 'card-problem', code: 'READER_BROKEN' });
          if (state === 'card' && session.liftFirst !== undefined) front.say({ code: session.liftFirst });
          else if (state === 'card') answer('card');
        };
        const stopWatching = reader.onChange(() => {
          front.stir();
          look();
        });
        look();
        return stopWatching;
      },
    });
    if (came === 'idle') return { say: { kind: 'timeout' } };
    if (came !== 'card') return { say: came };
    const read = await readCard(session, screen.which ?? 'holder');
    if (read.ok) {
      const certificate = Buffer.from(read.certificate).toString('base64');
      return { say: { kind: 'credential', credential: { kind: 'jpki', certificate }, triesLeft: read.triesLeft } };
    }
    const mayHelp = read.lifted || read.code === 'CARD_UNREADABLE';
    if (!mayHelp || tries >= readingTries) return problemSaid(session, read);
    session.liftFirst = read.lifted ? undefined : read.code;
    message = { code: read.code };
  }
}

/** The second PIN is asked of the card of the first: the certificate of another one is nobody's business here. */
async function readCard({ desk, memory }: Session, which: Which): ReturnType<CardDesk['read']> {
  if (which === 'second') return desk.read('second', memory.certificate ?? new Uint8Array());
  const read = await desk.read('holder');
  if (read.ok) memory.cardRead(read.certificate);
  return read;
}

function problemSaid(session: Session, { code, lifted }: CardProblem): Next {
  session.liftFirst = lifted ? undefined : code;
  return { say: { kind: 'card-problem', code } };
}

export async function enterPin(
  session: Session,
  screen: ScreenOf<'enter-pin'>,
  message: Message | undefined,
): Promise<Next> {
  const { front, pinPad } = session.parts;
  const wrong = wrongVisit(session, screen);
  if (wrong !== undefined) {
    session.mismatch(wrong);
    return { end: 'MISMATCH_STOP', last: apology('MISMATCH_STOP') };
  }
  if (!session.desk.holds) return problemSaid(session, { ok: false, code: 'CARD_REMOVED', lifted: true });
  const came = await askForPin(session, screen, message);
  if (came === 'idle') return forgotten(session, { kind: 'timeout' });
  if (came !== 'entered') return forgotten(session, came);
  const pin = pinPad.take();
  pinPad.clear();
  front.live({ pinDigits: 0, busy: true });
  return sign(session, screen, pin);
}

/** The municipality is the one that was chosen, and a second PIN is for the visit that the first one has opened. */
function wrongVisit({ memory }: Session, screen: ScreenOf<'enter-pin'>): string | undefined {
  const { municipalityChosen, visit } = memory;
  if (screen.which === 'second' && (visit?.visitId !== screen.visitId || visit.municipality !== screen.municipality)) {
    return 'the second PIN is asked for in another visit';
  }
  return municipalityChosen !== undefined && municipalityChosen !== screen.municipality
    ? 'the PIN is asked for at another municipality than was chosen'
    : undefined;
}

function forgotten(session: Session, say: Input): Next {
  session.parts.pinPad.clear();
  return { say };
}

function askForPin(
  session: Session,
  screen: ScreenOf<'enter-pin'>,
  message: Message | undefined,
): Promise<'entered' | Input | 'idle'> {
  const { front, pinPad, reader } = session.parts;
  let asksOnceMore = screen.triesLeft <= 1;
  return front.ask<'entered' | Input>({
    screen,
    message,
    idleMs: screen.idleSeconds * 1_000,
    onTouch: (touch) => {
      if (touch.kind === 'pin-key') pinPad.press(touch.key);
      return frameInput(screen, touch);
    },
    also: (answer) => {
      pinPad.open(
        screen.length,
        (count) => {
          front.live({ pinDigits: count });
          front.stir();
        },
        () => {
          if (!asksOnceMore) return answer('entered');
          asksOnceMore = false;
          front.say({ code: 'PIN_LAST_TRY' });
        },
      );
      return reader.onChange(() => {
        if (!session.desk.holds) answer({ kind: 'card-problem', code: 'CARD_REMOVED' });
      });
    },
  });
}

async function sign(session: Session, screen: ScreenOf<'enter-pin'>, pin: Uint8Array): Promise<Next> {
  const { memory, desk, parts } = session;
  // From this kiosk's own key: nobody on the way can have the card sign for another.
  const challenge = visitChallenge({
    sessionId: memory.sessionId,
    issuerNonce: Buffer.from(screen.issuerNonce, 'base64'),
    kioskKey: memory.kioskKey,
    terminalId: parts.terminal.terminalId,
  });
  const signed = await desk.sign(screen.which, pin, challenge);
  if (!signed.ok) return problemSaid(session, signed);
  if (signed.outcome === 'wrong-pin') {
    const { triesLeft } = signed;
    return {
      say: { kind: 'pin-wrong', triesLeft },
      ...(triesLeft > 0 ? { message: { code: 'PIN_WRONG', args: { triesLeft } } } : {}),
    };
  }
  await desk.release();
  const signature = Buffer.from(signed.signature).toString('base64');
  if (screen.which === 'second') {
    const certificate = Buffer.from(signed.ordinanceCertificate ?? []).toString('base64');
    return { say: { kind: 'second-proof', certificate, signature } };
  }
  memory.visit = { visitId: screen.visitId, municipality: screen.municipality };
  return { say: { kind: 'proof', signature } };
}

export async function removeCard(session: Session, screen: ScreenOf<'remove-card'>): Promise<Next> {
  const { front, reader } = session.parts;
  const came = await front.ask<Input>({
    screen,
    idleMs: screen.idleSeconds * 1_000,
    onTouch: (touch) => frameInput(screen, touch),
    also: (answer) => {
      const look = () => {
        if (reader.state() === 'empty') answer({ kind: 'card-removed' });
      };
      const stopWatching = reader.onChange(look);
      look();
      return stopWatching;
    },
  });
  return { say: came === 'idle' ? { kind: 'timeout' } : came };
}
