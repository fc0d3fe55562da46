import { createPublicKey } from 'node:crypto';
import { type Entropy, systemEntropy } from '@dokodemo/domain';
import { readCertificate } from './certificate-fields.ts';
import { keptKey } from './test-authority/key-shelf.ts';
import type { Shelf } from './test-authority/shelf.ts';
import type { TestAuthority } from './test-authority/test-authority.ts';
import type { CardStateStore } from './virtual-card/card-state.ts';
import { type CardKey, jpkiApplication } from './virtual-card/jpki-application.ts';
import { VirtualCard } from './virtual-card/virtual-card.ts';

export type MadeCard = {
  readonly card: VirtualCard;
  readonly serialHex: string;
  readonly certificateDer: Uint8Array;
};

/**
 * A card for a person of the demo. Made again with the same shelf and label it is the same card: key and certificate
 * are kept there, tries and changed PINs in `stateStore`.
 */
export async function makeCard(order: {
  readonly authority: TestAuthority;
  /** Four digits. */
  readonly pin: string;
  /** 署名用: 6 to 16 capital letters and digits; needs `signatureAuthority`. */
  readonly secondPin?: string;
  readonly signatureAuthority?: TestAuthority;
  /** Names the card on the shelf, in small letters, digits and hyphens. It is not written into the certificate. */
  readonly holderLabel: string;
  readonly stateStore: CardStateStore;
  readonly shelf: Shelf;
  readonly entropy?: Entropy;
}): Promise<MadeCard> {
  const { shelf, holderLabel } = order;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(holderLabel)) throw new Error(`not a label for a card: ${holderLabel}`);
  const authentication = await cardKey(shelf, holderLabel, order.authority, order.pin);
  let signature: CardKey | undefined;
  if (order.secondPin !== undefined) {
    if (order.signatureAuthority?.use !== 'signature')
      throw new Error('a second PIN needs the authority for signatures');
    signature = await cardKey(shelf, holderLabel, order.signatureAuthority, order.secondPin);
  }
  const profile = { authentication, ...(signature ? { signature } : {}) };
  return {
    card: new VirtualCard([jpkiApplication(profile, order.stateStore, order.entropy ?? systemEntropy)]),
    serialHex: authentication.serialHex,
    certificateDer: authentication.certificateDer,
  };
}

async function cardKey(
  shelf: Shelf,
  label: string,
  authority: TestAuthority,
  pin: string,
): Promise<CardKey & { readonly serialHex: string }> {
  const privateKey = await keptKey(shelf, `${label}/${authority.use}.key.pem`, 'rsa');
  const name = `${label}/${authority.use}.cer`;
  let certificateDer = shelf.read(name);
  if (certificateDer === undefined) {
    certificateDer = authority.issue({ publicKey: createPublicKey(privateKey) }).certificateDer;
    shelf.write(name, certificateDer);
  }
  const serialHex = readCertificate(certificateDer)?.serialHex;
  if (serialHex === undefined) throw new Error(`the kept certificate of ${label} cannot be read`);
  return { certificateDer, caCertificateDer: authority.caCertificateDer, privateKey, pin, serialHex };
}
