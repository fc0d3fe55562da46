/** The card's signature over the challenge: who holds it, and what this holder may take now. Once per visit. */
import { type Answer, answer, dayInJapan, type RefusalCode, refuse } from '@dokodemo/domain';
import { checkCredential, verifyChallengeSignature } from '@dokodemo/ic-card';
import { type CenterSaw, type Menu, sealLabels, visitChallenge } from '@dokodemo/protocol';
import { digestOfValue } from '../canonical-json.ts';
import type { AnyKind, RegistryClient } from '../kinds/kind.ts';
import { buildMenu, offeredKinds } from '../menu/build-menu.ts';
import { openLabelBook } from '../menu/label-book.ts';
import type { MunicipalityProfile } from '../municipality.ts';
import type { ProofResult, Visit } from '../store/records.ts';
import type { VisitTools } from './open-visit.ts';

export type ProveTools = VisitTools & {
  readonly registry: (municipality: string) => RegistryClient;
  readonly kinds: readonly AnyKind[];
  /** How old the center's look at the card's revocation may be. */
  readonly limits: { readonly ocspMaxAgeMs: number; readonly crlMaxAgeMs: number; readonly clockSkewMs: number };
};

export type ProveBody = { readonly signature: string; readonly centerSaw: CenterSaw };
export type ProvedVisit = { menu: Menu; sealedLabels: string };

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

export async function proveVisit(
  tools: ProveTools,
  params: { readonly municipality: string; readonly visitId: string },
  body: ProveBody,
): Promise<Answer<ProvedVisit>> {
  const profile = tools.municipalities.find(params.municipality);
  if (profile === undefined) return refuse('NOT_PARTICIPATING');
  const visit = await tools.store.findVisit(params.municipality, params.visitId);
  if (visit === undefined) return refuse('UNKNOWN', 'no such visit');
  if (visit.expiresAt <= tools.clock.now()) return refuse('ENDED', 'the visit is past its time');
  const request = digestOfValue(body);
  if (visit.proof !== undefined) return settled(visit, request);
  const stale = staleLook(body.centerSaw, tools);
  if (stale !== undefined) return refuse('CERT_STATUS_UNKNOWN', stale);
  const result = await judgeProof(tools, profile, visit, body);
  if (!result.ok) return result;
  const kept = await tools.store.settleProof(params.municipality, params.visitId, {
    request,
    signature: body.signature,
    centerSaw: body.centerSaw,
    at: tools.clock.now(),
    result: result.value,
  });
  return kept === undefined ? refuse('ENDED', 'the visit is gone') : settled(kept, request);
}

function settled(visit: Visit, request: string): Answer<ProvedVisit> {
  if (visit.proof?.request !== request) return refuse('SAME_ID_OTHER_BODY', 'this visit has had its one proof');
  const { result } = visit.proof;
  return result.ok ? answer({ menu: result.menu, sealedLabels: result.sealedLabels }) : refuse(result.code);
}

/** Why the center's word on the card's revocation is not believed; undefined when it is fresh. */
function staleLook(saw: CenterSaw, { clock, limits }: ProveTools): string | undefined {
  const now = clock.now();
  const producedAt = Date.parse(saw.producedAt);
  const at = Date.parse(saw.at);
  if (!(producedAt <= now + limits.clockSkewMs) || !(at <= now + limits.clockSkewMs)) return 'it comes from the future';
  const maxAgeMs = saw.by === 'ocsp' ? limits.ocspMaxAgeMs : limits.crlMaxAgeMs;
  if (now - producedAt > maxAgeMs) return `the ${saw.by} answer is older than ${maxAgeMs / 1_000} s`;
  return now - at > limits.ocspMaxAgeMs ? 'the center looked too long ago' : undefined;
}

/** What is settled for good is a value of `ProofResult`; what may be asked again is a refusal. */
async function judgeProof(
  tools: ProveTools,
  profile: MunicipalityProfile,
  visit: Visit,
  body: ProveBody,
): Promise<Answer<ProofResult>> {
  const no = (code: RefusalCode): Answer<ProofResult> => answer({ ok: false, code });
  const certificateDer = bytes(visit.certificate);
  const checked = checkCredential({
    certificateDer,
    trustAnchors: tools.credentials.cards,
    now: tools.clock.now(),
  });
  if (!checked.ok) return no(checked.code);
  // From the visit as it was opened, never from the message: a signature over anything else does not hold.
  const challenge = visitChallenge({
    sessionId: visit.sessionId,
    issuerNonce: bytes(visit.nonce),
    kioskKey: bytes(visit.kioskKey),
    terminalId: visit.terminalId,
  });
  if (!verifyChallengeSignature(certificateDer, challenge, bytes(body.signature))) return no('PROOF_WRONG');

  const registry = tools.registry(visit.municipality);
  const found = await registry.findHolder({ municipality: visit.municipality }, { serialHex: visit.serialHex });
  if (!found.ok) return found;
  const { holder } = found.value;
  if (holder === null) return notServed(profile, visit, registry);
  return readMenu(tools, profile, visit, holder, registry);
}

/** Nobody here has this certificate: whoever has their family register here may apply from where they live. */
async function notServed(
  profile: MunicipalityProfile,
  { municipality, serialHex }: Visit,
  registry: RegistryClient,
): Promise<Answer<ProofResult>> {
  if (profile.enrolment === undefined) return answer({ ok: false, code: 'NOT_RESIDENT' });
  const found = await registry.findEnrolment({ municipality }, { serialHex });
  if (!found.ok) return found;
  const waits = found.value.enrolment?.state === 'applied';
  return answer({ ok: false, code: waits ? 'ENROLMENT_PENDING' : 'ENROLMENT_MISSING' });
}

async function readMenu(
  tools: ProveTools,
  profile: MunicipalityProfile,
  visit: Visit,
  holder: string,
  registry: RegistryClient,
): Promise<Answer<ProofResult>> {
  const nowMs = tools.clock.now();
  const day = dayInJapan(nowMs);
  const offers = offeredKinds(profile, tools.kinds, day);
  const { municipality, serialHex } = visit;
  const reads = await Promise.all(offers.map(({ kind }) => kind.read(registry, municipality, holder, serialHex)));
  const kinds = [];
  for (const [i, { kind, offered }] of offers.entries()) {
    const read = reads[i];
    if (read === undefined || !read.ok) return read ?? refuse('DEFECT');
    const subject: unknown = read.value === null ? undefined : kind.subjectOf(read.value);
    if (subject !== undefined && kind.isHere(subject, day, profile)) kinds.push({ kind, offered, subject });
  }
  if (kinds.length === 0) return answer({ ok: false, code: 'NOT_RESIDENT' });
  const labels = openLabelBook();
  const { menu, meanings } = buildMenu({ profile, terminalId: visit.terminalId, kinds, nowMs, labels });
  const sealed = sealLabels(labels.words, bytes(visit.kioskKey), visit.visitId, tools.entropy.bytes(32));
  const sealedLabels = Buffer.from(sealed).toString('base64');
  const enrolled = kinds.some(({ kind, subject }) => kind.isEnrolled?.(subject) === true);
  return answer({ ok: true, holder, ...(enrolled ? { enrolled } : {}), menu, meanings, sealedLabels });
}
