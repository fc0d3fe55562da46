import { type Clock, systemClock } from '@dokodemo/domain';
import {
  extensionsIn,
  extensionsOf,
  hexOf,
  oids,
  readCertificate,
  serialOf,
  wholeBytesOf,
} from './certificate-fields.ts';
import { type DerValue, derChildren, derContent, derOid, derTime, derWhole, TAG } from './der.ts';
import { type HttpExchange, httpExchange } from './http-exchange.ts';
import { doubtful } from './ocsp.ts';
import { checkFreshness, DoubtError, type RevocationAnswer, type RevocationSource } from './revocation.ts';
import { isSignedBy } from './signing.ts';

/** A certificate revocation list that was read and believed. */
export type RevocationList = {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Grows with every list an authority gives out. */
  readonly number: bigint;
  /** serialHex → when it was revoked. */
  readonly revoked: ReadonlyMap<string, number>;
};

/**
 * A complete CRL (RFC 5280 §5) of that CA. Throws DoubtError or DerError for everything else: delta and partial lists
 * mark themselves by critical extensions, and are refused.
 */
export function readCrl(der: Uint8Array, issuerDer: Uint8Array): RevocationList {
  const issuer = readCertificate(issuerDer);
  if (issuer === undefined) throw new DoubtError('WRONG_SIGNER', 'the CA’s certificate cannot be read');
  const [tbs, algorithm, signature] = derChildren(derWhole(der), TAG.SEQUENCE);
  const [version, inner, name, thisUpdate, nextUpdate, ...rest] = derChildren(tbs, TAG.SEQUENCE);
  if (hexOf(derContent(version, TAG.INTEGER)) !== '01') throw new DoubtError('MALFORMED', 'not a CRL of version 2');
  if (name === undefined || tbs === undefined || algorithm === undefined || inner === undefined) {
    throw new DoubtError('MALFORMED', 'not a CRL');
  }
  const mayGive = issuer.isCa && issuer.keyUsage?.has('cRLSign') === true;
  if (!mayGive || Buffer.compare(name.whole, issuer.subjectDer) !== 0) {
    throw new DoubtError('WRONG_SIGNER', 'the list of another authority');
  }
  const sameAlgorithm = Buffer.compare(inner.whole, algorithm.whole) === 0;
  const oid = derOid(derChildren(algorithm, TAG.SEQUENCE)[0]);
  if (!sameAlgorithm || !isSignedBy(issuer.publicKey, oid, tbs.whole, wholeBytesOf(signature))) {
    throw new DoubtError('WRONG_SIGNER', 'the signature does not fit');
  }
  const extensions = extensionsIn(rest.find((it) => it.tag === 0xa0));
  if ([...extensions.values()].some((it) => it.critical)) throw new DoubtError('MALFORMED', 'not a complete list');
  const number = hexOf(derContent(extensions.get(oids.crlNumber)?.value, TAG.INTEGER));
  return {
    thisUpdate: derTime(thisUpdate),
    // Without nextUpdate nobody could say when the list is stale; derTime refuses its absence.
    nextUpdate: derTime(nextUpdate),
    number: BigInt(`0x${number}`),
    revoked: entriesIn(rest.find((it) => it.tag === TAG.SEQUENCE)),
  };
}

const harmless: ReadonlySet<string> = new Set([oids.crlReason, oids.invalidityDate]);

function entriesIn(list: DerValue | undefined): ReadonlyMap<string, number> {
  const revoked = new Map<string, number>();
  if (list === undefined) return revoked;
  for (const entry of derChildren(list, TAG.SEQUENCE)) {
    const [serial, revokedAt, extensions] = derChildren(entry, TAG.SEQUENCE);
    // A critical extension may say that the entry is another authority's.
    for (const [oid, { critical }] of extensionsOf(extensions)) {
      if (critical && !harmless.has(oid)) throw new DoubtError('MALFORMED', 'an entry that is not understood');
    }
    revoked.set(serialOf(serial), derTime(revokedAt));
  }
  return revoked;
}

export type CrlOptions = {
  readonly url: string;
  readonly clock?: Clock;
  readonly exchange?: HttpExchange;
  /** 15 s unless said otherwise. */
  readonly timeoutMs?: number;
  /** 15 MiB unless said otherwise. */
  readonly maxBytes?: number;
  /** 5 minutes unless said otherwise. */
  readonly skewMs?: number;
  /** Older lists are stale whatever they promise; 48 hours unless said otherwise. */
  readonly maxAgeMs?: number;
  /** A kept list is fetched again after this; 10 minutes unless said otherwise. */
  readonly refreshMs?: number;
};

type Kept = { readonly list: RevocationList; readonly fetchedAt: number };

/** Fetches the CRL of one CA and keeps it for a while. Several questions at once share one fetch. */
export function crlSource(options: CrlOptions): RevocationSource {
  const { url, clock = systemClock, exchange = httpExchange(clock), timeoutMs = 15_000 } = options;
  const { maxBytes = 15 * 1_048_576, skewMs = 300_000, maxAgeMs = 172_800_000, refreshMs = 600_000 } = options;
  // By the CA's certificate, so that one CA's list never answers for another. A source has one URL, hence one CA; the
  // bound only keeps a wrong caller from filling the memory.
  const kept = new Map<string, Kept>();
  const casMax = 4;
  const underWay = new Map<string, Promise<RevocationList>>();

  async function fetchList(issuerDer: Uint8Array, ca: string): Promise<RevocationList> {
    const { status, body } = await exchange({ url, method: 'GET', timeoutMs, maxBytes });
    if (status !== 200) throw new DoubtError('SERVICE_REFUSED', `HTTP ${status}`);
    const list = readCrl(body, issuerDer);
    checkFreshness(list.thisUpdate, list.nextUpdate, { now: clock.now(), skewMs, maxAgeMs });
    const before = kept.get(ca)?.list.number ?? -1n;
    // An older list, still in its time, would make revoked certificates good again.
    if (list.number < before) throw new DoubtError('STALE', `list ${list.number} after list ${before}`);
    if (kept.size >= casMax && !kept.has(ca)) kept.clear();
    kept.set(ca, { list, fetchedAt: clock.now() });
    return list;
  }

  async function currentList(issuerDer: Uint8Array): Promise<RevocationList> {
    const ca = hexOf(issuerDer);
    const found = kept.get(ca);
    if (found && clock.now() - found.fetchedAt < refreshMs) return found.list;
    let fetching = underWay.get(ca);
    if (fetching === undefined) {
      fetching = fetchList(issuerDer, ca).finally(() => underWay.delete(ca));
      underWay.set(ca, fetching);
    }
    return fetching;
  }

  return {
    async status(serialHex, issuerDer): Promise<RevocationAnswer> {
      try {
        const list = await currentList(issuerDer);
        const freshness = { now: clock.now(), skewMs, maxAgeMs };
        const nextUpdate = checkFreshness(list.thisUpdate, list.nextUpdate, freshness);
        const answered = { by: 'crl', producedAt: list.thisUpdate, nextUpdate } as const;
        const revokedAt = list.revoked.get(serialHex);
        return revokedAt === undefined
          ? { status: 'good', ...answered }
          : { status: 'revoked', revokedAt, ...answered };
      } catch (error) {
        return doubtful(error, 'crl');
      }
    },
  };
}
