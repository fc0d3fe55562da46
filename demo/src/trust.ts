/** The demo's own authorities and everybody's certificates, made at the first start. */
import type { Clock } from '@dokodemo/domain';
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
  identity(use: Exclude<CertifiedUse, 'document-signing'>, id: string): Promise<TlsIdentity>;
  documentSigner(municipality: string): Promise<CertifiedKey>;
};

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
  // What `dokodemo verify` believes; in the field the center publishes it.
  await folder.once('trust/bundle.json', () =>
    JSON.stringify({
      format: 'dokodemo/trust/v1',
      madeAt: new Date(clock.now()).toISOString(),
      authorities: [documents.certificate],
      revoked: [],
    }),
  );
  const certified = async (by: Authority, use: CertifiedUse, id: string): Promise<CertifiedKey> =>
    JSON.parse(
      await folder.once(`trust/${use}-${id}.json`, async () =>
        JSON.stringify(await certify(by, { use, id, ...period(5) })),
      ),
    ) as CertifiedKey;
  return {
    systems,
    documents,
    async identity(use, id) {
      const { key, certificate } = await certified(systems, use, id);
      return { key, certificate, authority: systems.certificate };
    },
    documentSigner: (municipality) => certified(documents, 'document-signing', municipality),
  };
}
