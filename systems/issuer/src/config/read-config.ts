/** From a configuration to what the issuer works with: every fault is said at once, before anything listens. */
import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { FormEngine } from '@dokodemo/documents';
import { dayNumber, faultsOfCalendar, faultsOfFees, isMunicipalityCode, municipalityCode } from '@dokodemo/domain';
import { isTestAuthority } from '@dokodemo/ic-card';
import { ConfigError, certificateOf, checkedConfig, identityFaults, keyOf } from '@dokodemo/protocol/config';
import type { EnrolmentProfile, MunicipalityProfile, OfficialSeal, Ordinance } from '../municipality.ts';
import { type PaperSigner, softwareSigner } from '../prepare/paper-signer.ts';
import { pkcs11Signer } from '../prepare/pkcs11-signer.ts';
import { IssuerConfig, type MunicipalityConfig, type PaperSignerConfig } from './config.ts';
import { sealOfBitmap } from './seal-image.ts';

/** Throws ConfigError. */
export const checkConfig = (given: unknown): IssuerConfig =>
  checkedConfig('issuer', IssuerConfig, given, ({ tls }) => identityFaults(tls, 'issuer'));

export function cardAuthoritiesOf(config: IssuerConfig): readonly Uint8Array[] {
  const authorities = config.cardAuthorities.map((material) => new Uint8Array(certificateOf(material).raw));
  if (config.production && authorities.some(isTestAuthority)) {
    throw new ConfigError('issuer', ['cardAuthorities: a test authority is not believed in production']);
  }
  return authorities;
}

function faultsOfCertificate(code: string, certificate: X509Certificate, what: string): string[] {
  const subject = certificate.subject.split('\n');
  return subject.includes('OU=document-signing') && subject.includes(`CN=${code}`)
    ? []
    : [`${what}.certificate is not the document-signing certificate of ${code}`];
}

function faultsOfSigner(code: string, key: KeyObject, certificate: X509Certificate, what = 'signer'): string[] {
  return [
    ...faultsOfCertificate(code, certificate, what),
    ...(createPublicKey(key).equals(certificate.publicKey)
      ? []
      : [`${what}.key is not the key of ${what}.certificate`]),
    ...(key.asymmetricKeyType === 'ec' ? [] : [`${what}.key is no EC key`]),
  ];
}

function faultsOfDays(entries: readonly { readonly from: string; readonly until?: string }[], what: string): string[] {
  return entries.flatMap(({ from, until }, i) => {
    try {
      return dayNumber(from) <= dayNumber(until ?? from) ? [] : [`${what}[${i}] ends before it begins`];
    } catch (error) {
      return [`${what}[${i}]: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

export type SealMaker = Pick<FormEngine, 'drawSeal'>;

function sealOf(seal: MunicipalityConfig['seals'][number], maker: SealMaker): OfficialSeal {
  const { widthMm, impression, ...rest } = seal;
  return 'specimen' in impression
    ? { ...rest, specimen: true, legend: impression.specimen, image: maker.drawSeal(impression.specimen, widthMm) }
    : { ...rest, specimen: false, image: sealOfBitmap(readFileSync(impression.bitmap), widthMm) };
}

function ordinanceOf({ authorities, stopped }: NonNullable<MunicipalityConfig['ordinance']>): Ordinance {
  return {
    authorities: authorities.map((material) => new Uint8Array(certificateOf(material).raw)),
    stopped: stopped ?? [],
  };
}

function enrolmentOf({ key, authority, neighbours }: NonNullable<MunicipalityConfig['enrolment']>): EnrolmentProfile {
  return { key: keyOf(key), documentAuthority: new Uint8Array(certificateOf(authority).raw), neighbours };
}

function faultsOfSecondPin({ kinds, ordinance }: MunicipalityConfig, production: boolean): string[] {
  const demanded = kinds.filter(({ secondPin }) => secondPin === true);
  if (ordinance === undefined) {
    return demanded.map(
      ({ kindId }) => `kinds: ${kindId} demands a second PIN, and no ordinance authority certifies one`,
    );
  }
  const { authorities } = ordinanceOf(ordinance);
  return production && authorities.some(isTestAuthority)
    ? ['ordinance.authorities: a test authority is not believed in production']
    : [];
}

/** A copy carries the authority's certificate, and verifiers hold it against the signer's. */
function faultsOfElectronicCopies({ kinds, electronicCopies, signer, paperSigners }: MunicipalityConfig): string[] {
  if (electronicCopies === undefined) {
    return kinds
      .filter((it) => it.electronicCopies === true)
      .map(({ kindId }) => `kinds: ${kindId} offers electronic copies, and electronicCopies is not set`);
  }
  const authority = certificateOf(electronicCopies.authority);
  return (paperSigners ?? [signer])
    .filter((it) => !certificateOf(it.certificate).checkIssued(authority))
    .map(() => 'electronicCopies.authority has not certified the document-signing keys');
}

function faultsOfTaxPolicy(tax: MunicipalityConfig['policies']['tax']): string[] {
  const certificates = tax?.certificates ?? [];
  const named = certificates.map(({ certificate }) => certificate);
  return [
    ...named.filter((it, i) => named.indexOf(it) !== i).map((it) => `policies.tax: ${it} is named twice`),
    // 2024 is a leap year: 02-29 may be named.
    ...certificates.flatMap(({ certificate, newYearFrom }) =>
      faultsOfDays([{ from: `2024-${newYearFrom}` }], `policies.tax: ${certificate}`),
    ),
  ];
}

function faultsOfPaperSigner(code: string, given: PaperSignerConfig, what: string): string[] {
  const certificate = certificateOf(given.certificate);
  if ('key' in given) return faultsOfSigner(code, keyOf(given.key), certificate, what);
  const { module, pinFile } = given.pkcs11;
  return [
    ...faultsOfCertificate(code, certificate, what),
    ...(certificate.publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? []
      : [`${what}: its key is not of P-256`]),
    ...(existsSync(module) ? [] : [`${what}.pkcs11.module: there is no ${module}`]),
    ...(existsSync(pinFile) ? [] : [`${what}.pkcs11.pinFile: there is no ${pinFile}`]),
  ];
}

function paperSignerOf(given: PaperSignerConfig): PaperSigner {
  const certificate = new Uint8Array(certificateOf(given.certificate).raw);
  return 'key' in given ? softwareSigner(keyOf(given.key), certificate) : pkcs11Signer(given.pkcs11, certificate);
}

/** `production`: of the whole issuer. */
export function profileOfConfig(
  config: MunicipalityConfig,
  production: boolean,
  maker: SealMaker,
): MunicipalityProfile {
  const { registry: _, signer, paperSigners, code, seals, ordinance, enrolment, electronicCopies, ...rest } = config;
  const key = keyOf(signer.key);
  const certificate = certificateOf(signer.certificate);
  const faults = [
    ...(isMunicipalityCode(code) ? [] : ['code: its check digit is wrong']),
    ...faultsOfCalendar(rest.calendar),
    ...faultsOfFees(rest.fees),
    ...faultsOfDays(rest.kinds, 'kinds'),
    ...faultsOfDays(rest.notices ?? [], 'notices'),
    ...faultsOfTaxPolicy(rest.policies.tax),
    ...faultsOfDays(rest.certifiers, 'certifiers'),
    ...faultsOfDays(seals, 'seals'),
    ...faultsOfSigner(code, key, certificate),
    ...(paperSigners ?? []).flatMap((it, i) => faultsOfPaperSigner(code, it, `paperSigners[${i}]`)),
    ...faultsOfSecondPin(config, production),
    ...faultsOfElectronicCopies(config),
    ...(enrolment === undefined || keyOf(enrolment.key).asymmetricKeyType === 'x25519'
      ? []
      : ['enrolment.key is no X25519 key']),
    ...(production && rest.mode !== 'production' ? ['mode: an issuer in production issues no specimens'] : []),
    ...(production && seals.some(({ impression }) => 'specimen' in impression)
      ? ['seals: a specimen seal in production']
      : []),
  ];
  if (faults.length > 0)
    throw new ConfigError(
      'issuer',
      faults.map((fault) => `${code}: ${fault}`),
    );
  return {
    ...rest,
    code: municipalityCode(code),
    seals: seals.map((seal) => sealOf(seal, maker)),
    signer: { key, certificate: new Uint8Array(certificate.raw) },
    ...(paperSigners === undefined ? {} : { paperSigners: paperSigners.map(paperSignerOf) }),
    ...(electronicCopies === undefined
      ? {}
      : {
          electronicCopies: {
            ...electronicCopies,
            authority: new Uint8Array(certificateOf(electronicCopies.authority).raw),
          },
        }),
    ...(ordinance === undefined ? {} : { ordinance: ordinanceOf(ordinance) }),
    ...(enrolment === undefined ? {} : { enrolment: enrolmentOf(enrolment) }),
  };
}
