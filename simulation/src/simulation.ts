/** A seed from its first touch to the rest after the last: the trouble, then the calm, with every check at every step. */
import type { CheckName } from './checks/check.ts';
import { checks as allChecks } from './checks/checks.ts';
import { unfinished } from './checks/everything-drains.ts';
import type { Line } from './history.ts';
import { type Parts, soundParts } from './parts.ts';
import { makePlan, type Plan } from './plan.ts';
import { Store } from './store.ts';
import { Strokes } from './strokes.ts';
import { type Summary, summarise } from './summary.ts';
import { type Stage, World } from './world.ts';

export type Finding = { readonly check: CheckName; readonly at: number; readonly what: string };

export type Outcome = {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  /** SHA-256 over the whole history, hex. */
  readonly digest: string;
  readonly summary: Summary;
  /** The newest lines of the history. */
  readonly lines: readonly Line[];
};

export type SimulationOptions = {
  readonly seed: number;
  /** Of trouble, in the simulated world. */
  readonly minutes: number;
  readonly parts?: Partial<Parts>;
  /** Lines of history to keep for people. */
  readonly keepLines?: number;
  /** Goes on after the first finding. */
  readonly findAll?: boolean;
};

/** After trouble ends, everything has so long to come to rest. */
export const restWithinMs = 3 * 3_600_000;
const lookForRestMs = 30_000;
/** More than the longest seed has ever needed, by far: a world that spins is a finding, not a hang. */
const mostSteps = 3_000_000;

export async function simulate(stage: Stage, options: SimulationOptions): Promise<Outcome> {
  const { seed, minutes, parts = {}, keepLines = 60, findAll = false } = options;
  const plan = makePlan(seed, minutes);
  const world = await World.make(plan, stage, { ...soundParts, ...parts }, keepLines);
  const store = new Store(world);
  world.openVisits = () => store.open;
  const strokes = new Strokes(world);
  const findings: Finding[] = [];
  const watching = Object.entries(allChecks).map(([name, { make }]) => ({
    name: name as CheckName,
    check: make(world),
  }));
  const say = (name: CheckName, whats: readonly string[]) => {
    for (const what of whats) {
      findings.push({ check: name, at: world.time.now(), what });
      world.history.say('check', `${name}: ${what}`);
    }
  };
  const found = () => findings.length > 0 && !findAll;
  const run = (untilMs: number, done: () => boolean) =>
    world.time.run(
      untilMs,
      mostSteps,
      () => found() || done(),
      () => {
        for (const { name, check } of watching) say(name, check.step());
      },
    );

  world.startAll();
  const calmAt = plan.startsAt + plan.troubleMs;
  let steps = await run(calmAt, () => false);
  strokes.calm();
  const restBy = calmAt + restWithinMs;
  for (let at = calmAt; at < restBy && !found(); ) {
    at = Math.min(restBy, at + lookForRestMs);
    steps += await run(at, () => false);
    if (unfinished(world).length === 0) break;
  }
  if (!found()) for (const { name, check } of watching) say(name, await check.rest());
  return {
    plan,
    findings,
    digest: world.history.digest(),
    summary: summarise(world, steps),
    lines: world.history.last(keepLines),
  };
}
