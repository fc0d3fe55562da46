/**
 * Authorities, terminals' and signers' keys, and the cards of people who do not exist: made once for all seeds of a run,
 * since RSA keys take their time. They differ from run to run, and nothing that is told of a run depends on them.
 */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { memoryShelf, openOrdinanceAuthority, openTestAuthority, type Shelf } from '@dokodemo/ic-card';
import type { DocumentSigner } from '@dokodemo/protocol';
import { certificateDer, certify, createAuthority } from '@dokodemo/protocol/authority';

export const municipalities = [
  { code: '482013', name: '見本県どこでも市', mayor: '見本県どこでも市長', legend: 'どこでも市長之印' },
  { code: '483028', name: '見本県いつでも町', mayor: '見本県いつでも町長', legend: 'いつでも町長之印' },
] as const;
export const mostKiosks = 4;
export const mostCards = 14;

export function terminalIdOf(index: number): string {
  return `SIM-${String(index + 1).padStart(4, '0')}`;
}

export type Keyring = {
  /** DER of the authority of systems and terminals, and of the one for document-signing keys. */
  readonly systemsAuthority: Uint8Array;
  readonly documentAuthority: Uint8Array;
  readonly terminals: ReadonlyMap<string, { readonly key: KeyObject; readonly certificate: Uint8Array }>;
  readonly signers: ReadonlyMap<string, DocumentSigner>;
  /** A test authority's keys and books, with the certificates of all cards. Each seed writes into a layer of its own. */
  readonly jpkiShelf: Shelf;
  readonly jpkiCertificate: Uint8Array;
  readonly cards: readonly CardKeys[];
  /** By municipality: DER of the authority of its own application on cards. */
  readonly ordinances: ReadonlyMap<string, Uint8Array>;
};

export type CardKeys = {
  readonly key: KeyObject;
  readonly certificateDer: Uint8Array;
  readonly serialHex: string;
  /** By municipality: key and certificate of its own application, if this card's holder has it put there. */
  readonly ordinances: ReadonlyMap<string, { readonly privateKey: KeyObject; readonly certificateDer: Uint8Array }>;
};

const from = new Date('2026-01-01T00:00:00+09:00');
const until = new Date('2036-01-01T00:00:00+09:00');
const generate = promisify(generateKeyPair);

export async function makeKeyring(): Promise<Keyring> {
  const period = { notBefore: from, notAfter: until };
  const systems = await createAuthority('Dokodemo simulated systems', from, until);
  const documents = await createAuthority('Dokodemo simulated documents', from, until);
  const certified = async (by: typeof systems, use: 'kiosk' | 'document-signing', id: string) => {
    const made = await certify(by, { use, id, ...period });
    return [id, { key: createPrivateKey(made.key), certificate: certificateDer(made.certificate) }] as const;
  };
  const terminalIds = Array.from({ length: mostKiosks }, (_, i) => terminalIdOf(i));
  const jpkiShelf = memoryShelf();
  const jpki = await openTestAuthority({ shelf: jpkiShelf, clock: { now: () => from.getTime() } });
  const keys = await Promise.all(Array.from({ length: mostCards }, () => generate('rsa', { modulusLength: 2_048 })));
  const clock = { now: () => from.getTime() };
  const ordinances = await Promise.all(
    municipalities.map(({ code }) => openOrdinanceAuthority({ municipality: code, shelf: memoryShelf(), clock })),
  );
  const secondKeys = await Promise.all(keys.map(() => generate('ec', { namedCurve: 'prime256v1' })));
  return {
    ordinances: new Map(ordinances.map(({ municipality, caCertificateDer }) => [municipality, caCertificateDer])),
    systemsAuthority: certificateDer(systems.certificate),
    documentAuthority: certificateDer(documents.certificate),
    terminals: new Map(await Promise.all(terminalIds.map((id) => certified(systems, 'kiosk', id)))),
    signers: new Map(
      await Promise.all(municipalities.map(({ code }) => certified(documents, 'document-signing', code))),
    ),
    jpkiShelf,
    jpkiCertificate: jpki.caCertificateDer,
    cards: keys.map(({ privateKey }, i) => {
      const issued = jpki.issue({ publicKey: createPublicKey(privateKey) });
      const second = secondKeys[i]?.privateKey;
      if (second === undefined) throw new RangeError('a card without a second key');
      const order = { publicKey: createPublicKey(second), cardCertificateDer: issued.certificateDer };
      return {
        key: privateKey,
        ...issued,
        ordinances: new Map(
          ordinances.map((authority) => [
            authority.municipality,
            { privateKey: second, certificateDer: authority.enrol(order).certificateDer },
          ]),
        ),
      };
    }),
  };
}

/** Reads through to `below`, keeps what is written for itself. */
export function layeredShelf(below: Shelf): Shelf {
  const own = memoryShelf();
  return {
    read: (name) => own.read(name) ?? below.read(name),
    write: (name, bytes) => own.write(name, bytes),
    list: (folder) => [...new Set([...own.list(folder), ...below.list(folder)])].sort(),
  };
}
