import { type Hash, leafHash } from '@dokodemo/issue-log';
import type { Journal } from '@dokodemo/journal';
import { ofJournal } from '../session/stream.ts';
import { completedBy, drawLog } from './draw-log.ts';
import type { IssueLog, KeptCheckpoint, KeptEntry, LogPaper, LogTables } from './issue-log.ts';

const perRound = 500;

/** The log of issues in memory, for tests and the simulator. */
export function memoryIssueLog(journal: Pick<Journal, 'readAll'>): IssueLog {
  const entries: KeptEntry[] = [];
  const hashes = new Map<string, Hash>();
  const papers = new Map<string, LogPaper>();
  const checkpoints = new Map<number, KeptCheckpoint>();
  let position = 0;
  // One event after the other, also when two rounds are under way.
  let drawing: Promise<unknown> = Promise.resolve();

  const hashAt = (level: number, index: number) =>
    level === 0 ? entries[index]?.leaf : hashes.get(`${level} ${index}`);

  const tables: LogTables = {
    async append(entry) {
      const index = entries.length;
      const leaf = leafHash(entry);
      entries.push({ entry, leaf });
      const completed = await completedBy(index, leaf, async (level, at) => {
        const hash = hashAt(level, at);
        if (hash === undefined) throw new RangeError(`no hash ${at} of level ${level}`);
        return hash;
      });
      for (const [i, hash] of completed.entries()) hashes.set(`${i + 1} ${Math.floor(index / 2 ** (i + 1))}`, hash);
      return index;
    },
    hasPaper: async (number) => papers.has(number),
    addPaper: async (paper) => void papers.set(paper.number, paper),
    papersOf: async (applicationId) => [...papers.values()].filter((it) => it.applicationId === applicationId),
    async moveApplication(applicationId, state, at) {
      for (const [number, paper] of papers) {
        if (paper.applicationId === applicationId) papers.set(number, { ...paper, state, at });
      }
    },
  };

  async function draw(): Promise<number> {
    const { events, next } = await journal.readAll(position, perRound);
    for (const event of events) await drawLog(tables, ofJournal(event));
    position = next;
    return events.length;
  }

  function advance(): Promise<number> {
    const done = drawing.then(draw, draw);
    drawing = done;
    return done;
  }

  return {
    advance,
    async rebuild() {
      entries.length = 0;
      hashes.clear();
      papers.clear();
      position = 0;
      let total = 0;
      for (let done = await advance(); done > 0; done = await advance()) total += done;
      return total;
    },
    size: async () => entries.length,
    hashes: async (nodes) => nodes.map(({ level, index }) => hashAt(level, index)),
    entries: async (first, limit) => entries.slice(first, first + limit),
    paper: async (number) => papers.get(number),
    newestCheckpoint: async () => checkpoints.get(Math.max(0, ...checkpoints.keys())),
    async keepCheckpoint(checkpoint) {
      if (!checkpoints.has(checkpoint.size)) checkpoints.set(checkpoint.size, checkpoint);
    },
  };
}
