/** From a frozen snapshot to the sealed document and its record: numbers, sheets, binding, signature, seal. */
import {
  type Answer,
  answer,
  type DocumentNumber,
  dayInJapan,
  type IssuanceState,
  isoJapan,
  refuse,
  stepIssuance,
} from '@dokodemo/domain';
import type { LoggedPaper, PreparedDocument } from '@dokodemo/protocol';
import {
  canonicalAnswers,
  type DocumentBinding,
  holderDigest,
  isElectronic,
  sealDocument,
  sha256Hex,
} from '@dokodemo/protocol';
import { digestOfValue } from '../canonical-json.ts';
import type { Chosen, Judgement } from '../kinds/kind.ts';
import type { Application, Issue } from '../store/records.ts';
import { secondOf } from '../visits/prove-second-pin.ts';
import { documentNumber, lastSerial } from './document-number.ts';
import { electronicProver } from './electronic-copy.ts';
import { type FormInForce, formInForce } from './form-in-force.ts';
import { loggedPaper, loggedWithoutCode } from './logged-paper.ts';
import { groundAt, type PaperProver } from './prove-paper.ts';
import { replyOf } from './reply-of.ts';
import type { Job, PrepareTools } from './tools.ts';

export type Basis = {
  readonly snapshot: { readonly asOf: string; readonly holder: string };
  readonly chosen: Chosen<unknown>;
  readonly judgement: Judgement;
};

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');

export async function issueDocument(tools: PrepareTools, given: Job, basis: Basis): Promise<Answer<PreparedDocument>> {
  const preparedAtMs = tools.clock.now();
  const day = dayInJapan(preparedAtMs);
  const settled = await tools.settle(given.profile, day);
  if (!settled.ok) return settled;
  const job = { ...given, profile: settled.value.profile, settings: settled.value.versions };
  const form = formInForce(job.profile, day, preparedAtMs);
  if (!form.ok) return form;
  const numbers = await takeNumbers(tools, job, day);
  if (!numbers.ok) return numbers;
  const drawn = await drawCopies(tools, job, basis, form.value, numbers.value, preparedAtMs);
  if (!drawn.ok) return drawn;
  const application = sealed(tools, job, basis, form.value, numbers.value, drawn.value, preparedAtMs);
  // Drawing took its time: a visit that ended meanwhile gets nothing any more.
  if (job.visit.expiresAt <= tools.clock.now()) return refuse('ENDED', 'the visit ended while the document was made');
  // The first record under this id wins, also over an outcome that came before it: what was drawn late is dropped here.
  const kept = await tools.store.recordApplication(application);
  return replyOf(kept.application, job.request, tools.clock.now());
}

async function takeNumbers(tools: PrepareTools, job: Job, day: string): Promise<Answer<readonly DocumentNumber[]>> {
  const { municipality } = job.visit;
  const first = await tools.store.takeSerials(municipality, day, job.body.copies);
  if (first + job.body.copies - 1 > lastSerial) return refuse('BUSY', 'the numbers of this day are used up');
  return answer(Array.from({ length: job.body.copies }, (_, i) => documentNumber(day, municipality, first + i)));
}

/** Backs for paper, a signature for a file. */
function proverOf({ prove }: PrepareTools, { profile, body }: Job): PaperProver | undefined {
  const { electronicCopies, proof } = profile;
  if (isElectronic(body.answers) && electronicCopies !== undefined) return electronicProver(electronicCopies.authority);
  return proof === true ? prove : undefined;
}

type Drawn = { readonly sheets: readonly Uint8Array[]; readonly papers: readonly LoggedPaper[] };

/** Every copy has its own number on every sheet, so every copy is drawn on its own; sheets copy after copy. */
async function drawCopies(
  tools: PrepareTools,
  job: Job,
  { snapshot, chosen }: Basis,
  form: FormInForce,
  numbers: readonly DocumentNumber[],
  issuedAtMs: number,
): Promise<Answer<Drawn>> {
  const sheets: Uint8Array[] = [];
  const papers: LoggedPaper[] = [];
  const prove = proverOf(tools, job);
  for (const number of numbers) {
    const copy = prove?.begin(tools.entropy, groundAt(job.profile, job.visit.terminalId));
    const drawn = await job.kind.draw(snapshot, chosen, {
      profile: job.profile,
      certifier: form.certifier,
      seal: form.seal,
      specimen: form.specimen,
      documentNumber: number,
      issuedAtMs,
      ...(copy === undefined ? {} : { proof: copy.front }),
    });
    if (!drawn.ok) return refuse(drawn.code, drawn.detail);
    const told = { profile: job.profile, kindId: job.kind.kindId, documentNumber: number, specimen: form.specimen };
    const proven = (await copy?.finish(drawn.sheets, { ...told, issuedAtMs })) ?? answer(drawn.sheets);
    if (!proven.ok) return proven;
    sheets.push(...proven.value);
    papers.push(
      copy === undefined
        ? loggedWithoutCode(number, drawn.sheets, tools.entropy)
        : loggedPaper(number, copy.coded(drawn.sheets, proven.value)),
    );
  }
  const sizeBytes = sheets.reduce((sum, sheet) => sum + sheet.length, 0);
  if (sheets.length === 0) return refuse('DEFECT', 'the form has drawn no sheet');
  if (sheets.length > 400 || sizeBytes > tools.limits.documentMaxBytes) {
    return refuse('PAGE_LIMIT', `${sheets.length} sheets, ${sizeBytes} bytes`);
  }
  return answer({ sheets, papers });
}

/** The states an application passes on the way to a document, by the table that decides what may follow what. */
function preparedState(): IssuanceState {
  const authorised = stepIssuance('accepted', 'authorise') as IssuanceState;
  return stepIssuance(authorised, 'prepare') as IssuanceState;
}

function sealed(
  tools: PrepareTools,
  job: Job & { readonly settings: Readonly<Record<string, number>> },
  { snapshot, chosen, judgement }: Basis,
  form: FormInForce,
  documentNumbers: readonly DocumentNumber[],
  { sheets, papers }: Drawn,
  preparedAtMs: number,
): Application {
  const { visit, body, profile, kind } = job;
  const expiresAtMs = preparedAtMs + profile.preparedSeconds * 1_000;
  const binding: DocumentBinding = {
    sessionId: visit.sessionId,
    visitId: visit.visitId,
    applicationId: body.applicationId,
    municipality: visit.municipality,
    terminalId: visit.terminalId,
    holder: holderDigest(bytes(visit.certificate)),
    kindId: body.kindId,
    answers: canonicalAnswers(body.answers),
    copies: body.copies,
    feeYen: body.feeYen,
    documentNumbers,
    sheetDigests: sheets.map(sha256Hex),
    snapshot: digestOfValue(snapshot),
    snapshotAt: snapshot.asOf,
    preparedAt: isoJapan(preparedAtMs),
    expiresAt: isoJapan(expiresAtMs),
  };
  const second = secondOf(visit);
  const document = sealDocument(binding, sheets, bytes(visit.kioskKey), profile.signer, tools.entropy.bytes(32));
  const issue: Issue = {
    sessionId: visit.sessionId,
    terminalId: visit.terminalId,
    documentNumbers,
    copies: body.copies,
    feeYen: body.feeYen,
    sheetDigests: binding.sheetDigests,
    holder: snapshot.holder,
    subjects: chosen.subjects,
    shown: chosen.shown,
    rulesAsked: judgement.asked,
    restrictionsSeen: judgement.restrictionsSeen,
    snapshot: binding.snapshot,
    snapshotAt: binding.snapshotAt,
    versions: kind.versionsOf(snapshot),
    credential: binding.holder,
    nonce: visit.nonce,
    kioskKey: visit.kioskKey,
    signature: visit.proof?.signature ?? '',
    ...(second === undefined ? {} : { second }),
    certifier: `${form.certifier.title} ${form.certifier.name}`,
    sealId: form.seal.sealId,
    ...(Object.keys(job.settings).length === 0 ? {} : { settings: job.settings }),
    expiresAt: expiresAtMs,
  };
  return {
    municipality: visit.municipality,
    applicationId: body.applicationId,
    visitId: visit.visitId,
    request: job.request,
    kindId: body.kindId,
    state: preparedState(),
    at: preparedAtMs,
    issue,
    reply: {
      documentNumbers: [...documentNumbers],
      papers: [...papers],
      sheets: sheets.length,
      feeYen: body.feeYen,
      expiresAt: binding.expiresAt,
      aad: base64(document.aad),
      sealed: base64(document.sealed),
    },
    outcomes: [],
  };
}
