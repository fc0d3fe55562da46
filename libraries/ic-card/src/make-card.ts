import { createPublicKey } from 'node:crypto';
import { type Entropy, systemEntropy } from '@dokodemo/domain';
import { readCertificate } from './certificate-fields.ts';
import { kept, keptKey } from './test-authority/key-shelf.ts';
import type { OrdinanceAuthority } from './test-authority/ordinance-authority.ts';
import type { Shelf } from './test-authority/shelf.ts';
import type { TestAuthority } from './test-authority/test-authority.ts';
import type { CardStateStore } from './virtual-card/card-state.ts';
import { type CardKey, jpkiApplication } from './virtual-card/jpki-application.ts';
import { ordinanceApplication } from './virtual-card/ordinance-application.ts';
import { VirtualCard } from './virtual-card/virtual-card.ts';

export type MadeCard = {
  readonly card: VirtualCard;
  readonly serialHex: string;
  readonly certificateDer: Uint8Array;
  /** Of the ordinance application, when the card has one. */
  readonly ordinanceCertificateDer?: Uint8Array;
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
  readonly signaturePassword?: string;
  readonly signatureAuthority?: TestAuthority;
  /** 条例利用: the municipality's own application, with the second PIN. */
  readonly ordinance?: {
    readonly authority: OrdinanceAuthority;
    /** 第二暗証番号, four digits. */
    readonly secondPin: string;
    /** The application's own first PIN; the same digits as `pin` unless said otherwise. */
    readonly pin?: string;
    /** Its own memory, never that of the card's other application. */
    readonly stateStore: CardStateStore;
  };
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
  if (order.signaturePassword !== undefined) {
    if (order.signatureAuthority?.use !== 'signature')
      throw new Error('a signature password needs the authority for signatures');
    signature = await cardKey(shelf, holderLabel, order.signatureAuthority, order.signaturePassword);
  }
  const profile = { authentication, ...(signature ? { signature } : {}) };
  const entropy = order.entropy ?? systemEntropy;
  const applications = [jpkiApplication(profile, order.stateStore, entropy)];
  const made = { serialHex: authentication.serialHex, certificateDer: authentication.certificateDer };
  if (order.ordinance === undefined) return { card: new VirtualCard(applications), ...made };
  const { authority, secondPin, pin = order.pin, stateStore } = order.ordinance;
  if (stateStore === order.stateStore) throw new Error('each application of a card has a memory of its own');
  const ordinance = await ordinanceKey(shelf, holderLabel, authority, authentication.certificateDer);
  applications.push(ordinanceApplication({ ...ordinance, pin, secondPin }, stateStore, entropy));
  return { card: new VirtualCard(applications), ...made, ordinanceCertificateDer: ordinance.certificateDer };
}

async function ordinanceKey(
  shelf: Shelf,
  label: string,
  authority: OrdinanceAuthority,
  cardCertificateDer: Uint8Array,
) {
  const privateKey = await keptKey(shelf, `${label}/ordinance-${authority.municipality}.key.pem`, 'ec');
  const certificateDer = kept(
    shelf,
    `${label}/ordinance-${authority.municipality}.cer`,
    () => authority.enrol({ publicKey: createPublicKey(privateKey), cardCertificateDer }).certificateDer,
  );
  return { privateKey, certificateDer };
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
