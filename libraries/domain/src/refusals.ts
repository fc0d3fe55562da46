/**
 * One catalogue of everything that can be refused or fail. Wires carry the code; screens, logs and HTTP take the rest
 * from here. A resident's text never tells a stranger why a person is protected: every restriction reads the same.
 */

export type Refusal = {
  /** What the resident reads, Japanese. Other languages: the texts of the panel. */
  readonly ja: string;
  readonly en: string;
  /** What the operator reads in a log or a case. */
  readonly operator: string;
  readonly httpStatus: 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 502 | 503 | 504;
  /** May the same request be sent again, unchanged, and hope for better? */
  readonly retry: boolean;
};

const counter = 'お手数ですが、市区町村の窓口でお問い合わせください。';
const counterEn = 'Please ask at your municipality’s counter.';

function refusal(httpStatus: Refusal['httpStatus'], ja: string, en: string, operator: string, retry = false): Refusal {
  return Object.freeze({ ja, en, operator, httpStatus, retry });
}

export const refusals = {
  // The wire
  MALFORMED: refusal(
    400,
    'ただいまご利用いただけません。',
    'This service is not available right now.',
    'the message does not fit its schema',
  ),
  TOO_LARGE: refusal(
    413,
    'ただいまご利用いただけません。',
    'This service is not available right now.',
    'the message is larger than its limit',
  ),
  NOT_ALLOWED: refusal(
    403,
    'ただいまご利用いただけません。',
    'This service is not available right now.',
    'the caller’s certificate does not permit this call',
  ),
  UNKNOWN: refusal(
    404,
    'ただいまご利用いただけません。',
    'This service is not available right now.',
    'no such thing (or not yours)',
  ),
  SAME_ID_OTHER_BODY: refusal(
    409,
    '最初からやり直してください。',
    'Please start again.',
    'an id was used again with another body',
  ),
  OUT_OF_STEP: refusal(
    409,
    '最初からやり直してください。',
    'Please start again.',
    'the conversation is at another step',
  ),
  ENDED: refusal(
    410,
    'お取り扱いは終了しました。最初からやり直してください。',
    'This session has ended. Please start again.',
    'the session, visit or application has ended; late messages are dropped',
  ),
  BUSY: refusal(
    503,
    'ただいま混み合っています。しばらくたってからお試しください。',
    'We are very busy. Please try again in a while.',
    'a queue is full',
    true,
  ),
  UPSTREAM_DOWN: refusal(
    502,
    'ただいまご利用いただけません。料金はかかっていません。',
    'This service is not available right now. Nothing was charged.',
    'the next system could not be reached; nothing was sent',
    true,
  ),
  NO_ANSWER: refusal(
    504,
    'ただいまご利用いただけません。料金はかかっていません。',
    'This service is not available right now. Nothing was charged.',
    'the next system did not answer in time; the same id may be asked again',
    true,
  ),
  DEFECT: refusal(
    503,
    'ただいまご利用いただけません。',
    'This service is not available right now.',
    'an unexpected error; see the log of the system that answers',
  ),

  // Terminal and card
  TERMINAL_UNKNOWN: refusal(
    403,
    'この端末ではご利用いただけません。',
    'This machine cannot be used.',
    'the terminal is not registered, or its signature does not hold',
  ),
  CARD_UNKNOWN: refusal(
    422,
    'このカードでは発行できません。マイナンバーカードを置いてください。',
    'This card cannot be used. Please use a My Number card.',
    'no JPKI application on the card',
  ),
  CARD_REMOVED: refusal(
    422,
    'カードが取り外されました。もう一度置いてください。',
    'The card was removed. Please put it back.',
    'the card was pulled during a command',
  ),
  CARD_TWO: refusal(422, 'カードは1枚だけ置いてください。', 'Please put down one card only.', 'two cards in the field'),
  CARD_UNREADABLE: refusal(
    422,
    'カードを読み取れません。もう一度置き直してください。',
    'The card cannot be read. Please put it down again.',
    'the card answers what it should not',
  ),
  READER_BROKEN: refusal(
    503,
    'ただいまカードを読み取れません。料金はかかっていません。',
    'Cards cannot be read right now. Nothing was charged.',
    'the card reader does not work',
  ),
  CARD_OTHER: refusal(
    422,
    '最初に置いたカードと違うカードです。最初と同じカードを置いてください。',
    'This is not the card you used before. Please put down the same card.',
    'another card than the one that has proven this session',
  ),
  CERT_MALFORMED: refusal(
    422,
    `このカードの電子証明書を読み取れません。${counter}`,
    `The certificate on this card cannot be read. ${counterEn}`,
    'the certificate cannot be parsed',
  ),
  CERT_UNTRUSTED: refusal(
    422,
    `このカードでは発行できません。${counter}`,
    `This card cannot be used. ${counterEn}`,
    'the certificate is not signed by a trusted authority',
  ),
  CERT_WRONG_USE: refusal(
    422,
    `このカードでは発行できません。${counter}`,
    `This card cannot be used. ${counterEn}`,
    'not a user-authentication certificate',
  ),
  CERT_NOT_YET_VALID: refusal(
    422,
    `このカードはまだ使えません。${counter}`,
    `This card cannot be used yet. ${counterEn}`,
    'before notBefore',
  ),
  CERT_EXPIRED: refusal(
    422,
    `カードの電子証明書の有効期限が切れています。${counter}`,
    `The certificate on this card has expired. ${counterEn}`,
    'after notAfter',
  ),
  CERT_REVOKED: refusal(
    422,
    `カードの電子証明書は失効しています。${counter}`,
    `The certificate on this card has been revoked. ${counterEn}`,
    'OCSP or CRL says revoked',
  ),
  CERT_STATUS_UNKNOWN: refusal(
    503,
    'ただいまカードの確認ができません。しばらくたってからお試しください。',
    'We cannot check your card right now. Please try again later.',
    'neither OCSP nor CRL gives a fresh answer',
    true,
  ),
  PIN_WRONG: refusal(422, '暗証番号が違います。', 'Wrong PIN.', 'the card refused the PIN'),
  PIN_LAST_TRY: refusal(
    422,
    'あと1回間違えると、カードがロックされます。よろしければ、もう一度「確定」を押してください。',
    'One more wrong PIN locks the card. To go on, press Enter again.',
    'the last try is asked for twice',
  ),
  PIN_LOCKED: refusal(
    422,
    '暗証番号を3回続けて間違えたため、カードがロックされています。お住まいの市区町村の窓口で再設定してください。料金はかかっていません。',
    'The card is locked because the PIN was entered wrongly three times. Please have it reset at your municipality’s counter. Nothing was charged.',
    'the card’s retry counter is at zero',
  ),
  PROOF_WRONG: refusal(
    422,
    '本人確認ができませんでした。最初からやり直してください。',
    'We could not confirm your identity. Please start again.',
    'the signature over the visit’s challenge does not hold',
  ),
  SECOND_PIN_NOT_SET: refusal(
    422,
    'この証明書には、お住まいの市区町村の窓口で登録した第二暗証番号が必要です。料金はかかっていません。',
    'This certificate needs a second PIN, which you register at your municipality’s counter. Nothing was charged.',
    'no ordinance application on the card, or none that belongs to its certificate of today',
  ),
  SECOND_PIN_LOCKED: refusal(
    422,
    '第二暗証番号を3回続けて間違えたため、使えなくなりました。お住まいの市区町村の窓口で再設定してください。第二暗証番号のいらない証明書は、いまも発行できます。',
    'The second PIN was entered wrongly three times and is locked. Please have it reset at your municipality’s counter. Certificates that do not need it can still be issued.',
    'the retry counter of the ordinance application’s second PIN is at zero',
  ),
  SECOND_PIN_NEEDED: refusal(
    422,
    'この証明書には、第二暗証番号の確認が必要です。料金はかかっていません。',
    'This certificate needs your second PIN. Nothing was charged.',
    'the kind demands the second PIN, and this visit has not proven it',
  ),

  // Who and what
  NOT_PARTICIPATING: refusal(
    422,
    'この市区町村では、このサービスを行っていません。',
    'This municipality does not offer the service.',
    'the municipality does not take part',
  ),
  NOT_RESIDENT: refusal(
    422,
    `この市区町村では発行できる証明書がありません。${counter}`,
    `There is no certificate for you here. ${counterEn}`,
    'no resident holds this certificate’s serial number here',
  ),
  HOURS: refusal(
    422,
    'ただいまの時間はご利用いただけません。',
    'Not available at this hour.',
    'outside the hours of this kind',
  ),
  CALENDAR: refusal(422, '本日は休止日です。', 'Closed today.', 'a closing day or a stop of the service'),
  KIND_NOT_OFFERED: refusal(
    422,
    'この証明書は取り扱っていません。',
    'This certificate is not offered.',
    'the municipality does not offer this kind',
  ),
  UNDER_15: refusal(
    422,
    `15歳未満の方はこの端末では発行できません。${counter}`,
    `Persons under 15 cannot use this machine. ${counterEn}`,
    'the holder is under fifteen',
  ),
  SUPPRESSED: refusal(
    422,
    `この端末では発行できません。${counter}`,
    `This machine cannot issue it. ${counterEn}`,
    'a restriction is in force; see the issuer’s own log',
  ),
  FEE_CHANGED: refusal(
    409,
    '手数料が変わりました。もう一度ご確認ください。',
    'The fee has changed. Please check again.',
    'the fee agreed is not the fee now',
  ),
  ANSWERS_WRONG: refusal(
    422,
    '選び直してください。',
    'Please choose again.',
    'the answers do not fit the menu that was given',
  ),
  COPIES_LIMIT: refusal(422, '部数が上限を超えています。', 'Too many copies.', 'more copies than this kind permits'),
  GLYPH_MISSING: refusal(
    422,
    `お名前などに、この端末では印刷できない文字があります。料金はかかっていません。${counter}`,
    `A character cannot be printed here. Nothing was charged. ${counterEn}`,
    'the font has no glyph for a character or its variant',
  ),
  TEXT_OVERFLOW: refusal(
    422,
    `記載する文字数が多いため、この端末では印刷できません。料金はかかっていません。${counter}`,
    `The text is too long to print here. Nothing was charged. ${counterEn}`,
    'a field does not fit its box at its smallest size',
  ),
  PAGE_LIMIT: refusal(
    422,
    `枚数が多いため、この端末では印刷できません。料金はかかっていません。${counter}`,
    `There are too many pages to print here. Nothing was charged. ${counterEn}`,
    'more sheets than the limit',
  ),
  FORM_INCOMPLETE: refusal(
    503,
    `ただいま発行できません。${counter}`,
    `It cannot be issued right now. ${counterEn}`,
    'seal, certifier, form or font is missing or not in force',
  ),
  STALE_SOURCE: refusal(
    503,
    'ただいま発行できません。しばらくたってからお試しください。',
    'It cannot be issued right now. Please try again later.',
    'the register’s age is unknown or above its bound',
    true,
  ),

  // Paper and money
  MISMATCH_STOP: refusal(
    422,
    '書類の確認ができませんでした。料金はかかっていません。',
    'The document could not be confirmed. Nothing was charged.',
    'the sealed document does not belong to this session: stop this terminal’s issuance and look',
  ),
  DOCUMENT_EXPIRED: refusal(
    410,
    '時間がたったため取り消しました。料金はかかっていません。',
    'It was cancelled because too much time had passed. Nothing was charged.',
    'the prepared document is past its time',
  ),
  STOPPED: refusal(
    410,
    'お取り扱いをやめました。お金をお返しします。',
    'You have stopped. Your money is returned.',
    'the resident stopped',
  ),
  TIMED_OUT: refusal(
    410,
    '時間がたったため終わりました。お金をお返しします。',
    'It has ended because nothing was touched for a while. Your money is returned.',
    'nobody touched the screen',
  ),
  POWER_CUT: refusal(
    503,
    '停電などで取り消しました。お金をお返しします。',
    'It was cancelled because the power failed. Your money is returned.',
    'the power went while money was in escrow and not every sheet was out',
  ),
  PAYMENT_FAILED: refusal(
    422,
    'お支払いを確認できませんでした。',
    'The payment could not be confirmed.',
    'the money device refused',
  ),
  NO_CHANGE: refusal(
    422,
    'おつりが不足しています。ちょうどの金額を入れてください。',
    'No change available. Please insert the exact amount.',
    'the money device cannot give change',
  ),
  PRINTER_UNAVAILABLE: refusal(
    503,
    'ただいま印刷できません。料金はお返しします。',
    'Printing is not possible now. Your money is returned.',
    'the printer is stopped, jammed, empty or away',
  ),
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
