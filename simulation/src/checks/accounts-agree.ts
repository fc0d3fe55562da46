/** S3: per day, the kiosks' money = the center's ledger = the issuers' records, once everything has drained. */
import { capturedByDay, compareAccounts } from '@dokodemo/center';
import { dayInJapan } from '@dokodemo/domain';
import type { World } from '../world.ts';
import { type MakeCheck, nothing } from './check.ts';
import { openCases } from './open-cases.ts';

export const accountsAgree: MakeCheck = (world) => ({ step: nothing, rest: () => disagreements(world) });

type Account = ReadonlyMap<string, number>;

function disagreements(world: World): readonly string[] {
  const center = centersAccount(world);
  const say = (whose: string, account: Account) =>
    compareAccounts(account, center).map(({ what }) => `${whose} money and center's ledger differ on ${what}`);
  return [...say("kiosks'", kiosksAccount(world)), ...say("issuers'", issuersAccount(world))];
}

function sumUp(entries: Iterable<readonly [key: string, yen: number]>): Account {
  const sums = new Map<string, number>();
  for (const [key, yen] of entries) sums.set(key, (sums.get(key) ?? 0) + yen);
  return sums;
}

/** An application that a person must still look at stands in no account yet. */
function settledApplications(world: World) {
  const open = openCases(world);
  return world.witness.kept.filter(({ applicationId }) => !open.has(applicationId));
}

/** By the center's own day for each capture: a fact tells when it happened, by the kiosk's clock. */
function centersAccount(world: World): Account {
  const open = openCases(world);
  return capturedByDay(
    world.witness.events.filter(({ body }) => body.kind === 'FeeCaptured' && !open.has(body.applicationId)),
  );
}

function kiosksAccount(world: World): Account {
  const applications = new Map(settledApplications(world).map((it) => [it.applicationId, it]));
  return sumUp(
    world.witness.money.flatMap(({ kind, at, applicationId, terminalId, yen }) => {
      const application = applications.get(applicationId);
      if (kind !== 'captured' || application === undefined) return [];
      return [[`${dayInJapan(at)} ${application.municipality} ${terminalId}`, yen] as const];
    }),
  );
}

function issuersAccount(world: World): Account {
  return sumUp(
    settledApplications(world).flatMap(({ municipality, applicationId }) => {
      const now = world.witness.records.get(applicationId);
      const handedOver = now?.outcomes.find(({ outcome }) => outcome === 'handed-over');
      if (now?.issue === undefined || handedOver === undefined) return [];
      const { terminalId, feeYen } = now.issue;
      return [[`${handedOver.at.slice(0, 10)} ${municipality} ${terminalId}`, feeYen] as const];
    }),
  );
}
