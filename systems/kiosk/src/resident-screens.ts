/** Screens that a touch answers: what may be touched on each, and which input it is. */
import type { Input, Screen, ScreenKind } from '@dokodemo/protocol';
import type { PanelTouch } from './panel-contract.ts';

type ScreenOf<K extends ScreenKind> = Extract<Screen, { kind: K }>;

/** 戻る and やめる, where the screen has them. */
export function frameInput(screen: Screen, touch: PanelTouch): Input | undefined {
  if (touch.kind === 'stop' && screen.stop) return { kind: 'stop' };
  if (touch.kind === 'back' && screen.back) return { kind: 'back' };
  return undefined;
}

function chooseInput(screen: ScreenOf<'choose'>, touch: PanelTouch): Input | undefined {
  if (touch.kind !== 'chosen' || touch.questionId !== screen.questionId) return undefined;
  const optionIds = [...touch.optionIds];
  const open = new Set(screen.options.filter((option) => option.closed === undefined).map(({ id }) => id));
  const fits =
    optionIds.length >= screen.atLeast &&
    optionIds.length <= screen.atMost &&
    new Set(optionIds).size === optionIds.length &&
    optionIds.every((id) => open.has(id));
  return fits ? { kind: 'chosen', questionId: screen.questionId, optionIds } : undefined;
}

function copiesInput(screen: ScreenOf<'copies'>, touch: PanelTouch): Input | undefined {
  if (touch.kind !== 'copies') return undefined;
  const { copies } = touch;
  return Number.isInteger(copies) && copies >= 1 && copies <= screen.max ? { kind: 'copies', copies } : undefined;
}

function confirmInput(screen: ScreenOf<'confirm'>, touch: PanelTouch): Input | undefined {
  if (touch.kind === 'confirmed') return { kind: 'confirmed', feeYen: screen.feeYen };
  if (touch.kind !== 'change') return undefined;
  const { questionId } = touch;
  return screen.lines.some((line) => line.change === questionId) ? { kind: 'change', questionId } : undefined;
}

/** What a touch means on a screen; undefined: nothing, and it is dropped. */
export function inputOf(screen: Screen, touch: PanelTouch): Input | undefined {
  const framed = frameInput(screen, touch);
  if (framed !== undefined) return framed;
  switch (screen.kind) {
    case 'notice':
      return touch.kind === 'agree' ? { kind: 'agree' } : undefined;
    case 'choose':
      return chooseInput(screen, touch);
    case 'copies':
      return copiesInput(screen, touch);
    case 'confirm':
      return confirmInput(screen, touch);
    case 'another':
      return touch.kind === 'another' || touch.kind === 'finish' ? { kind: touch.kind } : undefined;
    default:
      return undefined;
  }
}
