/** Why an answer is what it is, as codes: a page says them in the reader's language, a program compares them. */

/** Is it as it was issued? */
export const integrityCodes = [
  'byte-for-byte',
  'looks-as-issued',
  'looks-as-issued-in-a-file',
  'places-differ',
  'other-front',
  'not-all-seen',
  'not-the-issued-file',
  'other-code',
  'other-code-typed',
  'mistyped-code',
  'code-needed',
  'not-a-back',
  'front-needed',
  'not-all-tried',
  'not-vouched-for',
  'copy-appended',
  'copy-changed',
  'copy-other-form',
] as const;

/** Who issued it? */
export const issuerCodes = [
  'signed-by',
  'signature-broken',
  'signer-unreadable',
  'unknown-authority',
  'other-municipality',
  'signer-not-in-force',
  'signer-revoked',
  'code-needed',
  'nothing-opened',
] as const;

/** Does it still count? */
export const statusCodes = [
  'handed-over',
  'prepared',
  'void',
  'unresolved',
  'unknown-document',
  'not-in-the-log',
  'not-asked-offline',
  'portal-no-answer',
  'too-many-questions',
  'nothing-known',
] as const;

/** Is it the paper itself? */
export const originalityCodes = [
  'a-file-is-no-paper',
  'copy-has-no-original',
  'word-shows',
  'word-does-not-show',
  'cannot-tell-the-word',
  'not-looked-at',
] as const;

/** Nothing can be said at all. */
export const unreadableCodes = ['no-back-found', 'too-few-codes'] as const;

export type ReasonCode =
  | (typeof integrityCodes)[number]
  | (typeof issuerCodes)[number]
  | (typeof statusCodes)[number]
  | (typeof originalityCodes)[number];
export type UnreadableCode = (typeof unreadableCodes)[number];

/** What a sentence needs beside its code: names, days, counts. */
export type ReasonValues = Readonly<Record<string, string | number>>;

export type Reply = {
  readonly answer: 'holds' | 'false' | 'unproven';
  readonly code: ReasonCode;
  readonly values?: ReasonValues;
};

const reply =
  (answer: Reply['answer']) =>
  (code: ReasonCode, values?: ReasonValues): Reply => ({ answer, code, ...(values === undefined ? {} : { values }) });

export const holds = reply('holds');
export const isFalse = reply('false');
export const unproven = reply('unproven');
