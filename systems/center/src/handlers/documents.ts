/** The sealed document on its way from the issuer to the one kiosk that can open it. */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { type conversationEndpoints, type Handlers, type Peer, sha256Hex } from '@dokodemo/protocol';
import { type SessionKeeper, whenJournalAllows } from '../session-keeper.ts';

type Carried = { aad: string; sealed: string };

export function documentHandlers(keeper: SessionKeeper): Pick<Handlers<typeof conversationEndpoints>, 'fetchDocument'> {
  const { clock, note } = keeper.deps;
  async function fetch(peer: Peer, params: { sessionId: string; applicationId: string }): Promise<Answer<Carried>> {
    const session = await keeper.load(params.sessionId);
    const application = session?.applications[params.applicationId];
    if (session === undefined || application === undefined || session.terminalId !== peer.id) return refuse('UNKNOWN');
    // Opened once and paid once: from the fee on, the kiosk holds what it needs, and nobody gets it again.
    if (session.step.at !== 'delivery' || application.state !== 'prepared') return refuse('ENDED');
    if (clock.now() >= application.expiresAt) return refuse('DOCUMENT_EXPIRED');
    const paper = await keeper.getPaper(session, `document-${application.applicationId}`);
    if (paper === undefined) {
      note({ what: 'paper-missing', sessionId: session.sessionId, detail: 'document' });
      return refuse('ENDED');
    }
    const { aad, sealed } = JSON.parse(Buffer.from(paper).toString('utf8')) as Carried;
    const same =
      sha256Hex(Buffer.from(aad, 'base64')) === application.aadDigest &&
      sha256Hex(Buffer.from(sealed, 'base64')) === application.sealedDigest;
    return same ? answer({ aad, sealed }) : refuse('MISMATCH_STOP', 'the relayed bytes are not those of the issuer');
  }

  return {
    fetchDocument: ({ peer, params }) => whenJournalAllows(() => fetch(peer, params)),
  };
}
