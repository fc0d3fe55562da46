/** At the municipality that keeps the family register: its key, and the applications that come sealed to it. The sender's
 *  signature says that a municipality stands behind the claim; the card's own, that the holder was there. */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { checkCredential, verifyChallengeSignature } from '@dokodemo/ic-card';
import { openEnrolment, signEnrolmentKey, visitChallenge, x25519PublicBytes } from '@dokodemo/protocol';
import type { RegistryClient } from '../kinds/kind.ts';
import type { Municipalities } from '../municipality.ts';
import type { VisitTools } from '../visits/open-visit.ts';

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');

export function enrolmentKeyOf(
  municipalities: Municipalities,
  municipality: string,
): Answer<{ key: string; certificate: string; signature: string }> {
  const profile = municipalities.find(municipality);
  if (profile?.enrolment === undefined) return refuse('NOT_PARTICIPATING', 'takes no applications for enrolment');
  const signed = signEnrolmentKey(municipality, x25519PublicBytes(profile.enrolment.key), profile.signer);
  const { key, certificate, signature } = signed;
  return answer({ key: base64(key), certificate: base64(certificate), signature: base64(signature) });
}

export async function receiveEnrolment(
  tools: Pick<VisitTools, 'municipalities' | 'credentials' | 'clock'> & {
    readonly registry: (municipality: string) => RegistryClient;
  },
  municipality: string,
  body: { readonly enrolmentId: string; readonly aad: string; readonly sealed: string },
): Promise<Answer<{ state: 'applied' | 'approved' }>> {
  const nowMs = tools.clock.now();
  const enrolment = tools.municipalities.find(municipality)?.enrolment;
  if (enrolment === undefined) return refuse('NOT_PARTICIPATING', 'takes no applications for enrolment');
  const trust = { documentAuthority: enrolment.documentAuthority, nowMs };
  const opened = openEnrolment(enrolment.key, { aad: bytes(body.aad), sealed: bytes(body.sealed) }, trust);
  if (!opened.ok) return opened;
  const { binding, claim, proof } = opened.value;
  if (binding.to !== municipality || binding.enrolmentId !== body.enrolmentId)
    return refuse('MISMATCH_STOP', 'the application is bound to something else');
  const checked = checkCredential({
    certificateDer: proof.certificate,
    trustAnchors: tools.credentials.cards,
    now: nowMs,
  });
  if (!checked.ok) return refuse(checked.code, checked.detail);
  const challenge = visitChallenge({ ...proof, sessionId: binding.sessionId, terminalId: binding.terminalId });
  if (!verifyChallengeSignature(proof.certificate, challenge, proof.signature))
    return refuse('PROOF_WRONG', 'the card did not sign for this application’s visit');
  const { serialHex } = checked.credential;
  const applied = await tools
    .registry(municipality)
    .applyForEnrolment({ municipality }, { enrolmentId: body.enrolmentId, serialHex, from: binding.from, claim });
  if (!applied.ok) return applied;
  return answer({ state: applied.value.enrolment.state === 'approved' ? 'approved' : 'applied' });
}
