import { applicationsOf, type Session, sessionsOf } from '@dokodemo/center';
import type { World } from '../world.ts';

/** Applications about which a case is open at the center. */
export function openCases(world: World): ReadonlySet<string> {
  return new Set(sessionsOf(world.witness.events).flatMap(openIn));
}

export function openIn(session: Session): readonly string[] {
  return Object.values(session.cases)
    .filter(({ closed }) => !closed)
    .flatMap(({ applicationId }) => applicationId ?? []);
}

/** Everything that is not final and about which nobody has been asked. */
export function unfinishedIn(session: Session, isFinal: (state: string) => boolean): readonly string[] {
  const open = new Set(openIn(session));
  return applicationsOf(session)
    .filter(({ applicationId, state }) => !isFinal(state) && !open.has(applicationId))
    .map(({ applicationId, state }) => `${applicationId} is still ${state}`);
}
