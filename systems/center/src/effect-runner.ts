import { isDeepStrictEqual } from 'node:util';
/** Does what a session waits for: asks the certificate's authority, or the issuer, under ids that are already fixed. */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import {
  holderDigest,
  type PreparedDocument,
  readEnrolmentBinding,
  sha256Hex,
  type TerminalProof,
} from '@dokodemo/protocol';
import type { Issuer } from './center-options.ts';
import {
  credentialSettled,
  type Effect,
  enrolmentSettled,
  inDoubt,
  type MenuResult,
  prepareSettled,
  proofSettled,
  secondProofSettled,
  visitSettled,
} from './session/effects.ts';
import type { SessionEvent } from './session/events.ts';
import type { Session } from './session/state.ts';
import type { SessionKeeper } from './session-keeper.ts';

type Events = readonly SessionEvent[];
type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

export type EffectRunner = (session: Session, effect: Effect) => Promise<Events>;

export function effectRunner(keeper: SessionKeeper): EffectRunner {
  const { deps } = keeper;
  const { credentials, store, clock, limits, note, municipalities } = deps;
  const calls = new Map<string, number>();
  const context = () => ({
    now: clock.now(),
    newId: keeper.newId,
    municipalities: municipalities.map(({ code }) => code),
  });

  /** Asks an issuer, again under the same id when it stays silent, never more of it at once than it should bear. */
  async function ask<T>(municipality: string, call: (issuer: Issuer) => Promise<Answer<T>>): Promise<Answer<T>> {
    const issuer = deps.issuers(municipality);
    if (issuer === undefined) return refuse('NOT_PARTICIPATING');
    const underWay = calls.get(municipality) ?? 0;
    if (underWay >= limits.maxIssuerCalls) return refuse('BUSY', 'too many calls to this issuer');
    calls.set(municipality, underWay + 1);
    try {
      const began = clock.now();
      let result = await call(issuer);
      for (let tries = 1; tries < limits.effectTries; tries++) {
        if (result.ok || result.failure.code !== 'NO_ANSWER') break;
        if (clock.now() - began > limits.effectPatienceMs) break;
        result = await call(issuer);
      }
      return result;
    } finally {
      calls.set(municipality, (calls.get(municipality) ?? 1) - 1);
    }
  }

  async function credentialOf(session: Session): Promise<Uint8Array | undefined> {
    const bytes = await keeper.getPaper(session, `credential-${session.holder}`);
    return bytes !== undefined && holderDigest(bytes) === session.holder ? bytes : undefined;
  }

  function missing(session: Session, what: string): Events {
    note({ what: 'paper-missing', sessionId: session.sessionId, detail: what });
    return [{ kind: 'Refused', code: 'ENDED', leadsTo: 'end' }];
  }

  async function checkCredential(session: Session): Promise<Events> {
    const certificate = await credentialOf(session);
    if (certificate === undefined) return missing(session, 'credential');
    const checked = await credentials.check(certificate);
    if (!checked.ok) {
      note({ what: 'doubt', sessionId: session.sessionId, ...checked.failure, detail: checked.failure.detail ?? '' });
      return credentialSettled({ ok: false, code: checked.failure.code }, context());
    }
    const { saw, directoryDigest, elsewhereDigest } = checked.value;
    const known = await store.municipalitiesOf(directoryDigest);
    const elsewhere = known.length === 1 && (await store.municipalitiesOf(elsewhereDigest)).length > 0;
    return credentialSettled({ ok: true, saw, known, elsewhere }, context());
  }

  async function openVisit(session: Session, { visit }: EffectOf<'open-visit'>): Promise<Events> {
    const certificate = await credentialOf(session);
    const opening = await keeper.getPaper(session, 'opening');
    if (certificate === undefined || opening === undefined) return missing(session, 'credential or opening');
    const terminal = JSON.parse(Buffer.from(opening).toString('utf8')) as TerminalProof;
    const { visitId, municipality } = visit;
    const result = await ask(municipality, (issuer) =>
      issuer.openVisit(
        { municipality },
        {
          visitId,
          sessionId: session.sessionId,
          terminalId: session.terminalId,
          kioskKey: session.kioskKey,
          terminal,
          credential: { kind: 'jpki', certificate: Buffer.from(certificate).toString('base64') },
        },
      ),
    );
    return visitSettled(session, visit, result);
  }

  async function proveHolder(session: Session, { visit, saw }: EffectOf<'prove-holder'>): Promise<Events> {
    const signature = await keeper.getPaper(session, `proof-${session.proof}`);
    if (signature === undefined) return missing(session, 'proof');
    const { visitId, municipality } = visit;
    const result = await ask(municipality, (issuer) =>
      issuer.proveVisit(
        { municipality, visitId },
        { signature: Buffer.from(signature).toString('base64'), centerSaw: saw },
      ),
    );
    return proofSettled(session, visit, result.ok ? answer(await keepMenu(session, result.value)) : result);
  }

  async function proveSecond(session: Session, { visit, proof }: EffectOf<'prove-second'>): Promise<Events> {
    const paper = await keeper.getPaper(session, `second-proof-${proof}`);
    if (paper === undefined) return missing(session, 'second proof');
    const { certificate, signature } = readSecondProof(paper);
    const { visitId, municipality } = visit;
    const result = await ask(municipality, (issuer) =>
      issuer.proveSecondPin({ municipality, visitId }, { certificate, signature }),
    );
    return secondProofSettled(visit, result);
  }

  async function keepMenu(session: Session, given: { menu: unknown; sealedLabels: string }): Promise<MenuResult> {
    const menu = Buffer.from(JSON.stringify(given.menu));
    await keeper.putPaper(session.sessionId, 'menu', menu);
    await keeper.putPaper(session.sessionId, 'labels', Buffer.from(given.sealedLabels, 'base64'));
    return { menuDigest: sha256Hex(menu), kinds: (given.menu as { kinds: readonly unknown[] }).kinds.length };
  }

  async function prepare(session: Session, { visit, application }: EffectOf<'prepare'>): Promise<Events> {
    const { visitId, municipality } = visit;
    const { applicationId, kindId, answers, copies, feeYen } = application;
    const result = await ask(municipality, (issuer) =>
      issuer.prepareDocument({ municipality, visitId }, { applicationId, kindId, answers, copies, feeYen }),
    );
    if (!result.ok && inDoubt.has(result.failure.code)) {
      note({ what: 'doubt', sessionId: session.sessionId, ...result.failure, detail: result.failure.detail ?? '' });
    }
    const events = prepareSettled(session, visit, application, result, context());
    if (result.ok && events.some(({ kind }) => kind === 'ApplicationPrepared')) {
      await keeper.putPaper(session.sessionId, `document-${applicationId}`, documentPaper(result.value));
    }
    return events;
  }

  /** The receiver's key, the sender's sealed word, and back to the receiver: what is carried cannot be read here. */
  async function apply(session: Session, effect: EffectOf<'apply'>): Promise<Events> {
    const { enrolmentId, kindId, to, visit } = effect;
    const { visitId, municipality } = visit;
    const key = await ask(to, (issuer) => issuer.enrolmentKey({ municipality: to }, null));
    if (!key.ok) return enrolmentSettled(enrolmentId, key);
    const sealed = await ask(municipality, (issuer) =>
      issuer.sealEnrolment({ municipality, visitId }, { enrolmentId, kindId, to, key: key.value }),
    );
    if (!sealed.ok) return enrolmentSettled(enrolmentId, sealed);
    const binding = readEnrolmentBinding(Buffer.from(sealed.value.aad, 'base64'));
    const own = {
      enrolmentId,
      from: municipality,
      to,
      visitId,
      sessionId: session.sessionId,
      terminalId: session.terminalId,
    };
    if (!isDeepStrictEqual(binding, own))
      return enrolmentSettled(enrolmentId, refuse('MISMATCH_STOP', 'the application is bound to something else'));
    const taken = await ask(to, (issuer) =>
      issuer.receiveEnrolment({ municipality: to }, { enrolmentId, ...sealed.value }),
    );
    return enrolmentSettled(enrolmentId, taken);
  }

  return (session, effect) => {
    switch (effect.kind) {
      case 'check-credential':
        return checkCredential(session);
      case 'open-visit':
        return openVisit(session, effect);
      case 'prove-holder':
        return proveHolder(session, effect);
      case 'prove-second':
        return proveSecond(session, effect);
      case 'apply':
        return apply(session, effect);
      case 'prepare':
        return prepare(session, effect);
    }
  };
}

/** As it will be handed to the kiosk: ciphertext and what it is bound to. */
export function documentPaper({ aad, sealed }: Pick<PreparedDocument, 'aad' | 'sealed'>): Uint8Array {
  return Buffer.from(JSON.stringify({ aad, sealed }));
}

type SecondProof = { readonly certificate: string; readonly signature: string };

/** What the card gave after the second PIN, on its way to the issuer. */
export function secondProofPaper({ certificate, signature }: SecondProof): Uint8Array {
  return Buffer.from(JSON.stringify({ certificate, signature }));
}

function readSecondProof(paper: Uint8Array): SecondProof {
  return JSON.parse(Buffer.from(paper).toString('utf8')) as SecondProof;
}
