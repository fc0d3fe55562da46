/**
 * Whoever signs what stands on the back: a key in memory or one that never leaves its module. Keys change with the
 * years; each says by its certificate when it counts, and the one that began last signs.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';
import { signStatement } from '@dokodemo/proof';

export type PaperSigner = {
  /** DER, of the key that signs. */
  readonly certificate: Uint8Array;
  readonly fromMs: number;
  readonly untilMs: number;
  /** ECDSA with SHA-256 over P-256, 64 bytes (IEEE P1363). Rejects when the key cannot be used. */
  sign(statement: Uint8Array): Promise<Uint8Array>;
};

/** `certificate`: DER. Throws what node:crypto throws when it cannot be read. */
export function paperSigner(certificate: Uint8Array, sign: PaperSigner['sign']): PaperSigner {
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  return { certificate, fromMs: validFromDate.getTime(), untilMs: validToDate.getTime(), sign };
}

export function softwareSigner(key: KeyObject, certificate: Uint8Array): PaperSigner {
  return paperSigner(certificate, async (statement) => signStatement(statement, key));
}

/** Undefined: at that moment none of them counts. */
export function signerInForce(signers: readonly PaperSigner[], atMs: number): PaperSigner | undefined {
  return signers
    .filter(({ fromMs, untilMs }) => fromMs <= atMs && atMs <= untilMs)
    .reduce<PaperSigner | undefined>(
      (last, it) => (last === undefined || it.fromMs > last.fromMs ? it : last),
      undefined,
    );
}
