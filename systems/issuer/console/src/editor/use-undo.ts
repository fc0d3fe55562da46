/** One text and its past. Changes of one kind in a row are one step: typing a word is undone as a word. */
import { useReducer } from 'react';

type Undoable = {
  readonly past: readonly string[];
  readonly now: string;
  readonly future: readonly string[];
  readonly tag: string;
};
type Step =
  | { readonly kind: 'change'; readonly to: string; readonly tag: string }
  | { readonly kind: 'undo' | 'redo' | 'settle' }
  | { readonly kind: 'begin'; readonly with: string };

const stepsMax = 200;

export function stepUndo(state: Undoable, step: Step): Undoable {
  switch (step.kind) {
    case 'begin':
      return { past: [], now: step.with, future: [], tag: '' };
    case 'settle':
      return { ...state, tag: '' };
    case 'change': {
      if (step.to === state.now) return state;
      const goesOn = step.tag !== '' && step.tag === state.tag;
      const past = goesOn ? state.past : [...state.past, state.now].slice(-stepsMax);
      return { past, now: step.to, future: [], tag: step.tag };
    }
    case 'undo': {
      const before = state.past.at(-1);
      if (before === undefined) return state;
      return { past: state.past.slice(0, -1), now: before, future: [state.now, ...state.future], tag: '' };
    }
    case 'redo': {
      const [after, ...future] = state.future;
      return after === undefined ? state : { past: [...state.past, state.now], now: after, future, tag: '' };
    }
  }
}

export function useUndo(begin: string) {
  const [state, step] = useReducer(stepUndo, { past: [], now: begin, future: [], tag: '' });
  return {
    text: state.now,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    change: (to: string, tag = '') => step({ kind: 'change', to, tag }),
    settle: () => step({ kind: 'settle' }),
    undo: () => step({ kind: 'undo' }),
    redo: () => step({ kind: 'redo' }),
    begin: (text: string) => step({ kind: 'begin', with: text }),
  };
}
