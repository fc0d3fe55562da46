/** An issuer with the real seal and the real signature, and a memory of what it was asked: idempotent, as issuers are. */
import { type Answer, answer, isoJapan, type RefusalCode, refuse } from '@dokodemo/domain';
import { verifyChallengeSignature, verifyOrdinanceSignature } from '@dokodemo/ic-card';
import {
  canonicalAnswers,
  type DocumentBinding,
  encodeEnrolmentBinding,
  holderDigest,
  type LoggedPaper,
  type PreparedDocument,
  sealDocument,
  sealLabels,
  sha256Hex,
  visitChallenge,
} from '@dokodemo/protocol';
import { type CertifiedKey, certificateDer, privateKeyOf } from '@dokodemo/protocol/authority';
import type { Issuer } from '../center-options.ts';
import { sampleMenu, sealedNames } from './menu.ts';

type Visit = {
  sessionId: string;
  terminalId: string;
  kioskKey: Uint8Array;
  certificate: Uint8Array;
  proved: boolean;
  second: boolean;
};

export type ScriptedIssuer = {
  readonly client: Issuer;
  readonly calls: { readonly name: string; readonly body: unknown }[];
  readonly outcomes: { readonly applicationId: string; readonly outcome: string; readonly body: unknown }[];
  readonly prepared: Map<string, PreparedDocument>;
  /** Asked before each call; a code refuses it. 'LOSE_REPLY': it is done, and nobody hears of it. */
  script: (
    name: string,
    body: unknown,
  ) => RefusalCode | 'LOSE_REPLY' | { code: RefusalCode; detail: string } | undefined;
  /** Awaited before each answer. */
  hold: (name: string) => Promise<void>;
  /** Changes what was prepared, as a broken or evil issuer would. */
  twist: (binding: DocumentBinding) => DocumentBinding;
  /** Changes what is said of the papers. */
  twistPapers: (papers: LoggedPaper[]) => LoggedPaper[];
};

export function scriptedIssuer(options: {
  readonly municipality: string;
  readonly signer: CertifiedKey;
  readonly now: () => number;
  readonly checkCard: boolean;
  readonly documentMs?: number;
}): ScriptedIssuer {
  const signer = { key: privateKeyOf(options.signer.key), certificate: certificateDer(options.signer.certificate) };
  const visits = new Map<string, Visit>();
  const replies = new Map<string, { body: string; reply: Answer<unknown> }>();
  let ephemerals = 0;
  const ephemeral = () => Buffer.from(sha256Hex(Buffer.from(`ephemeral ${ephemerals++}`)), 'hex');

  let serial = 0;
  const issuer: ScriptedIssuer = {
    calls: [],
    outcomes: [],
    prepared: new Map(),
    script: () => undefined,
    hold: async () => undefined,
    twist: (binding) => binding,
    twistPapers: (papers) => papers,
    client: undefined as never,
  };

  async function once<T>(name: string, id: string, body: unknown, work: () => Answer<T>): Promise<Answer<T>> {
    issuer.calls.push({ name, body });
    await issuer.hold(name);
    const ruling = issuer.script(name, body);
    if (typeof ruling === 'object') return refuse(ruling.code, ruling.detail);
    if (ruling !== undefined && ruling !== 'LOSE_REPLY') return refuse(ruling);
    const key = `${name} ${id}`;
    const text = JSON.stringify(body);
    const before = replies.get(key);
    if (before !== undefined && before.body !== text) return refuse('SAME_ID_OTHER_BODY');
    const reply = before?.reply ?? work();
    if (reply.ok) replies.set(key, { body: text, reply });
    return ruling === 'LOSE_REPLY' ? refuse('NO_ANSWER') : (reply as Answer<T>);
  }

  const client: Issuer = {
    openVisit: (_params, body) =>
      once('openVisit', body.visitId, body, () => {
        visits.set(body.visitId, {
          sessionId: body.sessionId,
          terminalId: body.terminalId,
          kioskKey: Buffer.from(body.kioskKey, 'base64'),
          certificate: Buffer.from(body.credential.certificate, 'base64'),
          proved: false,
          second: false,
        });
        return answer({ nonce: nonceOf(body.visitId).toString('base64'), pins: ['holder' as const] });
      }),

    proveVisit: ({ visitId }, body) =>
      once('proveVisit', visitId, body, () => {
        const visit = visits.get(visitId);
        if (visit === undefined) return refuse('UNKNOWN');
        const challenge = visitChallenge({ ...visit, issuerNonce: nonceOf(visitId) });
        const signature = Buffer.from(body.signature, 'base64');
        if (options.checkCard && !verifyChallengeSignature(visit.certificate, challenge, signature)) {
          return refuse('PROOF_WRONG');
        }
        visit.proved = true;
        const labels = sealLabels(sealedNames, visit.kioskKey, visitId, ephemeral());
        return answer({ menu: sampleMenu, sealedLabels: Buffer.from(labels).toString('base64') });
      }),

    proveSecondPin: ({ visitId }, body) =>
      once('proveSecondPin', visitId, body, () => {
        const visit = visits.get(visitId);
        if (visit?.proved !== true) return refuse('UNKNOWN');
        const challenge = visitChallenge({ ...visit, issuerNonce: nonceOf(visitId) });
        const certificate = Buffer.from(body.certificate, 'base64');
        const signature = Buffer.from(body.signature, 'base64');
        if (options.checkCard && !verifyOrdinanceSignature(certificate, 'second', challenge, signature)) {
          return refuse('PROOF_WRONG');
        }
        visit.second = true;
        return answer({});
      }),

    prepareDocument: ({ visitId }, body) =>
      once('prepareDocument', body.applicationId, body, () => {
        const visit = visits.get(visitId);
        if (visit?.proved !== true) return refuse('UNKNOWN');
        const kind = sampleMenu.kinds.find(({ id }) => id === body.kindId);
        if (kind?.secondPin && !visit.second) return refuse('SECOND_PIN_NEEDED');
        const made = prepare(visitId, visit, body);
        issuer.prepared.set(body.applicationId, made);
        return answer(made);
      }),

    enrolmentKey: () =>
      once('enrolmentKey', options.municipality, null, () =>
        answer({ key: base64(Buffer.alloc(32)), certificate: base64(signer.certificate), signature: 'AAAA' }),
      ),

    sealEnrolment: ({ municipality, visitId }, body) =>
      once('sealEnrolment', body.enrolmentId, body, () => {
        const visit = visits.get(visitId);
        if (visit?.proved !== true) return refuse('UNKNOWN');
        const { sessionId, terminalId } = visit;
        const { enrolmentId, to } = body;
        const aad = encodeEnrolmentBinding({ enrolmentId, from: municipality, to, sessionId, visitId, terminalId });
        return answer({ aad: base64(aad), sealed: base64(Buffer.from('sealed')) });
      }),

    receiveEnrolment: (_params, body) =>
      once('receiveEnrolment', body.enrolmentId, body, () => answer({ state: 'applied' as const })),

    tellOutcome: ({ applicationId }, body) =>
      once('tellOutcome', `${applicationId} ${body.outcome}`, body, () => {
        issuer.outcomes.push({ applicationId, outcome: body.outcome, body });
        return answer({});
      }),
  };

  function prepare(
    visitId: string,
    visit: Visit,
    body: { applicationId: string; kindId: string; answers: Record<string, string[]>; copies: number; feeYen: number },
  ): PreparedDocument {
    const sheets = Array.from({ length: body.copies }, (_, i) => sheetBytes(body.applicationId, i));
    const preparedAt = options.now();
    const expiresAt = isoJapan(preparedAt + (options.documentMs ?? 300_000));
    const binding: DocumentBinding = issuer.twist({
      sessionId: visit.sessionId,
      visitId,
      applicationId: body.applicationId,
      municipality: options.municipality,
      terminalId: visit.terminalId,
      holder: holderDigest(visit.certificate),
      kindId: body.kindId,
      answers: canonicalAnswers(body.answers),
      copies: body.copies,
      feeYen: body.feeYen,
      documentNumbers: sheets.map(() => `20261123-${options.municipality}-${String(++serial).padStart(7, '0')}`),
      sheetDigests: sheets.map((sheet) => sha256Hex(sheet)),
      snapshot: sha256Hex(Buffer.from('snapshot')),
      snapshotAt: isoJapan(preparedAt),
      preparedAt: isoJapan(preparedAt),
      expiresAt,
    });
    const { aad, sealed } = sealDocument(binding, sheets, visit.kioskKey, signer, ephemeral());
    return {
      documentNumbers: [...binding.documentNumbers],
      papers: issuer.twistPapers(binding.documentNumbers.map(scriptedPaper)),
      sheets: sheets.length,
      feeYen: body.feeYen,
      expiresAt,
      aad: Buffer.from(aad).toString('base64'),
      sealed: Buffer.from(sealed).toString('base64'),
    };
  }

  return Object.assign(issuer, { client });
}

/** The key with which one may ask for a paper of the scripted issuer. */
export function scriptedInquiry(number: string): Buffer {
  return Buffer.from(sha256Hex(Buffer.from(`inquiry ${number}`)), 'hex');
}

function scriptedPaper(number: string): LoggedPaper {
  return { number, digest: sha256Hex(Buffer.from(`paper ${number}`)), inquiry: sha256Hex(scriptedInquiry(number)) };
}

export function sheetBytes(applicationId: string, index: number): Buffer {
  return Buffer.from(`%PDF ${applicationId} ${index} 見本 太郎`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function nonceOf(visitId: string): Buffer {
  return Buffer.from(sha256Hex(Buffer.from(`nonce ${visitId}`)), 'hex');
}
