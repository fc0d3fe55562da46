/** The codes in English, for the command line. Pages have their own words for each language. */
import type { ReasonCode, ReasonValues, UnreadableCode } from './reasons.ts';

const sentences: Readonly<Record<ReasonCode | UnreadableCode, string>> = {
  'byte-for-byte': 'byte for byte the file that was issued',
  'looks-as-issued': 'the front looks as it was issued',
  'looks-as-issued-in-a-file': 'the page, as this program draws it, looks as it was issued; the file itself is another',
  'places-differ': 'places differ from what was issued: {count}',
  'other-front': 'only {percent} % of the front lies as it was issued: another front, or a bad picture',
  'not-all-seen': '{percent} % of what is printed on the front is not in the picture; the rest looks as it was issued',
  'not-the-issued-file': 'the front is not the file that was issued',
  'other-code': 'the front’s check code does not open this back: they do not belong together',
  'other-code-typed': 'the check code that was typed does not open this back',
  'mistyped-code': 'this is no check code: one of its symbols is wrong',
  'code-needed': 'the check code of the front is needed: add a picture of the front, or type it',
  'not-a-back': 'what the code opens is not a back of this kind',
  'front-needed': 'without the front only the back is known',
  'not-all-tried': 'too many pages at once: {count} pairs of front and back were not tried',
  'not-vouched-for': 'what the back says is not vouched for',
  'copy-appended': 'something was written behind what was signed',
  'copy-changed': 'the signed file was changed, or its signature is not of the issuer’s form ({fault})',
  'copy-other-form': 'the file is signed, but is not an electronic copy as issuers write it',
  'signed-by': '{name} ({code}) signed it on {day}',
  'signature-broken': 'the signature does not hold',
  'signer-unreadable': 'the signer’s certificate cannot be read, or is for something else',
  'unknown-authority': 'no authority of the trust bundle vouches for the signer',
  'other-municipality': 'the signer may not sign for {code}',
  'signer-not-in-force': 'the signer’s certificate was not in force on that day',
  'signer-revoked': 'the signer’s key had been taken back by that day',
  'nothing-opened': 'nothing could be opened',
  'handed-over': 'the issuer’s records have it as handed over',
  prepared: 'it was made; there is no word yet whether it was handed over',
  void: 'the issuer’s records have it as void: it does not count',
  unresolved: 'the issuer is looking into it',
  'unknown-document': 'the issuer’s records know no such document',
  'not-in-the-log': 'the log of issues does not show it',
  'not-asked-offline': 'not asked: the issuer’s records know whether it was voided',
  'portal-no-answer': 'asked, and there was no answer',
  'too-many-questions': 'too many questions were asked from here: try again later',
  'nothing-known': 'nothing is known of this paper',
  'a-file-is-no-paper': 'a file is not the paper',
  'copy-has-no-original':
    'a file has no original: an electronic copy may be copied, and each of its copies is as good; ask for its status',
  'word-shows': 'the word 複写 shows on the front (by {deltaL} L*): a copy, or scanned from one',
  'word-does-not-show':
    'the word 複写 does not show on the front ({deltaL} L*); a scan cannot prove an original: look at the paper',
  'cannot-tell-the-word': 'this scan does not tell whether the word 複写 shows: look at the paper',
  'not-looked-at': 'not looked at',
  'no-back-found': 'no coded back was found',
  'too-few-codes': '{read} of {count} codes of a back could be read, {needed} are needed',
};

export function saidInEnglish(of: {
  readonly code: ReasonCode | UnreadableCode;
  readonly values?: ReasonValues;
}): string {
  return sentences[of.code].replace(/\{(\w+)\}/g, (_, name: string) => String(of.values?.[name] ?? '?'));
}
