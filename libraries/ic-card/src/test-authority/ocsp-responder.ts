import { createHash, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  BasicOCSPResponse,
  type CertID,
  Certificate,
  OCSPRequest,
  OCSPResponse,
  ResponseBytes,
  ResponseData,
  SingleResponse,
} from 'pkijs';
import { hexOf, oids } from '../certificate-fields.ts';
import { signatureAlgorithmOf } from '../signing.ts';
import { extension, keyIdentifier, octetString, sealed } from './certificate-maker.ts';

export type StatusInBooks =
  | { readonly status: 'good' | 'unknown' }
  | { readonly status: 'revoked'; readonly revokedAt: number };

type Responder = {
  readonly caCertificateDer: Uint8Array;
  readonly signerKey: KeyObject;
  readonly signerCertificateDer: Uint8Array;
  statusOf(serialHex: string): StatusInBooks;
  readonly now: number;
  readonly validMs: number;
};

const requestMaxBytes = 4_096;
const requestsMax = 8;
const nonceMaxBytes = 128;

/** RFC 6960 §4.2.2.3: errors are answered unsigned. */
const malformedRequest = 1;

export function answerOcsp(requestDer: Uint8Array, responder: Responder): Uint8Array {
  const asked = readRequest(requestDer);
  if (asked === undefined) return errorResponse(malformedRequest);
  const ca = Certificate.fromBER(Uint8Array.from(responder.caCertificateDer));
  const data = new ResponseData({
    responderID: octetString(keyIdentifier(responder.signerKey)),
    producedAt: wholeSeconds(responder.now),
    responses: asked.certIds.map((certId) => singleResponse(certId, ca, responder)),
    ...(asked.nonce ? { responseExtensions: [extension(oids.ocspNonce, false, octetString(asked.nonce))] } : {}),
  });
  const basic = new BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: signatureAlgorithmOf(responder.signerKey),
    certs: [Certificate.fromBER(Uint8Array.from(responder.signerCertificateDer))],
  });
  return new Uint8Array(
    new OCSPResponse({
      responseStatus: new asn1js.Enumerated({ value: 0 }),
      responseBytes: new ResponseBytes({
        responseType: oids.ocspBasic,
        response: octetString(signedBasic(basic, responder.signerKey)),
      }),
    })
      .toSchema()
      .toBER(),
  );
}

function signedBasic(basic: BasicOCSPResponse, key: KeyObject): Uint8Array {
  const certificates = basic.certs ?? [];
  const tbs = basic.tbsResponseData.toSchema(true);
  const three = sealed(
    { toSchema: () => new asn1js.Sequence({ value: [tbs, basic.signatureAlgorithm.toSchema()] }) },
    key,
  );
  const parts = asn1js.fromBER(three).result;
  if (!(parts instanceof asn1js.Sequence)) throw new Error('a signed structure is a SEQUENCE');
  const enclosed = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 0 },
    value: [new asn1js.Sequence({ value: certificates.map((it) => it.toSchema()) })],
  });
  return new Uint8Array(new asn1js.Sequence({ value: [...parts.valueBlock.value, enclosed] }).toBER());
}

function readRequest(der: Uint8Array): { certIds: CertID[]; nonce: Uint8Array | undefined } | undefined {
  if (der.length === 0 || der.length > requestMaxBytes) return undefined;
  try {
    const { tbsRequest } = OCSPRequest.fromBER(Uint8Array.from(der));
    const certIds = tbsRequest.requestList.map((it) => it.reqCert);
    if (certIds.length === 0 || certIds.length > requestsMax) return undefined;
    const found = tbsRequest.requestExtensions?.find((it) => it.extnID === oids.ocspNonce)?.extnValue;
    const inner = found && asn1js.fromBER(Uint8Array.from(found.valueBlock.valueHexView)).result;
    const nonce = inner instanceof asn1js.OctetString ? Uint8Array.from(inner.valueBlock.valueHexView) : undefined;
    return { certIds, nonce: nonce && nonce.length <= nonceMaxBytes ? nonce : undefined };
  } catch {
    // Whatever the parser dislikes is the caller's malformed request; the caller is told so.
    return undefined;
  }
}

function singleResponse(certId: CertID, ca: Certificate, responder: Responder): SingleResponse {
  const known = asksAbout(certId, ca);
  const serialHex = hexOf(certId.serialNumber.valueBlock.valueHexView).replace(/^00(?=.)/, '');
  const found: StatusInBooks = known ? responder.statusOf(serialHex) : { status: 'unknown' };
  return new SingleResponse({
    certID: certId,
    certStatus: certStatus(found),
    thisUpdate: wholeSeconds(responder.now),
    nextUpdate: wholeSeconds(responder.now + responder.validMs),
  });
}

/** CertStatus: good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL (RFC 6960 §4.2.1). */
function certStatus(found: StatusInBooks): asn1js.Primitive | asn1js.Constructed {
  if (found.status !== 'revoked') {
    return new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: found.status === 'good' ? 0 : 2 } });
  }
  return new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 1 },
    value: [new asn1js.GeneralizedTime({ valueDate: wholeSeconds(found.revokedAt) })],
  });
}

const hashNames: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
]);

function asksAbout(certId: CertID, ca: Certificate): boolean {
  const hash = hashNames.get(certId.hashAlgorithm.algorithmId);
  if (hash === undefined) return false;
  const digest = (bytes: Uint8Array) => createHash(hash).update(bytes).digest();
  const name = digest(new Uint8Array(ca.subject.toSchema().toBER()));
  const key = digest(ca.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView);
  return (
    name.equals(certId.issuerNameHash.valueBlock.valueHexView) &&
    key.equals(certId.issuerKeyHash.valueBlock.valueHexView)
  );
}

function errorResponse(responseStatus: number): Uint8Array {
  const value = [new asn1js.Enumerated({ value: responseStatus })];
  return new Uint8Array(new asn1js.Sequence({ value }).toBER());
}

function wholeSeconds(epochMs: number): Date {
  return new Date(Math.floor(epochMs / 1000) * 1000);
}
