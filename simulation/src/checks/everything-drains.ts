/** L1: when faults stop, everything unfinished drains within a bound; every resident who waited has seen an end. */

import { applicationsOf, hasEnded, sessionsOf } from '@dokodemo/center';
import { finalIssuanceStates, type IssuanceState } from '@dokodemo/domain';
import type { World } from '../world.ts';
import { type MakeCheck, newIn } from './check.ts';
import { openIn, unfinishedIn } from './open-cases.ts';

export const everythingDrains: MakeCheck = (world) => {
  const visits = newIn(world.witness.visits);
  return {
    step: () =>
      visits()
        .filter(({ end }) => end === 'gave-up')
        .map(({ visit, terminalId }) => `${visit} saw no end at ${terminalId} in all the time a resident can wait`),
    rest: () => [...unfinished(world), ...unsettledVisits(world)],
  };
};

const isFinal = (state: string) => finalIssuanceStates.has(state as IssuanceState);

/** What has not come to rest. Cheap things first: this is asked again and again. */
export function unfinished(world: World): readonly string[] {
  const rough = [...unfinishedAtKiosks(world), ...untoldFacts(world)];
  return rough.length > 0 ? rough : [...unfinishedAtCenter(world), ...unfinishedAtIssuers(world)];
}

function unfinishedAtKiosks(world: World): readonly string[] {
  const restless = world.machines.flatMap(({ terminalId, state }) => {
    const screen = state?.screen.kind ?? 'nothing';
    return screen === 'welcome' || screen === 'out-of-service' ? [] : [`${terminalId} shows ${screen}`];
  });
  return world.openVisits() > 0 ? [...restless, `${world.openVisits()} visits have not ended`] : restless;
}

function untoldFacts({ witness }: World): readonly string[] {
  return [...witness.reports.values()]
    .filter(({ settled }) => !settled)
    .map(({ what }) => `a report was never taken: ${what}`);
}

function unfinishedAtCenter(world: World): readonly string[] {
  const found = sessionsOf(world.witness.events).flatMap((session) => {
    const { sessionId, step } = session;
    const open = new Set(openIn(session));
    const untold = applicationsOf(session)
      .filter(({ applicationId, told, outcomes }) => told < outcomes.length && !open.has(applicationId))
      .map(({ applicationId }) => `the issuer was not told of ${applicationId}`);
    return [
      ...(hasEnded(session) ? [] : [`session ${sessionId} is still at ${step.at}`]),
      ...unfinishedIn(session, isFinal),
      ...untold,
    ];
  });
  const { papers, files } = world.stores.center;
  if (files.size > 0) found.push(`${files.size} files are left at the center`);
  return papers.size === 0 ? found : [...found, `${papers.size} papers are left at the center`];
}

/** Prepared, and nobody has said how it ended: only while the center has a case about it. */
function unfinishedAtIssuers(world: World): readonly string[] {
  const open = new Set(sessionsOf(world.witness.events).flatMap(openIn));
  return world.witness.kept.flatMap(({ applicationId }) => {
    const state = world.witness.records.get(applicationId)?.state;
    const waits = (state === 'prepared' || state === 'unresolved') && !open.has(applicationId);
    return waits ? [`the issuer still holds ${applicationId} as ${state}`] : [];
  });
}

/** Whoever stayed to the end has paper for the money, or the money, or there is a case. */
function unsettledVisits(world: World): readonly string[] {
  const open = new Set(sessionsOf(world.witness.events).flatMap(openIn));
  return world.witness.visits.flatMap(({ visit, end, applications, insertedYen, takenYen, terminalId }) => {
    if (end === 'walked-away' || applications.some((id) => open.has(id) || world.witness.hadCase(id))) return [];
    const captured = world.witness.money
      .filter(({ kind, applicationId }) => kind === 'captured' && applications.includes(applicationId))
      .reduce((sum, { yen }) => sum + yen, 0);
    const missing = insertedYen - takenYen - captured;
    return missing === 0 ? [] : [`${visit} left ${terminalId} at "${end}", ${missing} yen short`];
  });
}
