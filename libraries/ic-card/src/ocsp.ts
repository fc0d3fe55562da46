import { createHash } from 'node:crypto';
import { type Clock, type Entropy, systemClock, systemEntropy } from '@dokodemo/domain';
import {
  type CertificateFields,
  extensionsIn,
  hexOf,
  oids,
  readCertificate,
  serialOf,
  wholeBytesOf,
} from './certificate-fields.ts';
import { isIssuedBy } from './credential.ts';
import {
  DerError,
  type DerValue,
  derChildren,
  derContent,
  derEncode,
  derInside,
  derOid,
  derTime,
  derWhole,
  TAG,
} from './der.ts';
import { ExchangeError, type HttpExchange, httpExchange } from './http-exchange.ts';
import {
  checkFreshness,
  DoubtError,
  type Freshness,
  type RevocationAnswer,
  type RevocationSource,
} from './revocation.ts';
import { isSignedBy } from './signing.ts';

export type OcspOptions = {
  readonly url: string;
  readonly clock?: Clock;
  readonly entropy?: Entropy;
  readonly exchange?: HttpExchange;
  /** 5 s unless said otherwise. */
  readonly timeoutMs?: number;
  /** 16 KiB unless said otherwise. */
  readonly maxBytes?: number;
  /** 5 minutes unless said otherwise. */
  readonly skewMs?: number;
  /** Older answers are stale whatever they promise; 24 hours unless said otherwise. */
  readonly maxAgeMs?: number;
  /** Answers without our nonce are refused unless this is false: for authorities that prepare their answers. */
  readonly requireNonce?: boolean;
};

const sha1Oid = Uint8Array.of(0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a);
const derNull = Uint8Array.of(0x05, 0x00);
/** RFC 9654: 32 bytes. */
const nonceBytes = 32;
const embeddedCertificatesMax = 4;
const answersMax = 8;

/** Asks an OCSP responder (RFC 6960) over HTTP, once per question. */
export function ocspSource(options: OcspOptions): RevocationSource {
  const { url, clock = systemClock, entropy = systemEntropy, exchange = httpExchange(clock) } = options;
  const { timeoutMs = 5_000, maxBytes = 16_384, requireNonce = true } = options;
  const { skewMs = 300_000, maxAgeMs = 86_400_000 } = options;
  return {
    async status(serialHex, issuerDer) {
      try {
        const nonce = entropy.bytes(nonceBytes);
        const { status, body } = await exchange({
          url,
          method: 'POST',
          contentType: 'application/ocsp-request',
          body: ocspRequest({ serialHex, issuerDer, nonce }),
          timeoutMs,
          maxBytes,
        });
        if (status !== 200) throw new DoubtError('SERVICE_REFUSED', `HTTP ${status}`);
        const freshness = { now: clock.now(), skewMs, maxAgeMs };
        return readOcspResponse(body, { serialHex, issuerDer, nonce, requireNonce, freshness });
      } catch (error) {
        return doubtful(error, 'ocsp');
      }
    },
  };
}

/** Turns what went wrong into an answer; faults of the program go on. */
export function doubtful(error: unknown, by: 'ocsp' | 'crl'): RevocationAnswer {
  if (error instanceof DoubtError) return { status: 'unknown', by, doubt: error.doubt, detail: error.message };
  if (error instanceof ExchangeError) return { status: 'unknown', by, doubt: error.code, detail: error.message };
  if (error instanceof DerError) return { status: 'unknown', by, doubt: 'MALFORMED', detail: error.message };
  throw error;
}

/** OCSPRequest for one certificate, DER. Throws DoubtError when the issuer's certificate cannot be read. */
export function ocspRequest(ask: { serialHex: string; issuerDer: Uint8Array; nonce: Uint8Array }): Uint8Array {
  const { nameHash, keyHash } = issuerHashes(issuerFields(ask.issuerDer), 'sha1');
  const certId = derEncode(
    TAG.SEQUENCE,
    derEncode(TAG.SEQUENCE, sha1Oid, derNull),
    derEncode(TAG.OCTET_STRING, nameHash),
    derEncode(TAG.OCTET_STRING, keyHash),
    derInteger(ask.serialHex),
  );
  const nonceOid = Uint8Array.of(0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02);
  const nonceValue = derEncode(TAG.OCTET_STRING, derEncode(TAG.OCTET_STRING, ask.nonce));
  const extensions = derEncode(TAG.SEQUENCE, derEncode(TAG.SEQUENCE, nonceOid, nonceValue));
  const list = derEncode(TAG.SEQUENCE, derEncode(TAG.SEQUENCE, certId));
  return derEncode(TAG.SEQUENCE, derEncode(TAG.SEQUENCE, list, derEncode(0xa2, extensions)));
}

export type OcspQuestion = {
  readonly serialHex: string;
  readonly issuerDer: Uint8Array;
  readonly nonce: Uint8Array;
  readonly requireNonce: boolean;
  readonly freshness: Freshness;
};

/** Judges an OCSPResponse. Throws DoubtError or DerError for everything but a believable good or revoked. */
export function readOcspResponse(der: Uint8Array, question: OcspQuestion): RevocationAnswer {
  const issuer = issuerFields(question.issuerDer);
  const [responseStatus, holder] = derChildren(derWhole(der), TAG.SEQUENCE);
  const code = derContent(responseStatus, TAG.ENUMERATED)[0];
  if (code !== 0) throw new DoubtError('SERVICE_REFUSED', `OCSP status ${code}`);
  const [type, octets] = derChildren(derInside(holder, 0xa0), TAG.SEQUENCE);
  if (derOid(type) !== oids.ocspBasic) throw new DoubtError('MALFORMED', 'not a basic OCSP response');
  const basic = derChildren(derWhole(derContent(octets, TAG.OCTET_STRING)), TAG.SEQUENCE);
  const [tbs, algorithm, signature, certificates] = basic;
  const parts = derChildren(tbs, TAG.SEQUENCE);
  // The version is [0] and left out when it is 1, the only one there is.
  const [responderId, producedAt, responses, extensions] = parts[0]?.tag === 0xa0 ? parts.slice(1) : parts;
  const signer = findSigner(responderId, certificates, issuer, question.freshness.now);
  const oid = derOid(derChildren(algorithm, TAG.SEQUENCE)[0]);
  if (!isSignedBy(signer.publicKey, oid, tbs?.whole ?? new Uint8Array(0), wholeBytesOf(signature))) {
    throw new DoubtError('WRONG_SIGNER', 'the signature does not fit');
  }
  // Only what is signed by the right one is read any further.
  checkNonce(extensions, question);
  checkFreshness(derTime(producedAt), undefined, question.freshness);
  return statusIn(responses, issuer, question);
}

function findSigner(
  responderId: DerValue | undefined,
  certificates: DerValue | undefined,
  issuer: CertificateFields,
  now: number,
): CertificateFields {
  if (isNamed(responderId, issuer)) return issuer;
  const embedded = certificates ? derChildren(derInside(certificates, 0xa0), TAG.SEQUENCE) : [];
  for (const { whole } of embedded.slice(0, embeddedCertificatesMax)) {
    const fields = readCertificate(whole);
    if (fields && isNamed(responderId, fields) && mayAnswerFor(fields, issuer, now)) return fields;
  }
  throw new DoubtError('WRONG_SIGNER', 'signed neither by the CA nor by a responder it appointed');
}

/** RFC 6960 §4.2.2.2: appointed by the CA itself, by a certificate that says so and is valid now. */
function mayAnswerFor(signer: CertificateFields, issuer: CertificateFields, now: number): boolean {
  return (
    isIssuedBy(signer, issuer) &&
    !signer.isCa &&
    !signer.unknownCritical &&
    signer.extendedKeyUsage?.includes(oids.ocspSigning) === true &&
    signer.keyUsage?.has('digitalSignature') !== false &&
    // Who checks the checker? id-pkix-ocsp-nocheck is the CA's word that nobody needs to.
    signer.ocspNoCheck &&
    now >= signer.notBefore &&
    now <= signer.notAfter
  );
}

function isNamed(responderId: DerValue | undefined, fields: CertificateFields): boolean {
  if (responderId?.tag === 0xa1) return Buffer.compare(responderId.content, fields.subjectDer) === 0;
  const keyHash = derContent(derInside(responderId, 0xa2), TAG.OCTET_STRING);
  return Buffer.compare(keyHash, issuerHashes(fields, 'sha1').keyHash) === 0;
}

function checkNonce(holder: DerValue | undefined, question: OcspQuestion): void {
  const found = extensionsIn(holder?.tag === 0xa1 ? holder : undefined).get(oids.ocspNonce)?.value;
  if (found === undefined) {
    if (question.requireNonce) throw new DoubtError('NONCE_MISMATCH', 'the answer has no nonce');
    return;
  }
  if (Buffer.compare(derContent(found, TAG.OCTET_STRING), question.nonce) !== 0) {
    throw new DoubtError('NONCE_MISMATCH', 'the answer has another nonce: it answers an older question');
  }
}

function statusIn(
  responses: DerValue | undefined,
  issuer: CertificateFields,
  question: OcspQuestion,
): RevocationAnswer {
  const answers = derChildren(responses, TAG.SEQUENCE).slice(0, answersMax);
  const mine = answers
    .map((answer) => derChildren(answer, TAG.SEQUENCE))
    .find(([certId]) => isAbout(certId, issuer, question.serialHex));
  if (mine === undefined) throw new DoubtError('OTHER_CERTIFICATE', 'the answer is about another certificate');
  const [, status, thisUpdate, ...rest] = mine;
  const next = rest.find((it) => it.tag === 0xa0);
  const producedAt = derTime(thisUpdate);
  const nextUpdate = checkFreshness(producedAt, next && derTime(derInside(next, 0xa0)), question.freshness);
  const answered = { by: 'ocsp', producedAt, nextUpdate } as const;
  switch (status?.tag) {
    case 0x80:
      return { status: 'good', ...answered };
    case 0xa1:
      return { status: 'revoked', revokedAt: derTime(derChildren(status, 0xa1)[0]), ...answered };
    case 0x82:
      throw new DoubtError('NEVER_ISSUED', 'the authority does not know this certificate');
    default:
      throw new DoubtError('MALFORMED', 'a status that does not exist');
  }
}

const hashNames: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
]);

function isAbout(certId: DerValue | undefined, issuer: CertificateFields, serialHex: string): boolean {
  const [algorithm, name, key, serial] = derChildren(certId, TAG.SEQUENCE);
  const hash = hashNames.get(derOid(derChildren(algorithm, TAG.SEQUENCE)[0]));
  if (hash === undefined) return false;
  const { nameHash, keyHash } = issuerHashes(issuer, hash);
  return (
    Buffer.compare(derContent(name, TAG.OCTET_STRING), nameHash) === 0 &&
    Buffer.compare(derContent(key, TAG.OCTET_STRING), keyHash) === 0 &&
    serialOf(serial) === serialHex
  );
}

/** Digests by which OCSP names a CA: of its name, and of its public key's bits. */
function issuerHashes(fields: CertificateFields, hash: string): { nameHash: Uint8Array; keyHash: Uint8Array } {
  const [, bits] = derChildren(derWhole(fields.spki), TAG.SEQUENCE);
  const digest = (bytes: Uint8Array) => createHash(hash).update(bytes).digest();
  return { nameHash: digest(fields.subjectDer), keyHash: digest(wholeBytesOf(bits)) };
}

function issuerFields(issuerDer: Uint8Array): CertificateFields {
  const fields = readCertificate(issuerDer);
  if (fields === undefined) throw new DoubtError('WRONG_SIGNER', 'the CA’s certificate cannot be read');
  return fields;
}

function derInteger(hex: string): Uint8Array {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length === 0 || hexOf(bytes) !== hex) throw new DoubtError('MALFORMED', 'not a serial number');
  const sign = ((bytes[0] ?? 0) & 0x80) === 0 ? [] : [0];
  return derEncode(TAG.INTEGER, Uint8Array.from([...sign, ...bytes]));
}
