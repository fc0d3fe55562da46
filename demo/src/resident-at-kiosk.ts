/**
 * A resident in front of a kiosk, as a function: what would this person do, seeing this screen? The command line, the
 * benchmarks and the simulation walk the same road with it, through the same panel that a finger touches.
 */
import type { PanelState, PanelTouch } from '@dokodemo/kiosk';

export type ChooseScreen = Extract<PanelState['screen'], { kind: 'choose' }>;
type NoticeScreen = Extract<PanelState['screen'], { kind: 'notice' }>;

export type Wishes = {
  readonly pin: string;
  readonly secondPin?: string;
  readonly language: PanelState['language'];
  /** Which certificate, by the id of its button. */
  readonly kindId: string;
  /** Which options of a question; undefined: the first open one (or none, where none is enough). */
  answer(screen: ChooseScreen): readonly string[] | undefined;
  readonly copies: number;
  readonly payWith: 'cash' | 'ic-money';
  /** What was refused once is not tried again: whoever knows no other PIN does not go on until the card is locked. */
  readonly givesUp?: boolean;
};

/** What hands can do at a kiosk, beside touching the panel. */
export type HandDeed = 'put-card' | 'take-card' | 'pay' | 'scan' | 'take-paper' | 'take-money';

export type Deed =
  | { readonly kind: 'touch'; readonly touch: PanelTouch }
  | { readonly kind: 'hand'; readonly deed: HandDeed; readonly yen?: number; readonly address?: string }
  | { readonly kind: 'wait' }
  /** The conversation is over. */
  | { readonly kind: 'leave' };

/** What a person remembers from screen to screen. */
export type Memory = {
  started: boolean;
  delivered: boolean;
  /** Codes of refusals that were shown, in order. */
  readonly refusals: string[];
};

export function freshMemory(): Memory {
  return { started: false, delivered: false, refusals: [] };
}

const touch = (what: PanelTouch): Deed => ({ kind: 'touch', touch: what });
const hand = (deed: HandDeed, yen?: number): Deed =>
  yen === undefined ? { kind: 'hand', deed } : { kind: 'hand', deed, yen };
const wait: Deed = { kind: 'wait' };

function remember(memory: Memory, code: string): void {
  if (memory.refusals.at(-1) !== code) memory.refusals.push(code);
}

/** True when the notice says that something was refused. */
function rememberNotice({ lines }: NoticeScreen, memory: Memory): boolean {
  const codes = lines.flatMap((line) =>
    'text' in line && line.text.startsWith('refusal.') ? [line.text.slice('refusal.'.length)] : [],
  );
  for (const code of codes) remember(memory, code);
  return codes.length > 0;
}

function choose(screen: ChooseScreen, wishes: Wishes, memory: Memory): Deed {
  const open = screen.options.filter((option) => option.closed === undefined);
  const wished = screen.questionId === '@kind' ? [wishes.kindId] : wishes.answer(screen);
  const optionIds = wished ?? open.slice(0, screen.atLeast).map((option) => option.id);
  if (optionIds.every((id) => open.some((option) => option.id === id))) {
    return touch({ kind: 'chosen', questionId: screen.questionId, optionIds });
  }
  for (const id of optionIds) {
    const option = screen.options.find((it) => it.id === id);
    const missing = screen.questionId === '@kind' ? 'KIND_NOT_OFFERED' : 'ANSWERS_WRONG';
    const why = option === undefined ? missing : option.closed;
    if (why !== undefined) remember(memory, why);
  }
  return touch({ kind: 'stop' });
}

/** What this person does next. */
export function nextDeed(state: PanelState, wishes: Wishes, memory: Memory): Deed {
  const { screen } = state;
  if (state.message !== undefined) remember(memory, state.message.code);
  if (state.idleSecondsLeft !== undefined) return touch({ kind: 'still-here' });
  if (state.busy) return wait;
  switch (screen.kind) {
    case 'welcome':
      if (memory.started) return { kind: 'leave' };
      memory.started = true;
      return touch({ kind: 'start', language: wishes.language });
    case 'notice':
      if (rememberNotice(screen, memory) && wishes.givesUp === true && screen.stop) return touch({ kind: 'stop' });
      return touch({ kind: 'agree' });
    case 'present-card':
      return state.card === 'absent' ? hand('put-card') : wait;
    case 'enter-pin': {
      if (wishes.givesUp === true && state.message?.code === 'PIN_WRONG') return touch({ kind: 'stop' });
      const pin = screen.which === 'second' ? (wishes.secondPin ?? wishes.pin) : wishes.pin;
      const key = pin[state.pinDigits] as Extract<PanelTouch, { kind: 'pin-key' }>['key'] | undefined;
      return touch({ kind: 'pin-key', key: key ?? 'enter' });
    }
    case 'remove-card':
      return state.card === 'absent' ? wait : hand('take-card');
    case 'choose':
      return choose(screen, wishes, memory);
    case 'copies':
      return touch({ kind: 'copies', copies: wishes.copies });
    case 'confirm':
      return touch({ kind: 'confirmed' });
    case 'pay':
      return state.insertedYen < screen.feeYen ? hand('pay', screen.feeYen - state.insertedYen) : wait;
    case 'receive-file':
      return { kind: 'hand', deed: 'scan', address: screen.address };
    case 'take':
      memory.delivered = true;
      return touch({ kind: 'taken' });
    case 'another':
      return touch({ kind: 'finish' });
    case 'refunded':
      remember(memory, screen.code);
      return touch({ kind: 'taken' });
    case 'case':
      remember(memory, 'PRINTER_UNAVAILABLE');
      return touch({ kind: 'taken' });
    case 'out-of-service':
      remember(memory, screen.code);
      return { kind: 'leave' };
    case 'end':
      return { kind: 'leave' };
    case 'working':
    case 'printing':
      return wait;
  }
}
