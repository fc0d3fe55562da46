/** How an event moves the log of issues. The same events in the same order make the same tree: whoever changes what is
 *  written here changes a log that is signed already. */
import { isoJapan } from '@dokodemo/domain';
import { encodeEntry, type Hash, nodeHash } from '@dokodemo/issue-log';
import type { RecordedEvent } from '../session/events.ts';
import type { LogTables } from './issue-log.ts';

export async function drawLog(tables: LogTables, event: RecordedEvent): Promise<void> {
  const { body } = event;
  switch (body.kind) {
    case 'ApplicationPrepared':
      return drawIssued(tables, event);
    case 'HandedOver':
      return move(tables, body.applicationId, 'handed-over', body.at);
    case 'TrackLost':
      return move(tables, body.applicationId, 'unresolved', body.at);
    case 'FeeReturned':
    case 'ApplicationVoided':
    case 'ApplicationGivenUp':
      return drawVoid(tables, body.applicationId, body.at);
  }
}

async function drawIssued(tables: LogTables, { body, at, municipality }: RecordedEvent): Promise<void> {
  if (body.kind !== 'ApplicationPrepared') return;
  const { applicationId, papers = [], kindId = '' } = body;
  for (const { number, digest, inquiry } of papers) {
    // A number means one paper: a second one of it is not in the log, and is found to be false.
    if (await tables.hasPaper(number)) continue;
    const entry = encodeEntry({ kind: 'issued', number, digest: new Uint8Array(Buffer.from(digest, 'hex')) });
    await tables.addPaper({
      number,
      applicationId,
      ...(inquiry === undefined ? {} : { inquiry }),
      entryIndex: await tables.append(entry),
      state: 'prepared',
      at: isoJapan(at),
      municipality,
      kindId,
    });
  }
}

async function drawVoid(tables: LogTables, applicationId: string, at: string): Promise<void> {
  for (const { number, state } of await tables.papersOf(applicationId)) {
    if (state !== 'void') await tables.append(encodeEntry({ kind: 'void', number }));
  }
  await tables.moveApplication(applicationId, 'void', at);
}

/** What is void stays void: the log has said so. */
async function move(tables: LogTables, applicationId: string, state: 'handed-over' | 'unresolved', at: string) {
  const papers = await tables.papersOf(applicationId);
  if (papers.length > 0 && papers.every((it) => it.state !== 'void')) {
    await tables.moveApplication(applicationId, state, at);
  }
}

/** The complete subtrees that this leaf completes: their hashes from level 1 up. `sibling` reads the left one. */
export async function completedBy(
  index: number,
  leaf: Hash,
  sibling: (level: number, index: number) => Promise<Hash>,
): Promise<readonly Hash[]> {
  const completed: Hash[] = [];
  let hash = leaf;
  for (let level = 0, at = index; at % 2 === 1; level++, at = (at - 1) / 2) {
    hash = nodeHash(await sibling(level, at - 1), hash);
    completed.push(hash);
  }
  return completed;
}
