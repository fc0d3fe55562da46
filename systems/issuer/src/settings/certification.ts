/** 認証者 and 公印 as one setting: who certifies and with which seal change together, on one day. */
import type { FormEngine } from '@dokodemo/documents';
import { type Static, Type } from 'typebox';
import { sealOfBitmap } from '../config/seal-image.ts';
import type { Certifier, OfficialSeal } from '../municipality.ts';
import type { Fault } from './own-form.ts';

const strict = { additionalProperties: false } as const;
export const certificationId = 'certification';

export const Certification = Type.Object(
  {
    capacity: Type.Union([Type.Literal('mayor'), Type.Literal('deputy')]),
    title: Type.String({ minLength: 1, maxLength: 40 }),
    name: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
    seal: Type.Object(
      {
        sealId: Type.String({ minLength: 1, maxLength: 40 }),
        widthMm: Type.Number({ minimum: 8, maximum: 25 }),
        impression: Type.Union([
          Type.Object({ specimen: Type.String({ minLength: 1, maxLength: 16 }) }, strict),
          /** A portable bitmap (P4), base64. */
          Type.Object({ bitmap: Type.String({ minLength: 16, maxLength: 300_000 }) }, strict),
        ]),
      },
      strict,
    ),
  },
  strict,
);
export type Certification = Static<typeof Certification>;

export type Certifying = { readonly certifier: Certifier; readonly seal: OfficialSeal };

/** Throws on a seal that cannot be drawn. */
export function certifyingOf(
  engine: Pick<FormEngine, 'drawSeal'>,
  { capacity, title, name, seal }: Certification,
  days: { readonly from: string; readonly until?: string },
): Certifying {
  const { sealId, widthMm, impression } = seal;
  const specimen = 'specimen' in impression;
  const image = specimen
    ? engine.drawSeal(impression.specimen, widthMm)
    : sealOfBitmap(new Uint8Array(Buffer.from(impression.bitmap, 'base64')), widthMm);
  return { certifier: { ...days, capacity, title, name }, seal: { ...days, sealId, capacity, image, specimen } };
}

export function faultsOfCertification(
  engine: Pick<FormEngine, 'drawSeal'>,
  given: Certification,
  production: boolean,
): readonly Fault[] {
  if (production && 'specimen' in given.seal.impression)
    return [{ what: 'a specimen seal certifies nothing', at: '/seal/impression' }];
  try {
    certifyingOf(engine, given, { from: '2000-01-01' });
    return [];
  } catch (error) {
    return [{ what: error instanceof Error ? error.message : String(error), at: '/seal/impression' }];
  }
}
