/** No system runs into what it did not foresee: no unexpected error, no impossible report, no document of another. */
import { type MakeCheck, newIn, nothing } from './check.ts';

/** Cases that a sound world cannot open. */
const unsound: ReadonlySet<string> = new Set(['IMPOSSIBLE_REPORT', 'AMOUNT_DIFFERS', 'MISMATCH_STOP']);

export const sound: MakeCheck = (world) => {
  const defects = newIn(world.defects);
  const events = newIn(world.witness.events);
  return {
    step: () => [
      ...defects().map(({ who, what }) => `${who}: ${what}`),
      ...events().flatMap(({ sessionId, body }) =>
        body.kind === 'CaseOpened' && unsound.has(body.code)
          ? [
              `the center had to open a case ${body.code} in ${sessionId}${body.what === undefined ? '' : ` at ${body.what}`}`,
            ]
          : [],
      ),
    ],
    rest: nothing,
  };
};
