/** What the conversation is held with, besides what happened in it: settings, names of municipalities, the menu. */
import type { Menu, PaymentMethod } from '@dokodemo/protocol';
import type { StepName } from './state.ts';

export type MunicipalityName = { readonly code: string; readonly name: string };

export type ConversationSettings = {
  /** Seconds without a touch until the kiosk warns, then ends. */
  readonly idleSeconds: Readonly<Record<StepName, number>>;
  readonly methods: readonly PaymentMethod[];
  /** A conversation longer than this is ended. */
  readonly maxInputs: number;
  readonly maxApplications: number;
  /** A conversation whose stream is longer takes no new application; half as much again, and it ends. */
  readonly maxEvents: number;
  /** How often a card may be tried again in one session. */
  readonly maxCardProblems: number;
};

export type Given = {
  readonly municipalities: readonly MunicipalityName[];
  readonly settings: ConversationSettings;
  /** What the issuer offers this holder; there from MenuGiven to the session's end, and in no journal. */
  readonly menu?: Menu;
};

export const usualSettings: ConversationSettings = Object.freeze({
  idleSeconds: Object.freeze({
    terms: 60,
    card: 60,
    'checking-credential': 60,
    place: 90,
    municipality: 90,
    'opening-visit': 60,
    pin: 60,
    proving: 60,
    'remove-card': 60,
    kind: 90,
    'second-card': 60,
    'second-pin': 60,
    'remove-second-card': 60,
    'proving-second': 60,
    question: 90,
    copies: 60,
    confirm: 120,
    preparing: 60,
    applying: 60,
    applied: 60,
    delivery: 180,
    another: 45,
    notice: 60,
    ended: 10,
  }),
  methods: Object.freeze(['cash', 'ic-money'] as const),
  maxInputs: 300,
  maxApplications: 10,
  maxEvents: 1_000,
  maxCardProblems: 5,
});
