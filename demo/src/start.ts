/** `npm start`: opens the town and stays until Ctrl-C. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { help, readStartOptions, type StartOptions } from './start-options.ts';
import { stepsOn } from './steps.ts';
import { openTown, type Town } from './town.ts';
import { oneLine, TownError } from './town-error.ts';
import { styleOf, townTable } from './town-table.ts';

const benchPage = fileURLToPath(new URL('../dist/bench-page', import.meta.url));
const out = process.stdout;

/** One line for what was foreseen; for the rest also where it happened, when somebody wants to know. */
function say(error: unknown): void {
  console.error(`\n${oneLine(error)}`);
  if (!(error instanceof TownError) && process.env.DOKODEMO_DEBUG !== undefined && error instanceof Error) {
    console.error(error.stack);
  }
}

async function open(options: StartOptions, signal: AbortSignal): Promise<Town> {
  if (!existsSync(path.join(benchPage, 'index.html')))
    throw new TownError('The bench page is not built: npm run build (npm start does it by itself)');
  const { fresh, basePort, printer } = options;
  const databaseUrl = process.env.DATABASE_URL;
  return openTown({
    fresh,
    basePort,
    printer,
    benchPage,
    ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
    steps: stepsOn(out),
    signal,
    onUnexpectedEnd: (name, why) =>
      console.error(
        `\n${name} has ended by itself: ${why}\nThe rest goes on. To have it back: Ctrl-C, then npm start (everything is kept).`,
      ),
  });
}

async function main(): Promise<number> {
  const options = readStartOptions(process.argv.slice(2));
  if (options.help) {
    out.write(help);
    return 0;
  }
  const wish = new AbortController();
  const ended = new Promise<void>((resolve) => wish.signal.addEventListener('abort', () => resolve(), { once: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => wish.abort(new TownError('stopped')));

  const began = performance.now();
  out.write('\n');
  let town: Town;
  try {
    town = await open(options, wish.signal);
  } catch (error) {
    if (!wish.signal.aborted) throw error;
    out.write('\n  Stopped; the next start goes on from here.\n');
    return 130;
  }
  out.write(townTable(town, (performance.now() - began) / 1_000, styleOf(out)));
  await ended;
  out.write('\n  Closing the town …');
  await town.stop();
  out.write(' closed.\n');
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error);
  process.exitCode = 1;
}
