/**
 * One catalogue of everything that can be refused or fail. Wires carry the code; logs and HTTP take the rest from here.
 * What the resident reads is the text `refusal.CODE` (texts/refusal-texts.ts): a code without one does not compile.
 */

export type Refusal = {
  /** What the operator reads in a log or a case. */
  readonly operator: string;
  readonly httpStatus: 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 502 | 503 | 504;
  /** May the same request be sent again, unchanged, and hope for better? */
  readonly retry: boolean;
};

function refusal(httpStatus: Refusal['httpStatus'], operator: string, retry = false): Refusal {
  return Object.freeze({ operator, httpStatus, retry });
}

export const refusals = {
  // The wire
  MALFORMED: refusal(400, 'the message does not fit its schema'),
  TOO_LARGE: refusal(413, 'the message is larger than its limit'),
  NOT_ALLOWED: refusal(403, 'the caller’s certificate does not permit this call'),
  UNKNOWN: refusal(404, 'no such thing (or not yours)'),
  SAME_ID_OTHER_BODY: refusal(409, 'an id was used again with another body'),
  OUT_OF_STEP: refusal(409, 'the conversation is at another step'),
  ENDED: refusal(410, 'the session, visit or application has ended; late messages are dropped'),
  BUSY: refusal(503, 'a queue is full', true),
  UPSTREAM_DOWN: refusal(502, 'the next system could not be reached; nothing was sent', true),
  NO_ANSWER: refusal(504, 'the next system did not answer in time; the same id may be asked again', true),
  DEFECT: refusal(503, 'an unexpected error; see the log of the system that answers'),

  // Terminal and card
  TERMINAL_UNKNOWN: refusal(403, 'the terminal is not registered, or its signature does not hold'),
  CARD_UNKNOWN: refusal(422, 'no JPKI application on the card'),
  CARD_REMOVED: refusal(422, 'the card was pulled during a command'),
  CARD_TWO: refusal(422, 'two cards in the field'),
  CARD_UNREADABLE: refusal(422, 'the card answers what it should not'),
  READER_BROKEN: refusal(503, 'the card reader does not work'),
  CARD_OTHER: refusal(422, 'another card than the one that has proven this session'),
  CERT_MALFORMED: refusal(422, 'the certificate cannot be parsed'),
  CERT_UNTRUSTED: refusal(422, 'the certificate is not signed by a trusted authority'),
  CERT_WRONG_USE: refusal(422, 'not a user-authentication certificate'),
  CERT_NOT_YET_VALID: refusal(422, 'before notBefore'),
  CERT_EXPIRED: refusal(422, 'after notAfter'),
  CERT_REVOKED: refusal(422, 'OCSP or CRL says revoked'),
  CERT_STATUS_UNKNOWN: refusal(503, 'neither OCSP nor CRL gives a fresh answer', true),
  PIN_WRONG: refusal(422, 'the card refused the PIN'),
  PIN_LAST_TRY: refusal(422, 'the last try is asked for twice'),
  PIN_LOCKED: refusal(422, 'the card’s retry counter is at zero'),
  PROOF_WRONG: refusal(422, 'the signature over the visit’s challenge does not hold'),
  SECOND_PIN_NOT_SET: refusal(
    422,
    'no ordinance application on the card, or none that belongs to its certificate of today',
  ),
  SECOND_PIN_LOCKED: refusal(422, 'the retry counter of the ordinance application’s second PIN is at zero'),
  SECOND_PIN_NEEDED: refusal(422, 'the kind demands the second PIN, and this visit has not proven it'),

  // Who and what
  NOT_PARTICIPATING: refusal(422, 'the municipality does not take part'),
  NOT_RESIDENT: refusal(422, 'no resident holds this certificate’s serial number here'),
  HOURS: refusal(422, 'outside the hours of this kind'),
  CALENDAR: refusal(422, 'a closing day or a stop of the service'),
  KIND_NOT_OFFERED: refusal(422, 'the municipality does not offer this kind'),
  UNDER_15: refusal(422, 'the holder is under fifteen'),
  SUPPRESSED: refusal(422, 'a restriction is in force; see the issuer’s own log'),
  SEAL_NONE: refusal(422, 'no seal was ever registered for the holder here'),
  SEAL_CANCELLED: refusal(422, 'the registration of the holder’s seal has ended'),
  TAX_NOT_DECLARED: refusal(422, 'no income declaration of that year, and nobody’s dependant'),
  TAX_NOT_RESIDENT_JAN1: refusal(422, 'the holder lived elsewhere on 1 January of that year'),
  TAX_YEAR_SWITCH: refusal(422, 'the fiscal year is not settled, or its certificates are not given out yet'),
  TAX_NOTHING_RECORDED: refusal(422, 'the rolls hold nothing that this certificate could say'),
  TAX_UNPAID: refusal(422, 'the tax of the vehicle is not paid, or something is owed from before'),
  KOSEKI_NOT_HERE: refusal(422, 'the holder’s family register is kept by another municipality'),
  KOSEKI_PROCESSING: refusal(422, 'a notification to the family register is not recorded yet'),
  ENROLMENT_MISSING: refusal(
    422,
    'the holder lives elsewhere, and no enrolment (利用登録) with this certificate is approved',
  ),
  ENROLMENT_PENDING: refusal(422, 'an enrolment (利用登録) was applied for, and staff have not decided yet'),
  FEE_CHANGED: refusal(409, 'the fee agreed is not the fee now'),
  ANSWERS_WRONG: refusal(422, 'the answers do not fit the menu that was given'),
  COPIES_LIMIT: refusal(422, 'more copies than this kind permits'),
  GLYPH_MISSING: refusal(422, 'the font has no glyph for a character or its variant'),
  TEXT_OVERFLOW: refusal(422, 'a field does not fit its box at its smallest size'),
  PAGE_LIMIT: refusal(422, 'more sheets than the limit'),
  FORM_INCOMPLETE: refusal(503, 'seal, certifier, form or font is missing or not in force'),
  STALE_SOURCE: refusal(503, 'the register’s age is unknown or above its bound', true),

  // Paper and money
  MISMATCH_STOP: refusal(
    422,
    'the sealed document does not belong to this session: stop this terminal’s issuance and look',
  ),
  DOCUMENT_EXPIRED: refusal(410, 'the prepared document is past its time'),
  STOPPED: refusal(410, 'the resident stopped'),
  TIMED_OUT: refusal(410, 'nobody touched the screen'),
  POWER_CUT: refusal(503, 'the power went while money was in escrow and not every sheet was out'),
  PAYMENT_FAILED: refusal(422, 'the money device refused'),
  NO_CHANGE: refusal(422, 'the money device cannot give change'),
  HAND_OVER_MISSING: refusal(422, 'the terminal is listed for electronic copies, and its kiosk can only print'),
  NOT_COLLECTED: refusal(410, 'nobody fetched the electronic copy while its address was shown'),
  PRINTER_UNAVAILABLE: refusal(503, 'the printer is stopped, jammed, empty or away'),
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;

export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(refusals, text);
}

/** A failure as a value: what every operation that can be refused answers with. `detail` is for operators only and
 *  holds no personal data. */
export type Failure = { readonly code: RefusalCode; readonly detail?: string };

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function answer<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, detail?: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: detail === undefined ? { code } : { code, detail } };
}
