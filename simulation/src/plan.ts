/** What luck has in store for a seed: how many kiosks and people, the weather on the lines, and every stroke with its
 *  moment. Drawn before the world begins, so that what the systems do does not change what befalls them. */
import type { PrinterCondition } from '@dokodemo/kiosk';
import { Chance } from './chance.ts';
import { mostCards, mostKiosks, municipalities } from './keyring.ts';
import type { Faults } from './network.ts';

export type System = 'center' | 'issuer' | 'registry';

/** Something that befalls a part of the world and, where it lasts, is over after `forMs`. */
export type Stroke = { readonly at: number; readonly forMs: number } & (
  | { readonly kind: 'crash'; readonly system: System; readonly process: number }
  | { readonly kind: 'database-away'; readonly system: System }
  | { readonly kind: 'power-cut'; readonly kiosk: number }
  | { readonly kind: 'agent-crash'; readonly kiosk: number }
  | { readonly kind: 'line-cut'; readonly kiosk: number }
  | { readonly kind: 'printer'; readonly kiosk: number; readonly condition: PrinterCondition }
  | { readonly kind: 'device'; readonly kiosk: number; readonly device: 'money' | 'reader' | 'disk' }
  | { readonly kind: 'jpki-away'; readonly service: 'ocsp' | 'crl' | 'both' }
  | { readonly kind: 'fee-changed'; readonly municipality: string; readonly amountYen: number }
  | { readonly kind: 'register-changed'; readonly person: number; readonly what: RegisterStroke }
  | { readonly kind: 'card-revoked'; readonly person: number }
);

export type RegisterStroke = 'restrict-person' | 'restrict-household' | 'rename' | 'move-out' | 'hand-in-card';
export const registerStrokes: readonly RegisterStroke[] = [
  'restrict-person',
  'restrict-household',
  'rename',
  'move-out',
  'hand-in-card',
];

export type VisitPlan = { readonly at: number; readonly person: number; readonly kiosk: number };

export type Weather = {
  readonly name: 'calm' | 'unsettled' | 'stormy';
  readonly faults: Faults;
  readonly databaseDelayMs: number;
  /** How often something happens at exactly the wrong moment: while a sheet moves, a coin falls, a line is written. */
  readonly ambush: number;
  /** How often a resident does what residents should not. */
  readonly waywardness: number;
};

export type Plan = {
  readonly seed: number;
  readonly startsAt: number;
  /** From the start until faults stop. */
  readonly troubleMs: number;
  readonly kiosks: number;
  readonly people: number;
  readonly processes: Readonly<Record<System, number>>;
  readonly weather: Weather;
  readonly visits: readonly VisitPlan[];
  readonly strokes: readonly Stroke[];
};

const minute = 60_000;
/** In the demo's year, far from its turn; some days begin early and some end late, so that hours matter. */
const firstDay = Date.parse('2026-11-02T00:00:00+09:00');

function drawWeather(chance: Chance): Weather {
  const rough = chance.fraction();
  const name = rough < 0.25 ? 'calm' : rough < 0.75 ? 'unsettled' : 'stormy';
  const scale = { calm: 0.1, unsettled: 1, stormy: 3 }[name];
  const rate = (most: number) => chance.fraction() * most * scale;
  return {
    name,
    faults: {
      lost: rate(0.03),
      replyLost: rate(0.03),
      doubled: rate(0.06),
      veryLate: rate(0.02),
      minDelayMs: 1,
      maxDelayMs: chance.between(10, name === 'stormy' ? 1_500 : 250),
    },
    databaseDelayMs: chance.between(1, name === 'stormy' ? 30 : 6),
    ambush: rate(0.2),
    waywardness: name === 'calm' ? 0.05 : 0.1 + chance.fraction() * 0.4,
  };
}

/** Money fails in ambush as well. */
const devices = ['money', 'reader', 'reader', 'disk', 'disk'] as const;
export const printerConditions: readonly PrinterCondition[] = ['jam', 'media-empty', 'door-open', 'offline', 'stopped'];

function drawStroke(chance: Chance, plan: Omit<Plan, 'strokes'>): Stroke {
  const at = chance.between(0, plan.troubleMs);
  const kiosk = chance.between(0, plan.kiosks - 1);
  const person = chance.between(0, plan.people - 1);
  const system = chance.pick(['center', 'center', 'issuer', 'issuer', 'registry'] as const);
  const brief = { at, forMs: chance.between(500, 3 * minute) };
  const drawn = chance.between(0, 99);
  if (drawn < 20) return { ...brief, kind: 'crash', system, process: chance.between(0, plan.processes[system] - 1) };
  if (drawn < 28) return { at, forMs: chance.between(100, 20_000), kind: 'database-away', system };
  if (drawn < 42) return { ...brief, kind: 'power-cut', kiosk };
  if (drawn < 48) return { at, forMs: chance.between(500, 20_000), kind: 'agent-crash', kiosk };
  if (drawn < 56) return { at, forMs: chance.between(5_000, 15 * minute), kind: 'line-cut', kiosk };
  if (drawn < 70) return { ...brief, kind: 'printer', kiosk, condition: chance.pick(printerConditions) };
  if (drawn < 80) return { ...brief, kind: 'device', kiosk, device: chance.pick(devices) };
  if (drawn < 86) return { ...brief, kind: 'jpki-away', service: chance.pick(['ocsp', 'crl', 'both'] as const) };
  if (drawn < 90) {
    const { code } = chance.pick(municipalities);
    return { at, forMs: 0, kind: 'fee-changed', municipality: code, amountYen: chance.pick([150, 250, 300]) };
  }
  if (drawn < 97) {
    return { ...brief, kind: 'register-changed', person, what: chance.pick(registerStrokes) };
  }
  return { at, forMs: 0, kind: 'card-revoked', person };
}

/** Visits come anywhere in the time; now and then two of them at the same moment at different kiosks. */
function drawVisits(chance: Chance, count: number, plan: { people: number; kiosks: number; troubleMs: number }) {
  const visits: VisitPlan[] = [];
  for (let i = 0; i < count; i++) {
    const before = visits.at(-1);
    const at = before !== undefined && chance.happens(0.15) ? before.at : chance.between(0, plan.troubleMs);
    visits.push({ at, person: chance.between(0, plan.people - 1), kiosk: chance.between(0, plan.kiosks - 1) });
  }
  return visits.sort((a, b) => a.at - b.at);
}

export function makePlan(seed: number, minutes: number): Plan {
  const chance = Chance.stream(seed, 'plan');
  const troubleMs = minutes * minute;
  const kiosks = chance.between(1, mostKiosks);
  const people = chance.between(6, mostCards);
  const day = firstDay + chance.between(0, 40) * 24 * 60 * minute;
  const hour = chance.happens(0.15) ? chance.pick([6.3, 22.5]) : chance.between(7, 21);
  const plan = {
    seed,
    startsAt: day + Math.floor(hour * 60) * minute,
    troubleMs,
    kiosks,
    people,
    processes: { center: chance.between(1, 2), issuer: chance.between(1, 2), registry: municipalities.length },
    weather: drawWeather(chance),
    visits: drawVisits(chance, chance.between(5, 40), { people, kiosks, troubleMs }),
  };
  const often = { calm: 2, unsettled: 8, stormy: 16 }[plan.weather.name];
  const strokes = Array.from({ length: chance.between(0, often) }, () => drawStroke(chance, plan));
  return { ...plan, strokes: strokes.sort((a, b) => a.at - b.at) };
}
