/** What a seed has seen: so that people see that the faults really happened, and that paper came out all the same. */
import { isRefusalCode } from '@dokodemo/domain';
import type { World } from './world.ts';

export type Summary = {
  readonly sessions: number;
  readonly papers: number;
  readonly sheets: number;
  readonly refusals: number;
  readonly refunds: number;
  readonly casesOpened: number;
  readonly casesOpen: number;
  readonly crashes: number;
  readonly powerCuts: number;
  readonly ambushes: number;
  readonly lost: number;
  readonly doubled: number;
  readonly late: number;
  readonly printerTroubles: number;
  readonly registerChanges: number;
  readonly walkedAway: number;
  readonly wrongPins: number;
  /** Certificates paid and handed over, by kind. */
  readonly papersByKind: Readonly<Record<string, number>>;
  /** Everything that the world has counted, under its name: strokes, where they fell, what the lines did. */
  readonly counts: Readonly<Record<string, number>>;
  readonly events: number;
  readonly steps: number;
  /** Of the simulated world, in milliseconds. */
  readonly livedMs: number;
};

export function summarise(world: World, steps: number): Summary {
  const { witness, counts } = world;
  const events = (kind: string) => witness.events.filter(({ body }) => body.kind === kind).length;
  const count = (...names: string[]) => names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  const refused = witness.events.filter(({ body }) => body.kind === 'Refused' && isRefusalCode(body.code));
  return {
    sessions: events('SessionOpened'),
    papers: events('FeeCaptured'),
    sheets: witness.trays.length,
    refusals: refused.length,
    refunds: events('FeeReturned'),
    casesOpened: events('CaseOpened'),
    casesOpen: events('CaseOpened') - events('CaseClosed'),
    crashes: count('stroke crash', 'stroke agent-crash'),
    powerCuts: count('stroke power-cut'),
    ambushes: count('ambush'),
    lost: count('message lost', 'message reply-lost'),
    doubled: count('message doubled'),
    late: count('message very-late'),
    printerTroubles: count('stroke printer'),
    registerChanges: count('stroke register'),
    walkedAway: witness.visits.filter(({ end }) => end === 'walked-away').length,
    wrongPins: events('PinRefused'),
    papersByKind: papersByKind(world),
    counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    events: world.history.length,
    steps,
    livedMs: world.time.now() - world.plan.startsAt,
  };
}

function papersByKind({ witness }: World): Readonly<Record<string, number>> {
  const captured = new Set(
    witness.money.filter(({ kind }) => kind === 'captured').map(({ applicationId }) => applicationId),
  );
  const sums: Record<string, number> = {};
  for (const { applicationId, kindId = '' } of witness.kept) {
    if (captured.has(applicationId)) sums[kindId] = (sums[kindId] ?? 0) + 1;
  }
  return sums;
}
