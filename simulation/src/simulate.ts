/** `npm run simulate`: seed after seed, a line each, and at the first finding what broke and how to see it again. */
import { parseArgs } from 'node:util';
import { readable } from './history.ts';
import { commandFor, findingLines, headLine, seedLine, sumLines } from './report.ts';
import { type Outcome, simulate } from './simulation.ts';
import { openStage } from './stage.ts';

const help = `The whole system in one process, under virtual time and one seed.

  npm run simulate -- [--seeds N] [--seed K] [--minutes M] [--verbose]

  --seeds N     how many seeds (20; 1 where --seed is given)
  --seed K      the first seed (1)
  --minutes M   of trouble in each simulated world (30); then it has to come to rest
  --verbose     every line of the history
  --help        this

The real kiosk, center, issuer and base registry, with messages lost, doubled, late and out of order, crashes, power
cuts, printers that jam, people who walk away, and registers that change in the middle. Checked at every step: S1, S2,
S3, S7, S8, L1 (docs/simulation.md). The digest at the end of a line is over the whole history: the same seed gives the
same one on every run and every machine.`;

type Wanted = { readonly seeds: number; readonly first: number; readonly minutes: number; readonly verbose: boolean };

function numberOf(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!/^[0-9]{1,9}$/.test(text) || value < 1 || value > most) {
    throw new RangeError(`--${name} is a whole number from 1 to ${most}, not "${text}"`);
  }
  return value;
}

function readWishes(args: readonly string[]): Wanted | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      verbose: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return 'help';
  return {
    seeds: numberOf('seeds', values.seeds, values.seed === undefined ? 20 : 1, 1_000_000),
    first: numberOf('seed', values.seed, 1, 999_999_999),
    minutes: numberOf('minutes', values.minutes, 30, 24 * 60),
    verbose: values.verbose ?? false,
  };
}

async function main(): Promise<number> {
  let wanted: Wanted | 'help';
  try {
    wanted = readWishes(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}; --help shows what there is`);
    return 2;
  }
  if (wanted === 'help') {
    console.log(help);
    return 0;
  }
  const { seeds, first, minutes, verbose } = wanted;
  console.log(
    `${seeds === 1 ? `seed ${first}` : `seeds ${first} to ${first + seeds - 1}`}, ${minutes} minutes of trouble each`,
  );
  const began = performance.now();
  const stage = await openStage();
  console.log(headLine());
  const outcomes: Outcome[] = [];
  for (let seed = first; seed < first + seeds; seed++) {
    const seedBegan = performance.now();
    const outcome = await simulate(stage, { seed, minutes, keepLines: verbose ? 5_000_000 : 40 });
    if (verbose) for (const line of outcome.lines) console.log(readable(line));
    console.log(seedLine(outcome, performance.now() - seedBegan));
    // Of a world that is not looked at again only the sums are kept.
    outcomes.push({ ...outcome, lines: outcome.findings.length > 0 ? outcome.lines : [] });
    if (outcome.findings.length > 0) break;
  }
  const failed = outcomes.filter(({ findings }) => findings.length > 0);
  console.log('');
  for (const line of sumLines(outcomes, performance.now() - began)) console.log(line);
  for (const outcome of failed) {
    console.log('');
    for (const line of findingLines(outcome)) console.log(line);
    console.log(`  see it again:  ${commandFor(outcome.plan.seed, minutes)}`);
  }
  return failed.length > 0 ? 1 : 0;
}

process.exitCode = await main();
