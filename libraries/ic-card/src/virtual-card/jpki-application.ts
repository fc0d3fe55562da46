import { constants, type KeyObject, privateEncrypt } from 'node:crypto';
import type { Entropy } from '@dokodemo/domain';
import { jpkiProfile, type PinShape, pinFits, tokenLabels } from '../jpki-profile.ts';
import type { CardStateStore } from './card-state.ts';
import { type CardFile, FileApplication } from './file-application.ts';
import { PinKeeper, type PinRule } from './pin-keeper.ts';

/** One certificate with its key on a card. */
export type CardKey = {
  readonly certificateDer: Uint8Array;
  readonly caCertificateDer: Uint8Array;
  readonly privateKey: KeyObject;
  readonly pin: string;
};

/** What is personal about one card. */
export type JpkiCardProfile = {
  /** 利用者証明用. */
  readonly authentication: CardKey;
  /** 署名用: not every card has it. */
  readonly signature?: CardKey;
  /** What the token calls itself; a plastic card unless said otherwise. */
  readonly tokenLabel?: string;
};

const { files } = jpkiProfile;

/** The JPKI application of one card. Throws when the profile could not be on a real card. */
export function jpkiApplication(profile: JpkiCardProfile, store: CardStateStore, entropy: Entropy): FileApplication {
  const pins = new Map<string, PinRule>();
  const content = new Map<number, CardFile>([
    [files.token, { kind: 'bytes', bytes: tokenInfo(profile.tokenLabel ?? `${tokenLabels.card}2`) }],
    [files.presence, { kind: 'bytes', bytes: Uint8Array.of(profile.signature ? 0x8f : 0x00, 0x8f, 0x00) }],
  ]);
  addKey(content, pins, profile.authentication, jpkiProfile.authenticationPin, {
    certificate: files.authenticationCertificate,
    ca: files.authenticationCa,
    key: files.authenticationKey,
    pin: files.authenticationPin,
    certificateAfterPin: false,
  });
  if (profile.signature) {
    addKey(content, pins, profile.signature, jpkiProfile.signaturePin, {
      certificate: files.signatureCertificate,
      ca: files.signatureCa,
      key: files.signatureKey,
      pin: files.signaturePin,
      // The signature certificate carries name and address: nobody reads it without the password.
      certificateAfterPin: true,
    });
  }
  const challenge = (length: number) => entropy.bytes(length);
  return new FileApplication({ aid: jpkiProfile.aid, files: content, pins: new PinKeeper(pins, store), challenge });
}

function addKey(
  content: Map<number, CardFile>,
  pins: Map<string, PinRule>,
  key: CardKey,
  rule: PinShape & { readonly tries: number },
  at: { certificate: number; ca: number; key: number; pin: number; certificateAfterPin: boolean },
): void {
  if (!pinFits(Buffer.from(key.pin, 'latin1'), rule)) throw new Error('this PIN does not fit its rule');
  if (key.privateKey.asymmetricKeyType !== 'rsa') throw new Error('this generation of cards has RSA keys');
  for (const der of [key.certificateDer, key.caCertificateDer]) {
    // Clients take the file's length from bytes 2 and 3, so the outer SEQUENCE must have a two-byte length.
    if (der[0] !== 0x30 || der[1] !== 0x82) throw new Error('a certificate on a card starts with 30 82');
  }
  const pinId = at.pin.toString(16).padStart(4, '0');
  const bytes = Uint8Array.from(key.certificateDer);
  pins.set(pinId, { initial: key.pin, tries: rule.tries, shape: rule });
  content.set(at.certificate, { kind: 'bytes', bytes, ...(at.certificateAfterPin ? { afterPin: pinId } : {}) });
  content.set(at.ca, { kind: 'bytes', bytes: Uint8Array.from(key.caCertificateDer) });
  content.set(at.pin, { kind: 'pin', pinId });
  const keyBytes = (key.privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  content.set(at.key, {
    kind: 'key',
    afterPin: pinId,
    // PKCS#1 v1.5 needs eleven bytes of padding: 245 are left of RSA-2048.
    maxInput: keyBytes - 11,
    sign: (input) =>
      Uint8Array.from(privateEncrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, input)),
  });
}

/** CK_TOKEN_INFO of PKCS#11, big-endian, 160 bytes. */
function tokenInfo(label: string): Uint8Array {
  const info = Buffer.alloc(160);
  info.write(label.padEnd(32), 0, 32, 'ascii');
  info.write('Dokodemo (virtual card)'.padEnd(32), 32, 32, 'ascii');
  info.write(''.padEnd(32), 64, 32, 'ascii');
  // Flags, session counts, longest and shortest PIN, memory: eleven words of which only the PIN lengths say something.
  info.writeUInt32BE(16, 116);
  info.writeUInt32BE(4, 120);
  info.writeUInt16BE(0x0100, 140);
  info.writeUInt16BE(0x0100, 142);
  info.write(''.padEnd(16), 144, 16, 'ascii');
  return Uint8Array.from(info);
}
