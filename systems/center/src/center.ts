/** The issuance center, built from its ports: no timers, no I/O, no chance of its own. */
import type {
  collectingEndpoints,
  conversationEndpoints,
  fileEndpoints,
  Handlers,
  inquiryEndpoints,
} from '@dokodemo/protocol';
import { type CenterOptions, usualLimits } from './center-options.ts';
import { conversationHandlers } from './handlers/conversation.ts';
import { directoryHandlers } from './handlers/directory.ts';
import { documentHandlers } from './handlers/documents.ts';
import { factHandlers } from './handlers/facts.ts';
import { fileHandlers } from './handlers/files.ts';
import { inquiryHandlers } from './handlers/inquiries.ts';
import { operatorHandlers } from './handlers/operator.ts';
import { logSigner } from './issue-log/log-signer.ts';
import { memoryIssueLog } from './issue-log/memory-issue-log.ts';
import type { operatorEndpoints } from './operator-endpoints.ts';
import { memoryPictures } from './projections/pictures.ts';
import { usualBounds } from './session/expiry.ts';
import { usualSettings } from './session/given.ts';
import { sessionKeeper } from './session-keeper.ts';
import { type TickReport, ticker } from './tick.ts';

export type Center = {
  readonly handlers: Handlers<typeof conversationEndpoints>;
  readonly operatorHandlers: Handlers<typeof operatorEndpoints>;
  readonly fileHandlers: Handlers<typeof fileEndpoints>;
  readonly collectingHandlers: Handlers<typeof collectingEndpoints>;
  readonly inquiryHandlers: Handlers<typeof inquiryEndpoints>;
  /** Draws the log of issues on and signs it, a bounded part of it; answers how many events were drawn. */
  logRound(): Promise<number>;
  /** Does what is due now, a bounded part of it; call it again and again. Safe in any number of processes. */
  tick(): Promise<TickReport>;
};

export function createCenter(options: CenterOptions): Center {
  const keeper = sessionKeeper({
    ...options,
    settings: options.settings ?? usualSettings,
    bounds: options.bounds ?? usualBounds,
    limits: options.limits ?? usualLimits,
  });
  const log = options.issueLog ?? memoryIssueLog(options.journal);
  const signer = logSigner(log, options.logKey, options.note);
  const { municipalities, note } = options;
  const { collectFile, ...files } = fileHandlers(keeper);
  return Object.freeze({
    handlers: Object.freeze({
      ...conversationHandlers(keeper),
      ...documentHandlers(keeper),
      ...factHandlers(keeper),
      ...directoryHandlers(keeper),
    }),
    operatorHandlers: Object.freeze(operatorHandlers(keeper, options.pictures ?? memoryPictures(options.journal))),
    fileHandlers: Object.freeze(files),
    collectingHandlers: Object.freeze({ collectFile }),
    inquiryHandlers: Object.freeze(inquiryHandlers({ log, signer, municipalities, note })),
    logRound: signer.round,
    tick: ticker(keeper),
  });
}
