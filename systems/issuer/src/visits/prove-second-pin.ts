/** 第二暗証番号: the municipality's own application on the holder's card has signed this visit's challenge. Once per visit. */
import { type Answer, answer, type RefusalCode, refuse } from '@dokodemo/domain';
import {
  type CredentialFault,
  checkOrdinanceCredential,
  credentialDigest,
  verifyOrdinanceSignature,
} from '@dokodemo/ic-card';
import { visitChallenge } from '@dokodemo/protocol';
import { digestOfValue } from '../canonical-json.ts';
import type { MunicipalityProfile } from '../municipality.ts';
import type { SecondProof, Visit } from '../store/records.ts';
import type { VisitTools } from './open-visit.ts';

export type SecondProofBody = { readonly certificate: string; readonly signature: string };

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

export async function proveSecondPin(
  tools: VisitTools,
  params: { readonly municipality: string; readonly visitId: string },
  body: SecondProofBody,
): Promise<Answer<Record<string, never>>> {
  const profile = tools.municipalities.find(params.municipality);
  if (profile === undefined) return refuse('NOT_PARTICIPATING');
  const visit = await tools.store.findVisit(params.municipality, params.visitId);
  if (visit === undefined) return refuse('UNKNOWN', 'no such visit');
  const now = tools.clock.now();
  if (visit.expiresAt <= now) return refuse('ENDED', 'the visit is past its time');
  // Whose card this is has been proven before; the second PIN says something more about the same card.
  if (visit.proof === undefined) return refuse('OUT_OF_STEP', 'the visit is not proven');
  if (!visit.proof.result.ok) return refuse(visit.proof.result.code);
  const request = digestOfValue(body);
  if (visit.secondProof !== undefined) return settled(visit, request);
  const doubt = judge(profile, visit, body, now);
  const kept = await tools.store.settleSecondProof(params.municipality, params.visitId, {
    request,
    certificate: body.certificate,
    signature: body.signature,
    at: now,
    result: doubt === undefined ? { ok: true } : { ok: false, ...doubt },
  });
  return kept === undefined ? refuse('ENDED', 'the visit is gone') : settled(kept, request);
}

function settled({ secondProof }: Visit, request: string): Answer<Record<string, never>> {
  if (secondProof?.request !== request) return refuse('SAME_ID_OTHER_BODY', 'this visit has had its one second proof');
  const { result } = secondProof;
  return result.ok ? answer({}) : refuse(result.code, result.detail);
}

type Doubt = { readonly code: RefusalCode; readonly detail: string };

/** To its holder an application of another municipality, or one from before the JPKI certificate was renewed, is none: it
 *  has to be put on the card at this municipality's counter. */
const asTold: Readonly<Record<CredentialFault | 'OF_ANOTHER_CARD', RefusalCode>> = {
  OF_ANOTHER_CARD: 'SECOND_PIN_NOT_SET',
  CERT_UNTRUSTED: 'SECOND_PIN_NOT_SET',
  CERT_WRONG_USE: 'SECOND_PIN_NOT_SET',
  CERT_MALFORMED: 'CERT_MALFORMED',
  CERT_NOT_YET_VALID: 'CERT_NOT_YET_VALID',
  CERT_EXPIRED: 'CERT_EXPIRED',
};

/** Why the second PIN is not proven; undefined when it is. */
function judge(
  { code: municipality, ordinance }: MunicipalityProfile,
  visit: Visit,
  body: SecondProofBody,
  now: number,
): Doubt | undefined {
  const certificateDer = bytes(body.certificate);
  const checked = checkOrdinanceCredential({
    certificateDer,
    trustAnchors: ordinance?.authorities ?? [],
    municipality,
    credential: credentialDigest(bytes(visit.certificate)),
    now,
  });
  if (!checked.ok) return { code: asTold[checked.code], detail: checked.detail };
  if (ordinance?.stopped.includes(checked.serialHex))
    return { code: 'SECOND_PIN_NOT_SET', detail: 'its use was stopped' };
  // From the visit as it was opened, never from the message: a signature over anything else does not hold.
  const challenge = visitChallenge({
    sessionId: visit.sessionId,
    issuerNonce: bytes(visit.nonce),
    kioskKey: bytes(visit.kioskKey),
    terminalId: visit.terminalId,
  });
  return verifyOrdinanceSignature(certificateDer, 'second', challenge, bytes(body.signature))
    ? undefined
    : { code: 'PROOF_WRONG', detail: 'the signature over the challenge for the second PIN does not hold' };
}

/** What the history keeps of it. */
export function secondOf({ secondProof }: { readonly secondProof?: SecondProof }) {
  if (secondProof?.result.ok !== true) return undefined;
  return { credential: credentialDigest(bytes(secondProof.certificate)), signature: secondProof.signature };
}
