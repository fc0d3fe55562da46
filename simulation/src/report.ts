/** How a run of seeds is told: a line for each, the sums, and of a finding everything that helps to see it again. */
import { isoJapan } from '@dokodemo/domain';
import { checks } from './checks/checks.ts';
import { readable } from './history.ts';
import { printerConditions, registerStrokes } from './plan.ts';
import { kindIds } from './profiles.ts';
import type { Outcome } from './simulation.ts';
import type { Summary } from './summary.ts';

type Column = { readonly head: string; readonly width: number; readonly of: (outcome: Outcome) => string };

const sum = (head: string, pick: (summary: Summary) => number): Column => ({
  head,
  width: Math.max(5, head.length),
  of: ({ summary }) => String(pick(summary)),
});

const columns: readonly Column[] = [
  { head: 'seed', width: 6, of: ({ plan }) => String(plan.seed) },
  { head: 'weather', width: 9, of: ({ plan }) => plan.weather.name },
  { head: 'kiosks', width: 6, of: ({ plan }) => String(plan.kiosks) },
  sum('sessions', ({ sessions }) => sessions),
  sum('papers', ({ papers }) => papers),
  sum('refused', ({ refusals }) => refusals),
  sum('refunds', ({ refunds }) => refunds),
  sum('cases', ({ casesOpened }) => casesOpened),
  sum('crashes', ({ crashes }) => crashes),
  sum('cuts', ({ powerCuts }) => powerCuts),
  sum('lost', ({ lost }) => lost),
  sum('doubled', ({ doubled }) => doubled),
  sum('late', ({ late }) => late),
  { head: 'digest', width: 16, of: ({ digest }) => digest.slice(0, 16) },
];

export function headLine(): string {
  return `${columns.map(({ head, width }) => head.padStart(width)).join(' ')}`;
}

export function seedLine(outcome: Outcome, tookMs: number): string {
  const cells = columns.map(({ of, width }) => of(outcome).padStart(width)).join(' ');
  const verdict = outcome.findings.length === 0 ? '' : `  BROKEN: ${outcome.findings[0]?.check ?? ''}`;
  return `${cells} ${(tookMs / 1_000).toFixed(2).padStart(6)} s${verdict}`;
}

/** Screens at which a session can be hit; of those that come seldom, and briefly, nothing is demanded. */
const hitScreens = [
  'welcome', 'notice', 'present-card', 'enter-pin', 'remove-card', 'choose', 'copies', 'confirm', 'working', 'pay',
  'printing', 'receive-file', 'take', 'another', 'end',
] as const; // biome-ignore format: one list

const counted = (...names: readonly string[]) =>
  names.map((name) => ({ what: name, of: ({ counts }: Summary) => counts[name] ?? 0 }));

/** What a run must have seen at least once, or it has shown nothing about it. */
const exercised: readonly { readonly what: string; readonly of: (summary: Summary) => number }[] = [
  { what: 'paper handed over and paid', of: ({ papers }) => papers },
  { what: 'refusals', of: ({ refusals }) => refusals },
  { what: 'money given back', of: ({ refunds }) => refunds },
  { what: 'cases', of: ({ casesOpened }) => casesOpened },
  { what: 'crashes', of: ({ crashes }) => crashes },
  { what: 'power cuts', of: ({ powerCuts }) => powerCuts },
  { what: 'lost messages', of: ({ lost }) => lost },
  { what: 'doubled messages', of: ({ doubled }) => doubled },
  { what: 'very late messages', of: ({ late }) => late },
  { what: 'printer troubles', of: ({ printerTroubles }) => printerTroubles },
  { what: 'changes of a register', of: ({ registerChanges }) => registerChanges },
  { what: 'wrong PINs', of: ({ wrongPins }) => wrongPins },
  { what: 'people who walked away', of: ({ walkedAway }) => walkedAway },
  ...kindIds.map((kindId) => ({ what: `papers of ${kindId}`, of: (it: Summary) => it.papersByKind[kindId] ?? 0 })),
  ...hitScreens.flatMap((screen) => counted(`power-cut at ${screen}`, `agent-crash at ${screen}`)),
  ...registerStrokes.flatMap((what) => counted(`mid-session ${what}`)),
  ...printerConditions.flatMap((condition) => counted(`printer ${condition}`)),
  ...counted('file collected', 'file withdrawn'),
  ...counted('crash of center', 'crash of issuer', 'crash of registry'),
  ...counted('database-away of center', 'database-away of issuer', 'database-away of registry'),
  ...counted('message lost', 'message reply-lost', 'message doubled', 'message very-late', 'message reordered'),
  ...counted('stroke line-cut', 'stroke money-fails', 'stroke reader-fails', 'stroke disk-fails'),
  ...counted('jpki-away ocsp', 'jpki-away crl', 'jpki-away both', 'stroke fee-changed', 'stroke card-revoked'),
];

/** What a run has not seen at all: about that it says nothing. */
export function unseen(outcomes: readonly Outcome[]): readonly string[] {
  return exercised.filter(({ of }) => outcomes.every(({ summary }) => of(summary) === 0)).map(({ what }) => what);
}

export function sumLines(outcomes: readonly Outcome[], tookMs: number): readonly string[] {
  const total = (pick: (summary: Summary) => number) =>
    outcomes.reduce((all, { summary }) => all + pick(summary), 0).toLocaleString('en');
  const hours = outcomes.reduce((all, { summary }) => all + summary.livedMs, 0) / 3_600_000;
  const broken = outcomes.filter(({ findings }) => findings.length > 0).length;
  const missed = unseen(outcomes);
  return [
    `${outcomes.length - broken} of ${outcomes.length} seeds hold; ${hours.toFixed(1)} simulated hours in ${(tookMs / 1_000).toFixed(1)} s`,
    `  ${total((it) => it.sessions)} sessions, ${total((it) => it.papers)} papers on ${total((it) => it.sheets)} sheets, ${total((it) => it.refusals)} refusals, ${total((it) => it.refunds)} refunds, ${total((it) => it.casesOpened)} cases (${total((it) => it.casesOpen)} left open)`,
    `  ${total((it) => it.crashes)} crashes, ${total((it) => it.powerCuts)} power cuts (${total((it) => it.ambushes)} at the worst moment), ${total((it) => it.lost)} messages lost, ${total((it) => it.doubled)} doubled, ${total((it) => it.late)} very late`,
    `  ${total((it) => it.printerTroubles)} printer troubles, ${total((it) => it.registerChanges)} changes of registers, ${total((it) => it.wrongPins)} wrong PINs, ${total((it) => it.walkedAway)} people who walked away`,
    ...countLines(outcomes),
    ...(missed.length === 0 ? [] : [`  not seen, so nothing is shown about it: ${missed.join(', ')}`]),
  ];
}

export function commandFor(seed: number, minutes: number): string {
  return `npm run simulate -- --seed ${seed} --minutes ${minutes} --verbose`;
}

export function findingLines({ plan, findings, lines, digest }: Outcome): readonly string[] {
  return [
    `seed ${plan.seed} is broken (history ${digest})`,
    ...findings.map(
      ({ check, at, what }) => `  ${check} (${checks[check].says}), at ${isoJapan(at).slice(11, 23)}:\n    ${what}`,
    ),
    '  before it:',
    ...lines.map((line) => `    ${readable(line)}`),
  ];
}

/** What befell all of them together, group after group. */
function countLines(outcomes: readonly Outcome[]): readonly string[] {
  const sums = (pick: (summary: Summary) => Readonly<Record<string, number>>) => {
    const all = new Map<string, number>();
    for (const { summary } of outcomes) {
      for (const [name, count] of Object.entries(pick(summary))) all.set(name, (all.get(name) ?? 0) + count);
    }
    return [...all];
  };
  const counts = sums(({ counts: all }) => all);
  const group = (head: string, entries: readonly (readonly [string, number])[]) =>
    entries.length === 0 ? [] : [`  ${head}: ${entries.map(([name, count]) => `${name} ${count}`).join(', ')}`];
  const under = (prefix: string) =>
    counts.flatMap(([name, count]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), count] as const] : []));
  return [
    ...group(
      'papers',
      sums(({ papersByKind }) => papersByKind),
    ),
    ...group('files', under('file ')),
    ...group('messages', under('message ')),
    ...group('strokes', under('stroke ')),
    ...group('crashes of', under('crash of ')),
    ...group('power cuts at', under('power-cut at ')),
    ...group('agent crashes at', under('agent-crash at ')),
    ...group('registers in mid-session', under('mid-session ')),
  ];
}
