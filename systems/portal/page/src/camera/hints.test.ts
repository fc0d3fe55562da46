import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FrameLook, SeenFront } from '@dokodemo/proof/verify';
import { hintOf } from './hints.ts';

const at = { x: 0, y: 0 };
const corners = [at, at, at, at] as const;
const tile = { kind: 'tile', corners } as const;
const mark = { kind: 'mark', corners } as const;
const look = (change: Partial<FrameLook>): FrameLook => ({
  isTooDark: false,
  codes: [],
  back: undefined,
  front: undefined,
  ...change,
});
const front = (change: Partial<SeenFront>): FrameLook =>
  look({
    codes: [mark],
    front: {
      ...{ code: 'A', pixelsPerMm: 5, isWhole: true, fills: 0.9, isSharp: true, isLarge: true, isGood: false },
      ...change,
    },
  });

test('whoever holds the camera is told what hinders', () => {
  const table = [
    ['back', undefined, 0, 'live.hint.back'],
    ['back', look({}), 1, 'live.hint.back'],
    ['back', look({}), 5, 'live.nothing'],
    ['back', look({ isTooDark: true }), 1, 'live.dark'],
    ['back', look({ isTooDark: true, codes: [tile] }), 0, 'live.collecting'],
    ['back', look({ codes: [mark] }), 0, 'live.is-front'],
    ['back', look({ codes: [mark, tile] }), 0, 'live.collecting'],
    ['front', look({ codes: [tile] }), 0, 'live.is-back'],
    ['front', front({ isWhole: false, isLarge: false }), 0, 'live.cut'],
    ['front', front({ isLarge: false, fills: 0.5 }), 0, 'live.closer'],
    ['front', front({ isLarge: false, fills: 0.95 }), 0, 'live.coarse'],
    ['front', front({ isSharp: false }), 0, 'live.still'],
    ['front', front({ isGood: true }), 0, 'live.hint.front'],
  ] as const;
  for (const [step, seen, empty, hint] of table) assert.equal(hintOf(step, seen, empty), hint, `${step}: ${hint}`);
});
