/** `dokodemo monitor`: looks at a log of issues and says whether it only grew since the last look. */
import { systemClock } from '@dokodemo/domain';
import { CommandError } from './command-error.ts';
import { logOverHttp } from './monitor/log-source.ts';
import { keepEvidence, recall, remember, usualPlace } from './monitor/memory.ts';
import { type Changed, type Counts, type Watched, watchLog } from './monitor/watch.ts';
import { portalFor, trustOf } from './trust-of.ts';

export type MonitorOptions = {
  readonly portal?: string;
  readonly trust?: string;
  readonly state?: string;
  readonly fromNow?: boolean;
  readonly mostEntries: number;
  readonly json?: boolean;
};

const changes: Readonly<Record<Changed, string>> = {
  'signature-wrong': 'its checkpoint bears a known log’s name, and the signature is wrong',
  'other-log': 'it is another log than the one that was there',
  shrunken: 'it has fewer entries than it had',
  forked: 'it is not the log that was there with more behind it: what stood in it was changed',
  'entry-wrong': 'an entry is not what the signed tree has a hash of',
  'tiles-wrong': 'its tiles are not those of the tree that it signed',
  'entry-malformed': 'an entry is of no form that entries have',
  'number-malformed': 'an entry’s document number is none',
  'issued-twice': 'a document number was issued twice',
  'void-without-issue': 'a document number became void that was never issued',
};

const entries = (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`;

const totals = (of: Readonly<Record<string, Counts>>): Counts =>
  Object.values(of).reduce((sum, it) => ({ issued: sum.issued + it.issued, void: sum.void + it.void }), {
    issued: 0,
    void: 0,
  });

function linesOf(watched: Exclude<Watched, { outcome: 'changed' | 'unknown' }>, portal: string): readonly string[] {
  const { outcome, origin, from, to, seen, municipalities } = watched;
  const head = {
    began: `✔ ${origin}, at ${portal}: ${entries(to)}. Seen for the first time${from > 0 ? '; they were not read' : ''}.`,
    grew: `✔ ${origin}, at ${portal}: it only grew, from ${from} to ${entries(to)}.`,
    unchanged: `✔ ${origin}, at ${portal}: ${entries(to)}, as before.`,
  }[outcome];
  const { issued, void: gone } = totals(municipalities);
  const rows = Object.entries(municipalities).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    head,
    ...(to > from ? [`  new: issued ${issued}, void ${gone}`] : []),
    ...rows.map(([code, it]) => `    ${code}  issued ${it.issued}, void ${it.void}`),
    ...(seen.since > 0
      ? [`  Read from entry ${seen.since} on: what was issued before is not known, so it is not missed either.`]
      : []),
  ];
}

type Found = { readonly portal: string; readonly place: string; readonly evidence?: string };

function report(watched: Watched, { portal, place, evidence }: Found, json: boolean): void {
  if (json) {
    const { seen, note: _, ...rest } = { seen: undefined, note: undefined, ...watched };
    const more = seen === undefined ? {} : { since: seen.since, ...totals(watchedCounts(watched)) };
    console.log(JSON.stringify({ portal, ...rest, ...more, state: place, ...(evidence ? { evidence } : {}) }));
    return;
  }
  if (watched.outcome === 'unknown') {
    console.error(`? ${portal}: nothing can be said (${watched.why}). What was seen before stays remembered.`);
    return;
  }
  if (watched.outcome === 'changed') {
    const { code, entry, text } = watched;
    const which = entry === undefined ? '' : `\n  entry ${entry}: ${JSON.stringify(text)}`;
    console.error(
      `✘ ${portal}: ${changes[code]} (${code}).${which}\n  Kept as evidence, with both checkpoints: ${evidence}`,
    );
    return;
  }
  console.log(linesOf(watched, portal).join('\n'));
}

const watchedCounts = (watched: Watched) => ('municipalities' in watched ? watched.municipalities : {});

export async function monitorCommand(options: MonitorOptions): Promise<void> {
  const portal = portalFor(options);
  if (portal === undefined)
    throw new CommandError(
      '--portal URL is expected: where the log is served (the demo town’s is taken while the town is open: npm start)',
    );
  const keys = trustOf(options.trust).logs ?? [];
  const place = options.state ?? usualPlace(portal, options.trust);
  const before = keys.length === 0 ? undefined : recall(place, keys);
  const watched = await watchLog({
    log: logOverHttp({ portal, fetch: globalThis.fetch, clock: systemClock }),
    keys,
    before,
    fromNow: options.fromNow === true,
    mostEntries: options.mostEntries,
  });
  if (watched.outcome === 'began' || watched.outcome === 'grew') remember(place, portal, watched.seen);
  const evidence = watched.outcome === 'changed' ? keepEvidence(place, portal, before, watched) : undefined;
  report(watched, { portal, place, ...(evidence === undefined ? {} : { evidence }) }, options.json === true);
  process.exitCode = watched.outcome === 'changed' ? 3 : watched.outcome === 'unknown' ? 1 : 0;
}
