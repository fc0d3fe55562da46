/** The center, asked by so many at one time and no more: the rest is told so at once, and nothing queues. */
import type { Answer } from '@dokodemo/domain';
import type { Client, inquiryEndpoints } from '@dokodemo/protocol';

export type CenterClient = Client<typeof inquiryEndpoints>;

export function boundedCenter(center: CenterClient, atOnce: number): CenterClient {
  let underWay = 0;
  const bounded = async <T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    if (underWay >= atOnce) return { ok: false, failure: { code: 'BUSY' } };
    underWay += 1;
    try {
      return await ask();
    } finally {
      underWay -= 1;
    }
  };
  return {
    inquire: (params, body) => bounded(() => center.inquire(params, body)),
    logCheckpoint: (params, body) => bounded(() => center.logCheckpoint(params, body)),
    logTile: (params, body) => bounded(() => center.logTile(params, body)),
    logEntries: (params, body) => bounded(() => center.logEntries(params, body)),
  };
}
