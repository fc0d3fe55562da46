/** S2: a fee is captured ⇔ its paper was handed over; everything else is given back, or is an open case. And no coin is
 *  ever made or lost: what went in is in vault, change, given back, or escrow. */
import { checkFees, type RecordedEvent } from '@dokodemo/center';
import type { Application } from '@dokodemo/issuer';
import type { MoneyMove } from '../witness.ts';
import type { World } from '../world.ts';
import { type MakeCheck, newIn } from './check.ts';
import { openCases } from './open-cases.ts';

export const moneyForPaper: MakeCheck = (world) => {
  const { witness } = world;
  const moves = newIn(witness.money);
  const events = newIn(witness.events);
  const visits = newIn(witness.visits);
  return {
    step: () => [
      ...coinsAddUp(world),
      ...moves().flatMap((move) => captureWithPaper(world, move)),
      ...centersFees(witness.events, events()),
      ...visits()
        .filter(({ strangeYen }) => strangeYen > 0)
        .map(({ visit, strangeYen }) => `${visit} found ${strangeYen} yen in the slot that are somebody else's`),
    ],
    rest: () => atRest(world),
  };
};

function coinsAddUp({ machines }: World): readonly string[] {
  return machines.flatMap(({ money }) => {
    const { terminalId, insertedYen, vaultYen, changeYen, returnedYen, escrowYen } = money.count();
    const out = vaultYen + changeYen + returnedYen + escrowYen;
    return insertedYen === out ? [] : [`${terminalId}: ${insertedYen} yen went in, ${out} yen are accounted for`];
  });
}

function applicationOf(world: World, applicationId: string): Application | undefined {
  return world.witness.kept.find((it) => it.applicationId === applicationId);
}

function sheetsOut(world: World, application: Application | undefined): { out: number; of: number } {
  const digests = application?.issue?.sheetDigests ?? [];
  return { out: digests.filter((digest) => world.witness.cameOut(digest)).length, of: digests.length };
}

function captureWithPaper(world: World, move: MoneyMove): readonly string[] {
  if (move.kind !== 'captured' && move.kind !== 'returned') return [];
  const { applicationId, terminalId } = move;
  const about = `${applicationId} at ${terminalId}`;
  const application = applicationOf(world, applicationId);
  const ends = world.witness.money.filter(
    (it) => it.applicationId === applicationId && (it.kind === 'captured' || it.kind === 'returned'),
  );
  if (ends.length > 1) return [`${about}: money was settled ${ends.length} times`];
  const { out, of } = sheetsOut(world, application);
  if (move.kind === 'returned') return [];
  if (application?.issue === undefined) return [`${about}: a fee captured for a document that nobody prepared`];
  if (move.yen !== application.issue.feeYen) {
    return [`${about}: ${move.yen} yen captured for a fee of ${application.issue.feeYen}`];
  }
  return out === of ? [] : [`${about}: the fee is captured, ${out} of ${of} sheets are out`];
}

/** The center's own account of the sessions whose fees have just moved. */
function centersFees(all: readonly RecordedEvent[], fresh: readonly RecordedEvent[]): readonly string[] {
  const moved = new Set(
    fresh
      .filter(({ body }) => body.kind === 'FeeCaptured' || body.kind === 'FeeReturned')
      .map(({ sessionId }) => sessionId),
  );
  if (moved.size === 0) return [];
  return checkFees(all.filter(({ sessionId }) => moved.has(sessionId))).map(({ what }) => `center: ${what}`);
}

function atRest(world: World): readonly string[] {
  const cases = openCases(world);
  const of = (applicationId: string) => {
    const mine = world.witness.money.filter((move) => move.applicationId === applicationId);
    const sum = (kind: MoneyMove['kind']) => mine.reduce((yen, move) => (move.kind === kind ? yen + move.yen : yen), 0);
    return { inserted: sum('inserted'), captured: sum('captured'), back: sum('change') + sum('returned') };
  };
  const paid = [...new Set(world.witness.money.map(({ applicationId }) => applicationId))];
  const issued = world.witness.kept.filter(({ issue }) => issue !== undefined).map((it) => it.applicationId);
  return [...new Set([...paid, ...issued])].flatMap((applicationId) => {
    if (cases.has(applicationId)) return [];
    const { inserted, captured, back } = of(applicationId);
    const { out, of: sheets } = sheetsOut(world, applicationOf(world, applicationId));
    const found: string[] = [];
    if (inserted !== captured + back) found.push(`${inserted - captured - back} yen rest in escrow without a case`);
    if (sheets > 0 && out === sheets && captured === 0) found.push('all its paper is out, no fee is captured, no case');
    return found.map((what) => `${applicationId}: ${what}`);
  });
}
