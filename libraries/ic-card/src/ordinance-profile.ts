/**
 * 条例利用 (番号法 18条): the municipality's own application on a card, with the 第二暗証番号. AIDs and files of the
 * applications in the field are not public; this one is ours and pretends to be no other.
 */
import type { PinShape } from './jpki-profile.ts';

/** What a signature stands for: the holder's own PIN was given, or the second one. */
export type OrdinancePurpose = 'holder' | 'second';

const fourDigits: PinShape & { readonly tries: number } = Object.freeze({
  tries: 3,
  minLength: 4,
  maxLength: 4,
  letters: false,
});

export const ordinanceProfile = Object.freeze({
  /** F (ISO/IEC 7816-4 §8.2.1.2: proprietary, registered nowhere), "DOKODEMO", and the version of these files. */
  aid: Uint8Array.of(0xf0, ...Buffer.from('DOKODEMO', 'ascii'), 0x01),
  files: Object.freeze({
    /** Free to read, as the JPKI certificate that it names. */
    certificate: 0x0001,
    holderPin: 0x0011,
    secondPin: 0x0012,
    /** One key, behind two files: each signs for its own purpose, after its own PIN. */
    holderKey: 0x0021,
    secondKey: 0x0022,
  }),
  holderPin: fourDigits,
  secondPin: fourDigits,
});

export const ORDINANCE_CHALLENGE_BYTES = 32;
/** ECDSA on P-256, r and s of 32 bytes each (IEEE P1363). */
export const ORDINANCE_SIGNATURE_BYTES = 64;

/**
 * What the card signs for a challenge of 32 bytes; its SHA-256 is `digestOfParts('dokodemo/ordinance/v1', purpose,
 * challenge)` of the protocol. The card itself puts the purpose in: what was signed after one PIN can never be shown for
 * the other, whatever the terminal asks for.
 */
export function ordinanceStatement(purpose: OrdinancePurpose, challenge: Uint8Array): Uint8Array {
  if (challenge.length !== ORDINANCE_CHALLENGE_BYTES) {
    throw new RangeError(`a challenge has ${ORDINANCE_CHALLENGE_BYTES} bytes, not ${challenge.length}`);
  }
  const parts = [Buffer.from('dokodemo/ordinance/v1'), Buffer.from(purpose), Buffer.from(challenge)];
  return Uint8Array.from(parts.flatMap((part) => [0, 0, 0, part.length, ...part]));
}
