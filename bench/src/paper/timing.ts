/** How long something takes, by the clock and by the processor. */
import { quantile } from '../table.ts';

export type Timing = { readonly name: string; readonly p50Ms: number; readonly p99Ms: number; readonly cpuMs: number };

/** `work` is told how often it was called, from 0; `warmUp` calls are not counted. */
export async function timed(
  name: string,
  times: number,
  work: (i: number) => unknown,
  warmUp = Math.ceil(times / 4),
): Promise<Timing> {
  for (let i = 0; i < warmUp; i++) await work(i);
  const clock: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await work(warmUp + i);
    clock.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  return { name, p50Ms: quantile(clock, 0.5), p99Ms: quantile(clock, 0.99), cpuMs: (user + system) / 1_000 / times };
}

const digits = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

/** `base`: the row that the others are compared with. */
export function showTimings(rows: readonly Timing[], base?: string): void {
  const first = rows.find(({ name }) => name === base)?.p50Ms;
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`  ${''.padEnd(width)}  ${'p50 ms'.padStart(8)}  ${'p99'.padStart(8)}  ${'CPU ms'.padStart(8)}`);
  for (const { name, p50Ms, p99Ms, cpuMs } of rows) {
    const ratio = first === undefined ? '' : `  ${digits(p50Ms / first)} ×`;
    const figures = [p50Ms, p99Ms, cpuMs].map((it) => digits(it).padStart(8)).join('  ');
    console.log(`  ${name.padEnd(width)}  ${figures}${ratio}`);
  }
}
