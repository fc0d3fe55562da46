/**
 * What a session waits for. An effect is named by the state alone, with ids that an event fixed before: whoever finds
 * the session waiting (the same process, another one after a crash, the kiosk asking again) does it again under the
 * same id and gets the same answer. `…Settled` turn the answer into events.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Answer, isDocumentNumberOf, isoJapan, type RefusalCode, refusals } from '@dokodemo/domain';
import {
  type CenterSaw,
  canonicalAnswers,
  type DocumentBinding,
  decodeBinding,
  type PreparedDocument,
  sha256Hex,
} from '@dokodemo/protocol';
import type { AfterNotice, SessionEvent } from './events.ts';
import type { Application, Session, Visit } from './state.ts';

export type Effect =
  | { readonly kind: 'check-credential' }
  | { readonly kind: 'open-visit'; readonly visit: Visit }
  | { readonly kind: 'prove-holder'; readonly visit: Visit; readonly saw: CenterSaw }
  | { readonly kind: 'prove-second'; readonly visit: Visit; readonly proof: string }
  | {
      readonly kind: 'apply';
      readonly visit: Visit;
      readonly enrolmentId: string;
      readonly kindId: string;
      readonly to: string;
    }
  | { readonly kind: 'prepare'; readonly visit: Visit; readonly application: Application };

export function effectOf(session: Session): Effect | undefined {
  const { step, visit, saw } = session;
  switch (step.at) {
    case 'checking-credential':
      return { kind: 'check-credential' };
    case 'opening-visit':
      return visit === undefined ? undefined : { kind: 'open-visit', visit };
    case 'proving':
      return visit === undefined || saw === undefined ? undefined : { kind: 'prove-holder', visit, saw };
    case 'proving-second':
      return visit === undefined || session.secondPin === undefined
        ? undefined
        : { kind: 'prove-second', visit, proof: session.secondPin.proof };
    case 'applying': {
      const { at: _, ...application } = step;
      return visit === undefined ? undefined : { kind: 'apply', visit, ...application };
    }
    case 'preparing': {
      const application = session.applications[step.applicationId];
      return visit === undefined || application === undefined ? undefined : { kind: 'prepare', visit, application };
    }
    default:
      return undefined;
  }
}

export type SettleContext = {
  readonly now: number;
  newId(): string;
  /** Codes of the municipalities that take part. */
  readonly municipalities: readonly string[];
};

type Events = readonly SessionEvent[];

export type CredentialResult =
  | {
      readonly ok: true;
      readonly saw: CenterSaw;
      readonly known: readonly string[];
      /** Its home says that the holder's family register is kept elsewhere. */
      readonly elsewhere: boolean;
    }
  | { readonly ok: false; readonly code: RefusalCode };

/** The card is good: to the one municipality that knows it, else the resident is asked. */
export function credentialSettled(result: CredentialResult, context: SettleContext): Events {
  if (!result.ok) return [{ kind: 'Refused', code: result.code, leadsTo: 'end' }];
  const known = result.known.filter((code) => context.municipalities.includes(code));
  const checked: SessionEvent = { kind: 'CredentialChecked', saw: result.saw, known };
  const candidates = known.length > 0 ? known : context.municipalities;
  const [only] = candidates;
  if (only === undefined) return [checked, { kind: 'Refused', code: 'NOT_PARTICIPATING', leadsTo: 'end' }];
  if (result.elsewhere && known.length === 1 && context.municipalities.length > 1)
    return [checked, { kind: 'PlaceAsked' }];
  return candidates.length === 1
    ? [checked, { kind: 'VisitRequested', visitId: context.newId(), municipality: only }]
    : [checked, { kind: 'MunicipalityAsked' }];
}

export function visitSettled(session: Session, visit: Visit, result: Answer<{ nonce: string }>): Events {
  return result.ok
    ? [{ kind: 'VisitOpened', visitId: visit.visitId, nonce: result.value.nonce }]
    : [{ kind: 'Refused', code: result.failure.code, leadsTo: elsewhere(session, result.failure.code) }];
}

export type MenuResult = { readonly menuDigest: string; readonly kinds: number };

export function proofSettled(session: Session, visit: Visit, result: Answer<MenuResult>): Events {
  if (!result.ok) {
    return [{ kind: 'Refused', code: result.failure.code, leadsTo: elsewhere(session, result.failure.code) }];
  }
  const proved: SessionEvent = { kind: 'HolderProved', visitId: visit.visitId };
  if (result.value.kinds === 0) {
    return [proved, { kind: 'Refused', code: 'KIND_NOT_OFFERED', leadsTo: elsewhere(session, 'KIND_NOT_OFFERED') }];
  }
  return [proved, { kind: 'MenuGiven', visitId: visit.visitId, menuDigest: result.value.menuDigest }];
}

/** What the issuer made of the second PIN. In doubt it keeps what the card gave, and can be asked the same again. */
export function secondProofSettled(visit: Visit, result: Answer<unknown>): Events {
  if (result.ok) return [{ kind: 'SecondPinProved', visitId: visit.visitId }];
  const { code } = result.failure;
  if (visitIsOver.has(code)) return [{ kind: 'Refused', code, leadsTo: 'end' }];
  const doubt = refusals[code].retry || inDoubt.has(code);
  const refused: Events = doubt ? [] : [{ kind: 'SecondPinRefused', code }];
  return [...refused, { kind: 'Refused', code, leadsTo: 'kind' }];
}

/** Where nothing can be had, another municipality may have it, when the resident was asked for one. */
function elsewhere(session: Session, code: RefusalCode): AfterNotice {
  if (!anotherMunicipalityMayHelp.has(code)) return 'end';
  // The card is read once more, and the question of home or elsewhere put again.
  if (session.placeAsked) return 'card';
  return session.municipalityAsked ? 'municipality' : 'end';
}
const anotherMunicipalityMayHelp: ReadonlySet<RefusalCode> = new Set([
  'NOT_RESIDENT',
  'NOT_PARTICIPATING',
  'KIND_NOT_OFFERED',
  'ENROLMENT_MISSING',
  'ENROLMENT_PENDING',
  'HOURS',
  'CALENDAR',
  'UPSTREAM_DOWN',
]);

export function enrolmentSettled(enrolmentId: string, result: Answer<{ state: 'applied' | 'approved' }>): Events {
  return result.ok
    ? [{ kind: 'EnrolmentTaken', enrolmentId, state: result.value.state }]
    : [{ kind: 'Refused', code: result.failure.code, leadsTo: visitIsOver.has(result.failure.code) ? 'end' : 'kind' }];
}

export function prepareSettled(
  session: Session,
  visit: Visit,
  application: Application,
  result: Answer<PreparedDocument>,
  context: SettleContext,
): Events {
  const { applicationId } = application;
  if (!result.ok) return notPrepared(application, result.failure, context);
  const binding = ownBinding(session, visit, application, result.value);
  if (binding === undefined) {
    return [
      { kind: 'ApplicationGivenUp', applicationId, by: 'expire', at: isoJapan(context.now) },
      { kind: 'CaseOpened', caseId: context.newId(), code: 'MISMATCH_STOP', applicationId },
      { kind: 'Refused', code: 'MISMATCH_STOP', leadsTo: 'end' },
    ];
  }
  const { documentNumbers, papers, sheets, feeYen, expiresAt, aad, sealed } = result.value;
  return [
    {
      kind: 'ApplicationPrepared',
      applicationId,
      documentNumbers,
      papers,
      kindId: application.kindId,
      sheets,
      feeYen,
      expiresAt,
      aadDigest: sha256Hex(Buffer.from(aad, 'base64')),
      sealedDigest: sha256Hex(Buffer.from(sealed, 'base64')),
      sheetDigests: binding.sheetDigests,
    },
  ];
}

function notPrepared(
  application: Application,
  failure: { code: RefusalCode; detail?: string },
  context: SettleContext,
): Events {
  const { applicationId } = application;
  const leadsTo = visitIsOver.has(failure.code) ? 'end' : 'kind';
  // Not "refused" but "not known": the issuer may have a document, and is told that it is void.
  if (mayBePrepared(failure.code)) {
    return [
      { kind: 'ApplicationGivenUp', applicationId, by: 'expire', at: isoJapan(context.now) },
      { kind: 'Refused', code: failure.code, leadsTo },
    ];
  }
  const refused: SessionEvent = { kind: 'ApplicationRefused', applicationId, code: failure.code };
  const feeYen = failure.code === 'FEE_CHANGED' ? feeOfDetail(failure.detail) : undefined;
  if (feeYen !== undefined) {
    return [
      refused,
      { kind: 'FeeChanged', applicationId, feeYen },
      { kind: 'Refused', code: 'FEE_CHANGED', leadsTo: 'confirm' },
    ];
  }
  return [refused, { kind: 'Refused', code: failure.code, leadsTo }];
}

/** It may have been asked before, by a process that has heard nothing or has not come to write it down: only a refusal
 *  that the issuer keeps says that there is no document. */
function mayBePrepared(code: RefusalCode): boolean {
  return refusals[code].retry || inDoubt.has(code) || code === 'ENDED' || code === 'DOCUMENT_EXPIRED';
}

/** Codes after which the issuer may nevertheless have done it. */
export const inDoubt: ReadonlySet<RefusalCode> = new Set(['NO_ANSWER', 'DEFECT']);
const visitIsOver: ReadonlySet<RefusalCode> = new Set([
  'ENDED',
  'UNKNOWN',
  'NOT_ALLOWED',
  'MALFORMED',
  'SAME_ID_OTHER_BODY',
]);

/** 'feeYen=350' → 350: how an issuer says what the fee is now. */
export function feeOfDetail(detail: string | undefined): number | undefined {
  const found = /feeYen[=: ]\s*([0-9]{1,6})\b/.exec(detail ?? '');
  return found?.[1] === undefined ? undefined : Number(found[1]);
}

/**
 * The center cannot read the document, but it can read what it is bound to: a document of anything else goes no
 * further. The kiosk checks the same again, from what it knows itself.
 */
export function ownBinding(
  session: Session,
  visit: Visit,
  application: Application,
  document: PreparedDocument,
): DocumentBinding | undefined {
  const binding = decodeBinding(Buffer.from(document.aad, 'base64'));
  if (binding === undefined) return undefined;
  const same =
    binding.sessionId === session.sessionId &&
    binding.visitId === visit.visitId &&
    binding.applicationId === application.applicationId &&
    binding.municipality === visit.municipality &&
    binding.terminalId === session.terminalId &&
    binding.holder === session.holder &&
    binding.kindId === application.kindId &&
    isDeepStrictEqual(binding.answers, canonicalAnswers(application.answers)) &&
    binding.copies === application.copies &&
    binding.feeYen === application.feeYen &&
    document.feeYen === application.feeYen &&
    binding.expiresAt === document.expiresAt &&
    binding.documentNumbers.length === application.copies &&
    new Set(binding.documentNumbers).size === application.copies &&
    binding.documentNumbers.every((number) => isDocumentNumberOf(visit.municipality, number)) &&
    binding.documentNumbers.join() === document.documentNumbers.join() &&
    binding.documentNumbers.join() === document.papers.map(({ number }) => number).join() &&
    binding.sheetDigests.length === document.sheets;
  return same ? binding : undefined;
}
