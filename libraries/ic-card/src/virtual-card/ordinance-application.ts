import { type KeyObject, sign } from 'node:crypto';
import type { Entropy } from '@dokodemo/domain';
import { type PinShape, pinFits } from '../jpki-profile.ts';
import {
  ORDINANCE_CHALLENGE_BYTES,
  type OrdinancePurpose,
  ordinanceProfile,
  ordinanceStatement,
} from '../ordinance-profile.ts';
import type { CardStateStore } from './card-state.ts';
import { type CardFile, FileApplication } from './file-application.ts';
import { PinKeeper, type PinRule } from './pin-keeper.ts';

/** What the municipality has put on one card. */
export type OrdinanceCardProfile = {
  readonly certificateDer: Uint8Array;
  /** EC P-256. */
  readonly privateKey: KeyObject;
  readonly pin: string;
  /** 第二暗証番号. */
  readonly secondPin: string;
};

const { files } = ordinanceProfile;

/**
 * The ordinance application of one card. `store` is its own memory and nobody else's: it is loaded after the card was
 * issued, beside the JPKI application, and each counts its PINs for itself. Throws when the profile cannot be.
 */
export function ordinanceApplication(
  profile: OrdinanceCardProfile,
  store: CardStateStore,
  entropy: Entropy,
): FileApplication {
  const { certificateDer, privateKey } = profile;
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('this application has a P-256 key');
  // Clients take the file's length from bytes 2 and 3, so the outer SEQUENCE must have a two-byte length.
  if (certificateDer[0] !== 0x30 || certificateDer[1] !== 0x82)
    throw new Error('a certificate on a card starts with 30 82');
  const content = new Map<number, CardFile>([
    [files.certificate, { kind: 'bytes', bytes: Uint8Array.from(certificateDer) }],
  ]);
  const pins = new Map<string, PinRule>();
  addPurpose(content, pins, profile, 'holder');
  addPurpose(content, pins, profile, 'second');
  const challenge = (length: number) => entropy.bytes(length);
  return new FileApplication({
    aid: ordinanceProfile.aid,
    files: content,
    pins: new PinKeeper(pins, store),
    challenge,
  });
}

function addPurpose(
  content: Map<number, CardFile>,
  pins: Map<string, PinRule>,
  profile: OrdinanceCardProfile,
  purpose: OrdinancePurpose,
): void {
  const [pinFile, keyFile] =
    purpose === 'holder' ? [files.holderPin, files.holderKey] : [files.secondPin, files.secondKey];
  const rule: PinShape & { readonly tries: number } =
    purpose === 'holder' ? ordinanceProfile.holderPin : ordinanceProfile.secondPin;
  const initial = purpose === 'holder' ? profile.pin : profile.secondPin;
  if (!pinFits(Buffer.from(initial, 'latin1'), rule)) throw new Error('this PIN does not fit its rule');
  const pinId = pinFile.toString(16).padStart(4, '0');
  pins.set(pinId, { initial, tries: rule.tries, shape: rule });
  content.set(pinFile, { kind: 'pin', pinId });
  content.set(keyFile, {
    kind: 'key',
    afterPin: pinId,
    minInput: ORDINANCE_CHALLENGE_BYTES,
    maxInput: ORDINANCE_CHALLENGE_BYTES,
    sign: (input) =>
      Uint8Array.from(
        sign('sha256', ordinanceStatement(purpose, input), { key: profile.privateKey, dsaEncoding: 'ieee-p1363' }),
      ),
  });
}
