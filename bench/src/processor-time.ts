/** Processor time of other processes, where the system tells it (Linux). */
import { existsSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100; // USER_HZ, the same on every Linux that Node.js runs on

/** Milliseconds in user and system mode of each process so far; undefined where nobody tells. */
export function processorMs(pids: Readonly<Record<string, number>>): Readonly<Record<string, number>> | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  const entries = Object.entries(pids).map(([name, pid]) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return [name, ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond] as const;
  });
  return Object.fromEntries(entries);
}
