/** The center, asked by so many at one time and no more: the rest is told so at once, and nothing queues. */
import type { Answer } from '@dokodemo/domain';
import type { Client, collectingEndpoints, inquiryEndpoints } from '@dokodemo/protocol';

export type CenterClient = Client<typeof inquiryEndpoints> & Client<typeof collectingEndpoints>;

/** Files are large: so many are in memory at one time. */
const filesAtOnce = 8;

export function boundedCenter(center: CenterClient, atOnce: number): CenterClient {
  let underWay = 0;
  let files = 0;
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
    async collectFile(params, body) {
      if (files >= filesAtOnce) return { ok: false, failure: { code: 'BUSY' } };
      files += 1;
      try {
        return await bounded(() => center.collectFile(params, body));
      } finally {
        files -= 1;
      }
    },
    logEntries: (params, body) => bounded(() => center.logEntries(params, body)),
  };
}
