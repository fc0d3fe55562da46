/** 印鑑登録証明書 from one snapshot of the seal register. */
import { type SealImpression, type SealRegistrationSnapshot, sealImpressionFault, sealSizeMm } from '@dokodemo/domain';
import type { DocumentFrame, Filling, TrueSizeImage } from '../../form/filling.ts';
import { holderName, present, wholeAddress } from '../holder.ts';
import { sexes } from '../residence/residence.ts';

export type SealOrder = { readonly snapshot: SealRegistrationSnapshot; readonly frame: DocumentFrame };

function imageOf(impression: SealImpression): TrueSizeImage {
  const bits = new Uint8Array(Buffer.from(impression.bits, 'base64'));
  return {
    widthMm: sealSizeMm(impression).widthMm,
    image: { width: impression.widthPx, height: impression.heightPx, bits },
  };
}

/** A word for the operator when there is nothing to certify: no seal in force, nobody whose it is, a faulty impression. */
export function sealFilling({ snapshot }: SealOrder): Filling | string {
  const { registration, resident, printsSex } = snapshot;
  if (registration?.state !== 'registered') return 'no seal in force';
  if (resident === undefined) return 'the holder is not in the resident register';
  const fault = sealImpressionFault(registration.impression);
  if (fault !== undefined) return `impression: ${fault}`;
  return {
    values: present({
      name: holderName(resident),
      formerSurname: resident.formerSurname,
      alias: resident.alias,
      nameInKatakana: registration.nameInKatakana,
      birth: resident.birth.text,
      sex: printsSex ? sexes[resident.sex] : undefined,
      address: wholeAddress(resident.address, resident.addressDetail),
    }),
    flags: {
      hasFormerSurname: resident.formerSurname !== undefined,
      hasAlias: resident.alias !== undefined,
      hasKatakana: registration.nameInKatakana !== undefined,
      printsSex,
    },
    images: { impression: imageOf(registration.impression) },
  };
}
