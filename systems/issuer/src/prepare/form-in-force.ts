import { X509Certificate } from 'node:crypto';
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { type Certifier, inForceOn, type MunicipalityProfile, type OfficialSeal } from '../municipality.ts';

export type FormInForce = { readonly certifier: Certifier; readonly seal: OfficialSeal; readonly specimen: boolean };

/** Certifier, official seal and signing key of a day. Anything missing: nothing is issued (岡山市 2023: 14 certificates
 *  without a seal). */
export function formInForce(profile: MunicipalityProfile, day: string, nowMs: number): Answer<FormInForce> {
  const certifier = inForceOn(profile.certifiers, day);
  if (certifier === undefined || certifier.name.trim() === '')
    return refuse('FORM_INCOMPLETE', 'no certifier in force');
  const seals = profile.seals.filter(({ capacity }) => capacity === certifier.capacity);
  const seal = inForceOn(seals, day);
  if (seal === undefined) return refuse('FORM_INCOMPLETE', `no official seal of the ${certifier.capacity} in force`);
  const certificate = new X509Certificate(profile.signer.certificate);
  if (nowMs < certificate.validFromDate.getTime() || nowMs > certificate.validToDate.getTime()) {
    return refuse('FORM_INCOMPLETE', 'the document-signing certificate is not in force');
  }
  return answer({ certifier, seal, specimen: profile.mode !== 'production' || seal.specimen });
}
