/** Papers to make and to check: residence certificates of four people, each with a coded back. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type FormEngine, openFormEngine } from '@dokodemo/documents';
import { type DocumentNumber, type Entropy, municipalityCode } from '@dokodemo/domain';
import { paperProver } from '@dokodemo/issuer';
import type { TrustBundle } from '@dokodemo/proof';
import { certificateDer, certify, createAuthority } from '@dokodemo/protocol/authority';
import { frameOf, orderOf } from '../documents/orders.ts';

export type PaperMaker = {
  readonly engine: FormEngine;
  readonly trust: TrustBundle;
  readonly signer: { readonly key: KeyObject; readonly certificate: Uint8Array };
  readonly entropy: Entropy;
  /** The front, and what makes its back. */
  begin(i: number): Promise<{ readonly front: Uint8Array; readonly code: string; finish(): Promise<Uint8Array> }>;
};

const town = '482013';

export async function openPaperMaker(): Promise<PaperMaker> {
  const engine = openFormEngine();
  const [from, until] = [new Date('2025-01-01'), new Date('2035-01-01')];
  const authority = await createAuthority('documents', from, until);
  const made = await certify(authority, { use: 'document-signing', id: town, notBefore: from, notAfter: until });
  const signer = { key: createPrivateKey(made.key), certificate: certificateDer(made.certificate) };
  const entropy: Entropy = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
  const prover = paperProver(engine.backs);
  const frame = frameOf(engine);
  const profile = { code: municipalityCode(town), name: '見本県どこでも市', signer };
  return {
    engine,
    signer,
    entropy,
    trust: {
      format: 'dokodemo/trust/v1',
      madeAt: '2026-11-23T00:00:00Z',
      authorities: [authority.certificate],
      revoked: [],
    },
    async begin(i) {
      const copy = prover.begin(entropy);
      const order = orderOf(i, frame);
      const rendered = engine.renderResidenceCertificate({ ...order, frame: { ...order.frame, proof: copy.front } });
      if (!rendered.ok || rendered.sheets[0] === undefined) throw new Error('the front could not be drawn');
      const front = rendered.sheets[0].pdf;
      return {
        front,
        code: copy.front.checkCode,
        async finish() {
          const finished = await copy.finish([front], {
            profile,
            kindId: 'residence',
            documentNumber: order.frame.documentNumber as DocumentNumber,
            specimen: true,
            issuedAtMs: Date.parse('2026-11-23T10:00:00+09:00'),
          });
          if (!finished.ok || finished.value[0] === undefined) throw new Error('the back could not be made');
          return finished.value[0];
        },
      };
    },
  };
}
