/** A card was put down: the terminal's and the card's certificates are checked, a nonce is made for the card to sign. */
import { type Answer, answer, type Clock, type Entropy, refuse } from '@dokodemo/domain';
import { checkCredential } from '@dokodemo/ic-card';
import type { Credential, TerminalProof } from '@dokodemo/protocol';
import { digestOfValue } from '../canonical-json.ts';
import type { Municipalities } from '../municipality.ts';
import type { Visit } from '../store/records.ts';
import type { IssuerStore } from '../store/store.ts';
import { doubtInTerminal } from './terminal-proof.ts';

export type TrustedAuthorities = {
  /** JPKI authorities for user authentication, DER. */
  readonly cards: readonly Uint8Array[];
  /** The authority that certifies systems and terminals, DER. */
  readonly terminals: Uint8Array;
};

export type VisitTools = {
  readonly municipalities: Municipalities;
  readonly store: IssuerStore;
  readonly credentials: TrustedAuthorities;
  readonly clock: Clock;
  readonly entropy: Entropy;
};

export type OpenVisitBody = {
  readonly visitId: string;
  readonly sessionId: string;
  readonly terminalId: string;
  readonly kioskKey: string;
  readonly terminal: TerminalProof;
  readonly credential: Credential;
};

export type OpenedVisit = { nonce: string; pins: ('holder' | 'second')[] };

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

export async function openVisit(
  tools: VisitTools,
  municipality: string,
  body: OpenVisitBody,
): Promise<Answer<OpenedVisit>> {
  const profile = tools.municipalities.find(municipality);
  if (profile === undefined) return refuse('NOT_PARTICIPATING');
  const now = tools.clock.now();
  const kioskKey = bytes(body.kioskKey);
  if (kioskKey.length !== 32) return refuse('MALFORMED', 'a kiosk key has 32 bytes');
  const doubt = doubtInTerminal({
    certificate: bytes(body.terminal.certificate),
    signature: bytes(body.terminal.signature),
    sessionId: body.sessionId,
    kioskKey,
    terminalId: body.terminalId,
    authority: tools.credentials.terminals,
    now,
  });
  if (doubt !== undefined) return refuse('TERMINAL_UNKNOWN', doubt);
  const checked = checkCredential({
    certificateDer: bytes(body.credential.certificate),
    trustAnchors: tools.credentials.cards,
    now,
  });
  if (!checked.ok) return refuse(checked.code, checked.detail);

  const request = digestOfValue(body);
  const visit: Visit = {
    municipality,
    visitId: body.visitId,
    request,
    sessionId: body.sessionId,
    terminalId: body.terminalId,
    kioskKey: body.kioskKey,
    nonce: Buffer.from(tools.entropy.bytes(32)).toString('base64'),
    certificate: body.credential.certificate,
    serialHex: checked.credential.serialHex,
    openedAt: now,
    expiresAt: now + profile.visitSeconds * 1_000,
  };
  const kept = await tools.store.openVisit(visit);
  if (kept.request !== request) return refuse('SAME_ID_OTHER_BODY');
  if (kept.expiresAt <= now) return refuse('ENDED', 'the visit is past its time');
  return answer({ nonce: kept.nonce, pins: ['holder'] });
}
