import { X509Certificate } from 'node:crypto';
import type { Authority } from '@dokodemo/protocol/authority';
import { certify } from '@dokodemo/protocol/authority';
import type { IssuerConfig } from '../config/config.ts';
import { otherTown, town } from './people.ts';
import { type Keys, profileOf } from './world.ts';

const period = { notBefore: new Date('2020-01-01'), notAfter: new Date('2046-01-01') };

/** A part of the system with its key and certificate, as PEM. */
export async function identityOf(
  authority: Authority,
  use: 'center' | 'issuer' | 'base-registry' | 'kiosk' | 'operator',
  id: string,
) {
  const made = await certify(authority, { use, id, ...period });
  return { key: made.key, certificate: made.certificate, authority: authority.certificate };
}

/** A whole configuration for two municipalities of one registry. */
export async function configOf(
  keys: Keys,
  more: { readonly registryUrl: string; readonly database: IssuerConfig['database'] },
): Promise<IssuerConfig> {
  const own = await identityOf(keys.systems, 'issuer', town);
  const pem = (text: string) => ({ pem: text });
  return structuredClone({
    listen: { host: '127.0.0.1', port: 0 },
    tls: { key: pem(own.key), certificate: pem(own.certificate), authority: pem(own.authority) },
    database: more.database,
    databaseConnections: 4,
    cardAuthorities: [pem(new X509Certificate(keys.jpki.caCertificateDer).toString())],
    production: false,
    municipalities: [town, otherTown].map((code) => {
      const {
        signer,
        calendar,
        fees,
        ownTerminals,
        kinds,
        notices,
        certifiers,
        seals,
        policies,
        ordinance,
        enrolment: _enrolment,
        paperSigners: _paperSigners,
        electronicCopies: _electronicCopies,
        ...rest
      } = profileOf(keys, code);
      return {
        ...rest,
        ...(ordinance === undefined
          ? {}
          : {
              ordinance: { authorities: ordinance.authorities.map((der) => pem(new X509Certificate(der).toString())) },
            }),
        calendar: calendar as never,
        fees: fees as never,
        ownTerminals: [...ownTerminals],
        kinds: [...kinds],
        notices: [...(notices ?? [])],
        certifiers: [...certifiers],
        policies: policies as never,
        seals: seals.map(({ image: { widthMm }, specimen: _, ...seal }) => ({
          ...seal,
          widthMm,
          impression: { specimen: '見本之印' },
        })),
        signer: {
          key: pem(signer.key.export({ format: 'pem', type: 'pkcs8' }) as string),
          certificate: pem(new X509Certificate(signer.certificate).toString()),
        },
        registry: { url: more.registryUrl },
      };
    }),
    limits: { refusalBeatMs: 5 },
  });
}
