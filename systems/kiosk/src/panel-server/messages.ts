/** What a browser may send: the schemas of `PanelTouch` and `BenchAct`, with the bounds that their types cannot say. */
import { Key, Language, strict } from '@dokodemo/protocol';
import { type Static, Type } from 'typebox';
import type { BenchAct, PanelTouch } from '../panel-contract.ts';

const Touch = Type.Union([
  Type.Object({ kind: Type.Literal('start'), language: Language }, strict),
  Type.Object({ kind: Type.Literal('language'), language: Language }, strict),
  Type.Object({ kind: Type.Enum(['agree', 'back', 'stop', 'another', 'finish', 'still-here', 'confirmed']) }, strict),
  Type.Object(
    {
      kind: Type.Literal('pin-key'),
      key: Type.Enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'clear', 'erase', 'enter']),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('chosen'), questionId: Key, optionIds: Type.Array(Key, { maxItems: 50 }) }, strict),
  Type.Object({ kind: Type.Literal('copies'), copies: Type.Integer({ minimum: 1, maximum: 20 }) }, strict),
  Type.Object({ kind: Type.Literal('change'), questionId: Key }, strict),
  Type.Object({ kind: Type.Literal('taken') }, strict),
]);

export const TouchMessage = Type.Object(
  { revision: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), touch: Touch },
  strict,
);

const Staff = Type.Union([
  Type.Object({ kind: Type.Literal('give-up-printing') }, strict),
  Type.Object(
    {
      kind: Type.Literal('settle-case'),
      caseNumber: Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }),
      paper: Type.Enum(['all-came-out', 'not-all-came-out']),
    },
    strict,
  ),
]);

export const BenchMessage = Type.Union([
  Type.Object({ act: Type.Literal('put-card'), cardId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }) }, strict),
  Type.Object({ act: Type.Enum(['take-card', 'touch-ic-money', 'take-returned-money']) }, strict),
  Type.Object({ act: Type.Literal('take-paper'), sheetId: Type.Optional(Type.String({ maxLength: 80 })) }, strict),
  Type.Object(
    {
      act: Type.Literal('insert-cash'),
      yen: Type.Union([Type.Literal(10), Type.Literal(50), Type.Literal(100), Type.Literal(500), Type.Literal(1000)]),
    },
    strict,
  ),
  Type.Object(
    {
      act: Type.Literal('printer'),
      condition: Type.Enum(['jam', 'media-empty', 'door-open', 'offline', 'stopped', 'other']),
      on: Type.Boolean(),
    },
    strict,
  ),
  Type.Object({ act: Type.Literal('staff'), does: Staff }, strict),
  Type.Object({ act: Type.Literal('power'), on: Type.Boolean() }, strict),
  Type.Object({ act: Type.Literal('power-fails'), when: Type.Enum(['paid', 'sheet-out', 'never']) }, strict),
]);

/** Held by the compiler: what passes a schema is what the contract says, and the other way round. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [Name in keyof T]: Writable<T[Name]> }
    : T;
export const schemasAreTheContract: [
  Same<Static<typeof Touch>, Writable<PanelTouch>>,
  Same<Static<typeof BenchMessage>, BenchAct>,
] = [true, true];
