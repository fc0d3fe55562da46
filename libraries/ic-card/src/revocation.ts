/** Whether a certificate still holds, as its authority says. Any doubt is not `good`. */

export type RevocationDoubt =
  /** The service could not be reached, or not in time, or sent more than it may. */
  | 'UNREACHABLE'
  | 'TIMEOUT'
  | 'TOO_LARGE'
  /** It answered with an HTTP or OCSP error. */
  | 'SERVICE_REFUSED'
  | 'MALFORMED'
  /** Signed by nobody who may speak for the authority. */
  | 'WRONG_SIGNER'
  /** An answer to another question: replayed, or about another certificate. */
  | 'NONCE_MISMATCH'
  | 'OTHER_CERTIFICATE'
  /** Too old, or from the future. */
  | 'STALE'
  | 'NOT_YET'
  /** The authority itself says that it never issued this certificate. */
  | 'NEVER_ISSUED';

type Answered = {
  readonly by: 'ocsp' | 'crl';
  /** Milliseconds since 1970-01-01T00:00Z: when the authority said so, and until when it stands. */
  readonly producedAt: number;
  readonly nextUpdate: number;
};

export type RevocationAnswer =
  | ({ readonly status: 'good' } & Answered)
  | ({ readonly status: 'revoked'; readonly revokedAt: number } & Answered)
  | {
      readonly status: 'unknown';
      readonly by: 'ocsp' | 'crl';
      readonly doubt: RevocationDoubt;
      /** For the operator. */
      readonly detail: string;
    };

export interface RevocationSource {
  /** `issuerDer` is the certificate of the CA that issued the one asked about. Never rejects for a doubtful answer. */
  status(serialHex: string, issuerDer: Uint8Array): Promise<RevocationAnswer>;
}

/** A doubt on its way out of a reader of answers. */
export class DoubtError extends Error {
  readonly doubt: RevocationDoubt;

  constructor(doubt: RevocationDoubt, detail: string) {
    super(detail);
    this.name = 'DoubtError';
    this.doubt = doubt;
  }
}

export type Freshness = {
  readonly now: number;
  /** How far apart the clocks may be. */
  readonly skewMs: number;
  /** Older than this is stale even when its nextUpdate is later. */
  readonly maxAgeMs: number;
};

/** Throws DoubtError unless `now` lies between the two, and the statement is not too old. Returns until when it stands. */
export function checkFreshness(thisUpdate: number, nextUpdate: number | undefined, freshness: Freshness): number {
  const { now, skewMs, maxAgeMs } = freshness;
  const until = Math.min(nextUpdate ?? Number.POSITIVE_INFINITY, thisUpdate + maxAgeMs);
  if (thisUpdate > now + skewMs) throw new DoubtError('NOT_YET', `said at ${new Date(thisUpdate).toISOString()}`);
  if (now > until + skewMs) throw new DoubtError('STALE', `stood until ${new Date(until).toISOString()}`);
  return until;
}

/**
 * OCSP first; the CRL only when OCSP gave no believable answer. "Never issued" is an answer: a CRL, which lists only
 * what was revoked, would call a certificate good that never was.
 */
export function ocspThenCrl(ocsp: RevocationSource, crl: RevocationSource): RevocationSource {
  return {
    async status(serialHex, issuerDer) {
      const first = await ocsp.status(serialHex, issuerDer);
      if (first.status !== 'unknown' || first.doubt === 'NEVER_ISSUED') return first;
      const second = await crl.status(serialHex, issuerDer);
      if (second.status !== 'unknown') return second;
      return { ...second, detail: `OCSP: ${first.doubt} (${first.detail}); CRL: ${second.detail}` };
    },
  };
}
