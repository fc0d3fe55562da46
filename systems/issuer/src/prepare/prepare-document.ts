/**
 * PREPARE: one reading of the register, the rules over it, one document of it and nothing else, sealed to the kiosk's
 * key of this visit. All or nothing, once per application.
 */
import { type Answer, answer, dayInJapan, pause, type RefusalCode, refusals, refuse } from '@dokodemo/domain';
import type { PreparedDocument } from '@dokodemo/protocol';
import { digestOfValue } from '../canonical-json.ts';
import { deepFreeze } from '../deep-freeze.ts';
import type { Chosen, Judgement } from '../kinds/kind.ts';
import { admit, provenVisit } from './admit.ts';
import type { Gate } from './gate.ts';
import { issueDocument } from './issue-document.ts';
import { replyOf } from './reply-of.ts';
import type { Job, PrepareBody, PrepareTools } from './tools.ts';

export type PrepareDocument = (
  params: { readonly municipality: string; readonly visitId: string },
  body: PrepareBody,
) => Promise<Answer<PreparedDocument>>;

export function createPrepareDocument(tools: PrepareTools, gate: Gate): PrepareDocument {
  const underWay = new Map<string, { readonly request: string; readonly reply: Promise<Answer<PreparedDocument>> }>();
  return async (params, body) => {
    const id = `${params.municipality}/${body.applicationId}`;
    const request = digestOfValue({ ...params, ...body });
    const same = underWay.get(id);
    // Asked again while the first is still at work here. Across processes the record decides: the first one kept wins.
    if (same !== undefined) return same.request === request ? same.reply : refuse('SAME_ID_OTHER_BODY');
    const reply = prepareOnce(tools, gate, params, body, request);
    underWay.set(id, { request, reply });
    try {
      return await reply;
    } finally {
      underWay.delete(id);
    }
  };
}

async function prepareOnce(
  tools: PrepareTools,
  gate: Gate,
  params: { readonly municipality: string; readonly visitId: string },
  body: PrepareBody,
  request: string,
): Promise<Answer<PreparedDocument>> {
  const { clock, store } = tools;
  const startedAt = clock.now();
  const profile = tools.municipalities.find(params.municipality);
  if (profile === undefined) return refuse('NOT_PARTICIPATING');
  const known = await store.findApplication(params.municipality, body.applicationId);
  if (known !== undefined) return replyOf(known, request, clock.now());
  const proven = provenVisit(await store.findVisit(params.municipality, params.visitId), clock.now());
  if (!proven.ok) return proven;
  const draft = { profile, visit: proven.value.visit, body, request };
  const admitted = admit(tools, profile, proven.value, body);
  if (!admitted.ok) return recordRefusal(tools, draft, admitted.failure.code, [], admitted.failure.detail);
  const reply = await gate.pass(() => prepareJob(tools, { ...draft, kind: admitted.value }));
  if (!reply.ok && isFinal(reply.failure.code)) await nextBeat(tools, startedAt);
  return reply;
}

/** Refusals after the register was read leave on a beat, so that their time tells nothing of their reason. */
function nextBeat({ clock, limits }: PrepareTools, startedAt: number): Promise<void> {
  return pause(clock, limits.refusalBeatMs - ((clock.now() - startedAt) % limits.refusalBeatMs));
}

async function prepareJob(tools: PrepareTools, job: Job): Promise<Answer<PreparedDocument>> {
  const { visit, profile, kind } = job;
  const read = await readRegister(tools, job);
  if (!read.ok)
    return read.failure.code === 'NOT_RESIDENT'
      ? recordRefusal(tools, job, 'NOT_RESIDENT', ['card-still-names-holder'])
      : read;
  const snapshot = read.value;
  const result = visit.proof?.result;
  if (result === undefined || !result.ok) return refuse('OUT_OF_STEP', 'the visit is not proven');
  const chosen: Chosen<unknown> = kind.choose(snapshot, job.body.answers, result.meanings[kind.kindId] ?? {});
  const judgement: Judgement = kind.judge(snapshot, chosen, profile, dayInJapan(tools.clock.now()));
  const first = judgement.broken[0];
  if (first !== undefined) {
    return recordRefusal(
      tools,
      job,
      first.code,
      judgement.broken.map(({ rule }) => rule),
    );
  }
  if (!chosen.fits) return recordRefusal(tools, job, 'ANSWERS_WRONG', ['those-chosen-are-present']);
  const issued = await issueDocument(tools, job, { snapshot, chosen, judgement });
  if (issued.ok || !isFinal(issued.failure.code)) return issued;
  return recordRefusal(tools, job, issued.failure.code, [], issued.failure.detail);
}

/** The register as it stands now, read for this application alone, and frozen. */
async function readRegister(
  tools: PrepareTools,
  { visit, kind, profile }: Job,
): Promise<Answer<{ readonly asOf: string; readonly holder: string }>> {
  const registry = tools.registry(visit.municipality);
  const result = visit.proof?.result;
  if (result === undefined || !result.ok) return refuse('OUT_OF_STEP', 'the visit is not proven');
  const [found, read] = await Promise.all([
    registry.findHolder({ municipality: visit.municipality }, { serialHex: visit.serialHex }),
    kind.read(registry, visit.municipality, result.holder, visit.serialHex),
  ]);
  if (!found.ok) return found;
  if (!read.ok) return read;
  // The card may have been handed in, or given to another person's record, since the visit began.
  if (found.value.holder !== result.holder || read.value === null) return refuse('NOT_RESIDENT');
  const ageMs = tools.clock.now() - Date.parse(read.value.asOf);
  if (!(ageMs <= profile.sourceMaxAgeSeconds * 1_000) || ageMs < -tools.limits.clockSkewMs) {
    return refuse('STALE_SOURCE', `the register's state is of ${read.value.asOf}`);
  }
  if (read.value.holder !== result.holder) return refuse('DEFECT', 'the register answered for another holder');
  return answer(deepFreeze(read.value));
}

function isFinal(code: RefusalCode): boolean {
  return !refusals[code].retry && !['ENDED', 'SAME_ID_OTHER_BODY', 'DEFECT', 'DOCUMENT_EXPIRED'].includes(code);
}

/** A refusal that will not change is kept, so that the same question has one answer. */
async function recordRefusal(
  tools: PrepareTools,
  job: Omit<Job, 'kind'>,
  code: RefusalCode,
  rules: readonly string[],
  detail?: string,
): Promise<Answer<PreparedDocument>> {
  if (!isFinal(code)) return refuse(code, detail);
  const { application } = await tools.store.recordApplication({
    municipality: job.visit.municipality,
    applicationId: job.body.applicationId,
    visitId: job.visit.visitId,
    request: job.request,
    kindId: job.body.kindId,
    state: 'refused',
    at: tools.clock.now(),
    refusal: { code, rules, ...(detail === undefined ? {} : { detail }) },
    outcomes: [],
  });
  return replyOf(application, job.request, tools.clock.now());
}
