/**
 * Names and numbers of the JPKI application (公的個人認証AP) as on My Number cards: kept as data, because the next
 * generation of cards brings other keys and files.
 */
export const jpkiProfile = Object.freeze({
  aid: Uint8Array.of(0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01),
  files: Object.freeze({
    signatureCertificate: 0x0001,
    signatureCa: 0x0002,
    token: 0x0006,
    presence: 0x0008,
    authenticationCertificate: 0x000a,
    authenticationCa: 0x000b,
    authenticationKey: 0x0017,
    authenticationPin: 0x0018,
    signatureKey: 0x001a,
    signaturePin: 0x001b,
  }),
  /** 利用者証明用暗証番号: four digits. Unlocked only at a municipal counter. */
  authenticationPin: Object.freeze({ tries: 3, minLength: 4, maxLength: 4, letters: false }),
  /** 署名用暗証番号: 6 to 16 capital letters and digits. */
  signaturePin: Object.freeze({ tries: 5, minLength: 6, maxLength: 16, letters: true }),
});

export type PinShape = { readonly minLength: number; readonly maxLength: number; readonly letters: boolean };

/** Looks at the bytes as they are: a PIN turned into a string could never be wiped from memory. */
export function pinFits(pin: Uint8Array, shape: PinShape): boolean {
  const digit = (byte: number) => byte >= 0x30 && byte <= 0x39;
  const capital = (byte: number) => byte >= 0x41 && byte <= 0x5a;
  return (
    pin.length >= shape.minLength &&
    pin.length <= shape.maxLength &&
    pin.every((byte) => digit(byte) || (shape.letters && capital(byte)))
  );
}

/** First bytes of EF 0006, by which a plastic card and the two kinds of phones are told apart. */
export const tokenLabels = Object.freeze({
  card: 'JPKIAPICCTOKEN',
  android: 'JPKIAPGPSETOKEN',
  iphone: 'JPKIAPIOSTOKEN',
});

/** DigestInfo of SHA-256 (RFC 8017 §9.2 note 1): this prefix, then the 32 bytes of the digest. */
const sha256DigestInfoPrefix = Uint8Array.of(
  ...[0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20],
);

export const DIGEST_BYTES = 32;

/** `digest` must be 32 bytes; throws RangeError otherwise. */
export function sha256DigestInfo(digest: Uint8Array): Uint8Array {
  if (digest.length !== DIGEST_BYTES) throw new RangeError(`a SHA-256 digest has 32 bytes, not ${digest.length}`);
  const info = new Uint8Array(sha256DigestInfoPrefix.length + DIGEST_BYTES);
  info.set(sha256DigestInfoPrefix);
  info.set(digest, sha256DigestInfoPrefix.length);
  return info;
}
