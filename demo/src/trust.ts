/** The demo's own authorities and everybody's certificates, made at the first start. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@dokodemo/domain';
import { verifierKey } from '@dokodemo/issue-log';
import type { TlsIdentity } from '@dokodemo/protocol';
import {
  type Authority,
  type CertifiedKey,
  type CertifiedUse,
  certify,
  createAuthority,
} from '@dokodemo/protocol/authority';
import type { TownFolder } from './town-folder.ts';

const dayMs = 86_400_000;

export type Trust = {
  /** Certifies systems and terminals. */
  readonly systems: Authority;
  /** Certifies the municipalities' document-signing keys. */
  readonly documents: Authority;
  /** Signs the log of issues; its key in PEM. */
  readonly issueLog: { readonly origin: string; readonly key: string };
  identity(use: Exclude<CertifiedUse, 'document-signing'>, id: string): Promise<TlsIdentity>;
  documentSigner(municipality: string): Promise<CertifiedKey>;
};

/** PKCS #8, PEM. */
export function ed25519Key(folder: TownFolder, name: string): Promise<string> {
  return folder.once(
    `trust/${name}.pem`,
    () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  );
}

/** What `dokodemo verify` believes; in the field the center publishes it. A town from before the log gets a new one. */
async function publishBundle(
  folder: TownFolder,
  clock: Clock,
  { certificate }: Authority,
  { origin, key }: Trust['issueLog'],
): Promise<void> {
  const name = 'trust/bundle.json';
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const logs = [verifierKey(origin, new Uint8Array(Buffer.from(x, 'base64url')))];
  const make = () => {
    const madeAt = new Date(clock.now()).toISOString();
    return JSON.stringify({ format: 'dokodemo/trust/v1', madeAt, authorities: [certificate], revoked: [], logs });
  };
  const kept = JSON.parse(await folder.once(name, make)) as { logs?: readonly string[] };
  if (!isDeepStrictEqual(kept.logs, logs)) folder.write(name, make());
}

export async function openTrust(folder: TownFolder, clock: Clock): Promise<Trust> {
  const period = (years: number) => ({
    notBefore: new Date(clock.now() - dayMs),
    notAfter: new Date(clock.now() + years * 365 * dayMs),
  });
  const authority = async (name: string): Promise<Authority> => {
    const { notBefore, notAfter } = period(10);
    const text = await folder.once(`trust/${name}.json`, async () =>
      JSON.stringify(await createAuthority(`Dokodemo demo ${name} authority`, notBefore, notAfter)),
    );
    return JSON.parse(text) as Authority;
  };
  const systems = await authority('systems');
  const documents = await authority('documents');
  const issueLog = { origin: 'demo.dokodemo.example/issue-log', key: await ed25519Key(folder, 'issue-log') };
  await publishBundle(folder, clock, documents, issueLog);
  const certified = async (by: Authority, use: CertifiedUse, id: string): Promise<CertifiedKey> =>
    JSON.parse(
      await folder.once(`trust/${use}-${id}.json`, async () =>
        JSON.stringify(await certify(by, { use, id, ...period(5) })),
      ),
    ) as CertifiedKey;
  return {
    systems,
    documents,
    issueLog,
    async identity(use, id) {
      const { key, certificate } = await certified(systems, use, id);
      return { key, certificate, authority: systems.certificate };
    },
    documentSigner: (municipality) => certified(documents, 'document-signing', municipality),
  };
}
