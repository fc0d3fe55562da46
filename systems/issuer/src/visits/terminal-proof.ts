import { X509Certificate } from 'node:crypto';
import { terminalStatement, terminalStatementHolds } from '@dokodemo/protocol';

/** Why a terminal's word is not believed, for operators; undefined when it is. */
export function doubtInTerminal(input: {
  readonly certificate: Uint8Array;
  readonly signature: Uint8Array;
  readonly sessionId: string;
  readonly kioskKey: Uint8Array;
  readonly terminalId: string;
  /** The authority that certifies systems and terminals, DER. */
  readonly authority: Uint8Array;
  readonly now: number;
}): string | undefined {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(input.certificate);
  } catch (error) {
    return `the terminal’s certificate cannot be read: ${String(error)}`;
  }
  const authority = new X509Certificate(input.authority);
  if (leaf.ca || !leaf.checkIssued(authority) || !leaf.verify(authority.publicKey)) {
    return 'the terminal’s certificate is not the authority’s';
  }
  if (input.now < leaf.validFromDate.getTime() || input.now > leaf.validToDate.getTime()) {
    return 'the terminal’s certificate is not in force';
  }
  const names = leaf.subject.split('\n').filter((line) => line.startsWith('OU=') || line.startsWith('CN='));
  if (names.toSorted().join('\n') !== `CN=${input.terminalId}\nOU=kiosk`) {
    return 'the certificate is not that of this terminal';
  }
  const statement = terminalStatement(input);
  return terminalStatementHolds(leaf.publicKey, statement, input.signature)
    ? undefined
    : 'the terminal did not sign this session’s key';
}
