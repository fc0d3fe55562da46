/** A terminal's word that it made this key for this session, checked before anything is written down. */
import { X509Certificate } from 'node:crypto';
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { peerOf, type TerminalProof, terminalStatement, terminalStatementHolds } from '@dokodemo/protocol';

export type TerminalClaim = {
  readonly sessionId: string;
  /** base64, 32 bytes. */
  readonly kioskKey: string;
  readonly terminalId: string;
  readonly proof: TerminalProof;
};

/** `authority`: DER of the one that certifies terminals. */
export function checkTerminalProof(claim: TerminalClaim, authority: Uint8Array, now: number): Answer<true> {
  const kioskKey = Buffer.from(claim.kioskKey, 'base64');
  if (kioskKey.length !== 32) return refuse('MALFORMED', 'a kiosk key has 32 bytes');
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(claim.proof.certificate, 'base64'));
  } catch (error) {
    return refuse('TERMINAL_UNKNOWN', `its certificate cannot be read: ${String(error)}`);
  }
  const by = new X509Certificate(authority);
  if (!certificate.checkIssued(by) || !certificate.verify(by.publicKey)) {
    return refuse('TERMINAL_UNKNOWN', 'its certificate is not the authority’s');
  }
  if (now < certificate.validFromDate.getTime() || now > certificate.validToDate.getTime()) {
    return refuse('TERMINAL_UNKNOWN', 'its certificate is not in force');
  }
  const peer = peerOf(subjectOf(certificate));
  if (peer?.role !== 'kiosk' || peer.id !== claim.terminalId) {
    return refuse('TERMINAL_UNKNOWN', 'its certificate names somebody else');
  }
  const statement = terminalStatement({ sessionId: claim.sessionId, kioskKey, terminalId: claim.terminalId });
  return terminalStatementHolds(certificate.publicKey, statement, Buffer.from(claim.proof.signature, 'base64'))
    ? answer(true)
    : refuse('TERMINAL_UNKNOWN', 'its statement does not hold');
}

function subjectOf(certificate: X509Certificate): { OU?: string; CN?: string } {
  const lines = certificate.subject.split('\n');
  const only = (name: string) => {
    const found = lines.filter((line) => line.startsWith(`${name}=`));
    return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
  };
  const OU = only('OU');
  const CN = only('CN');
  return { ...(OU === undefined ? {} : { OU }), ...(CN === undefined ? {} : { CN }) };
}
