/** The last screens of a session, when nothing of it is left in memory any more. */
import type { RefusalCode } from '@dokodemo/domain';
import type { Screen } from '@dokodemo/protocol';
import { type SettledDelivery, screenAfter } from './recovery.ts';
import type { LastScreen, SessionParts } from './session.ts';

const farewellSeconds = 10;

/** As the center's own last screen: also for a session that the center does not hear the end of. */
export function endScreen(): LastScreen {
  return {
    kind: 'end',
    title: { text: 'center.end.title' },
    help: { text: 'center.end.nothing-left' },
    back: false,
    stop: false,
    idleSeconds: farewellSeconds,
    step: 'take',
  };
}

export function apology(code: RefusalCode): LastScreen {
  return { kind: 'out-of-service', code };
}

const takeCard: Extract<Screen, { kind: 'remove-card' }> = {
  kind: 'remove-card',
  title: { text: 'center.remove-card.title' },
  help: { text: 'center.remove-card.help' },
  back: false,
  stop: false,
  idleSeconds: 60,
  step: 'take',
};

/** Money that came back, paper that is there, a question that is open: seen by whoever still stands there. */
export async function showSettled(
  parts: Pick<SessionParts, 'front' | 'settings' | 'terminal'>,
  settled: readonly SettledDelivery[],
  reason: string,
): Promise<void> {
  for (const it of settled) {
    const screen = screenAfter(it, parts.terminal.terminalId, reason);
    if (screen === undefined) continue;
    await parts.front.ask<'seen'>({
      screen,
      idleMs: parts.settings.caseMs,
      warn: false,
      onTouch: (touch) => (['taken', 'agree', 'finish'].includes(touch.kind) ? 'seen' : undefined),
    });
  }
}

/** Nobody goes without their card, if the kiosk can help it. */
export async function sayGoodbye(parts: SessionParts, sessionId: string, last: LastScreen): Promise<void> {
  const { front, reader, settings, note } = parts;
  if (reader.state() === 'card' || reader.state() === 'two-cards') {
    const taken = await front.ask<'taken'>({
      screen: takeCard,
      idleMs: settings.cardLeftMs,
      warn: false,
      onTouch: () => undefined,
      also: (answer) => reader.onChange((state) => (state === 'empty' ? answer('taken') : undefined)),
    });
    if (taken === 'idle') note({ what: 'card-left', sessionId, detail: 'a card was not taken' });
  }
  await front.ask<'gone'>({
    screen: last,
    idleMs: last.kind === 'end' ? last.idleSeconds * 1_000 : settings.apologyMs,
    warn: false,
    onTouch: (touch) => (['agree', 'finish', 'taken', 'start'].includes(touch.kind) ? 'gone' : undefined),
  });
}
