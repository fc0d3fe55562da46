/** What a paper is worth, and the log that bears it out: asked by the portal, on behalf of anybody. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Answer, answer, refuse } from '@dokodemo/domain';
import {
  encodeBundle,
  encodeTile,
  inclusionProof,
  leafHash,
  tileIn,
  tileWidth,
  verifyInclusion,
  writeProof,
} from '@dokodemo/issue-log';
import type { Handlers, InquiryReply, inquiryEndpoints } from '@dokodemo/protocol';
import type { CenterNote, Municipality } from '../center-options.ts';
import type { IssueLog, KeptCheckpoint, LogPaper } from '../issue-log/issue-log.ts';
import { type LogSigner, readNodes } from '../issue-log/log-signer.ts';

type Tools = {
  readonly log: IssueLog;
  readonly signer: LogSigner;
  readonly municipalities: readonly Municipality[];
  readonly note: (note: CenterNote) => void;
};

type Proven = Pick<InquiryReply, 'entry' | 'proof'>;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
/** Compared with where no paper is, or none that may be asked for: the same work, and never alike. */
const nothing = Buffer.alloc(32);

function isAskedFor(paper: LogPaper | undefined, inquiry: string): paper is LogPaper {
  const kept = paper?.inquiry === undefined ? nothing : Buffer.from(paper.inquiry, 'hex');
  const given = createHash('sha256').update(Buffer.from(inquiry, 'base64')).digest();
  return timingSafeEqual(given, kept);
}

export function inquiryHandlers({ log, signer, municipalities, note }: Tools): Handlers<typeof inquiryEndpoints> {
  /** The newest checkpoint, when the log is whole: while it is drawn anew it knows less than it did. */
  async function signed(): Promise<Answer<KeptCheckpoint | undefined>> {
    const fault = signer.fault();
    if (fault !== undefined) return refuse('UPSTREAM_DOWN', `the log of issues: ${fault}`);
    const checkpoint = await log.newestCheckpoint();
    if (checkpoint !== undefined && (await log.size()) < checkpoint.size)
      return refuse('BUSY', 'the log of issues is being drawn anew');
    return answer(checkpoint);
  }

  /** Nothing, when no checkpoint covers it yet. */
  async function provenBy(checkpoint: KeptCheckpoint | undefined, index: number): Promise<Answer<Proven>> {
    if (checkpoint === undefined || index >= checkpoint.size) return answer({});
    const { size, root } = checkpoint;
    const [kept] = await log.entries(index, 1);
    try {
      const proof = await inclusionProof(readNodes(log), index, size);
      if (kept !== undefined && verifyInclusion(index, size, leafHash(kept.entry), proof, root)) {
        const entry = new TextDecoder().decode(kept.entry);
        return answer({ entry, proof: writeProof(index, proof, checkpoint.note) });
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    // A proof that does not hold would call a true paper false.
    note({ what: 'defect', detail: `log of issues: entry ${index} does not lead to the root that is signed` });
    return refuse('UPSTREAM_DOWN', 'the log of issues does not bear out its own checkpoint');
  }

  return {
    async inquire({ body }) {
      const checkpoint = await signed();
      if (!checkpoint.ok) return checkpoint;
      const paper = await log.paper(body.documentNumber);
      if (!isAskedFor(paper, body.inquiry)) return answer({ state: 'unknown' as const });
      const proven = await provenBy(checkpoint.value, paper.entryIndex);
      if (!proven.ok) return proven;
      const { state, municipality, kindId, at } = paper;
      const name = municipalities.find(({ code }) => code === municipality)?.name;
      const issuerName = name === undefined ? {} : { issuerName: name };
      return answer({ state, issuer: municipality, ...issuerName, kindId, at, ...proven.value });
    },

    async logCheckpoint() {
      const checkpoint = await signed();
      if (!checkpoint.ok) return checkpoint;
      return checkpoint.value === undefined
        ? refuse('UNKNOWN', 'no log is signed')
        : answer({ note: checkpoint.value.note });
    },

    async logTile({ params }) {
      const checkpoint = await signed();
      if (!checkpoint.ok) return checkpoint;
      const [level, index, width] = [Number(params.level), Number(params.index), Number(params.width)];
      if (tileIn(checkpoint.value?.size ?? 0, level, index).width < width) return refuse('UNKNOWN', 'no such tile');
      const first = index * tileWidth;
      const nodes = Array.from({ length: width }, (_, i) => ({ level: 8 * level, index: first + i }));
      return answer({ hashes: base64(encodeTile(await readNodes(log)(nodes))) });
    },

    async logEntries({ params }) {
      const checkpoint = await signed();
      if (!checkpoint.ok) return checkpoint;
      const [index, width] = [Number(params.index), Number(params.width)];
      if (tileIn(checkpoint.value?.size ?? 0, 0, index).width < width) return refuse('UNKNOWN', 'no such entries');
      const kept = await log.entries(index * tileWidth, width);
      return answer({ bundle: base64(encodeBundle(kept.map(({ entry }) => entry))) });
    },
  };
}
