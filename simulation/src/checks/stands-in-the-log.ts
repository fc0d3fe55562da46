/** Log: every paper that came out stands in the log of issues, as its issuer made it, and what does not count is void. */
import { memoryIssueLog } from '@dokodemo/center';
import { decodeEntry } from '@dokodemo/issue-log';
import type { World } from '../world.ts';
import { type MakeCheck, nothing } from './check.ts';
import { openCases } from './open-cases.ts';

type IssueLog = ReturnType<typeof memoryIssueLog>;

export const standsInTheLog: MakeCheck = (world) => ({ step: nothing, rest: () => wrongWithLog(world) });

const mostEntries = 1_000_000;

async function wrongWithLog(world: World): Promise<readonly string[]> {
  const log = memoryIssueLog(world.stores.journal);
  while ((await log.advance()) > 0);
  const entries = (await log.entries(0, mostEntries)).map(({ entry }) => decodeEntry(entry));
  const voids = entries.flatMap((it) => (it?.kind === 'void' ? [it.number] : []));
  const twice = voids.filter((number, i) => voids.indexOf(number) !== i);
  const wrong = twice.map((number) => `${number} is void twice in the log`);
  for (const { digest } of world.witness.trays) {
    const number = world.witness.drawings.get(digest)?.documentNumber;
    if (number !== undefined && (await log.paper(number)) === undefined)
      wrong.push(`${number} came out and does not stand in the log`);
  }
  for (const { digest } of world.witness.files) {
    const number = world.nameOfFile(digest);
    if ((await log.paper(number)) === undefined) wrong.push(`${number} was given out and does not stand in the log`);
  }
  const open = openCases(world);
  for (const { applicationId, reply } of world.witness.kept) {
    const { outcome } = world.witness.records.get(applicationId)?.outcomes.at(-1) ?? {};
    for (const paper of reply?.papers ?? []) {
      wrong.push(...(await wrongWithPaper(log, paper, open.has(applicationId) ? undefined : outcome)));
      const isVoid = voids.includes(paper.number);
      const state = (await log.paper(paper.number))?.state;
      if (isVoid !== (state === 'void')) wrong.push(`${paper.number} is ${state}, and its void entry says otherwise`);
    }
  }
  return wrong;
}

/** `outcome`: what its issuer was told last; undefined: a person still has to look. */
async function wrongWithPaper(
  log: IssueLog,
  { number, digest }: { readonly number: string; readonly digest: string },
  outcome: string | undefined,
): Promise<readonly string[]> {
  const paper = await log.paper(number);
  // The center never heard of it and gave up: nobody can have it.
  if (paper === undefined) return outcome === 'handed-over' ? [`${number} was handed over and is not in the log`] : [];
  const [kept] = await log.entries(paper.entryIndex, 1);
  const entry = kept === undefined ? undefined : decodeEntry(kept.entry);
  const isSame = entry?.kind === 'issued' && Buffer.from(entry.digest).toString('hex') === digest;
  const expected = outcome === 'voided' ? 'void' : outcome;
  return [
    ...(isSame && entry.number === number ? [] : [`${number} stands in the log with another digest than its issuer's`]),
    ...(expected === undefined || paper.state === expected
      ? []
      : [`${number}: its issuer was told ${outcome}, the log says ${paper.state}`]),
  ];
}
