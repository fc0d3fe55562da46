/**
 * 印鑑登録: whose seal is registered, and how its impression looks, as far as a seal registration certificate
 * (印鑑登録証明書) may print it. Municipal ordinance on the model of 印鑑登録証明事務処理要領 (昭和49年2月1日自治振第10号):
 * one seal a person, fifteen and over, the impression neither fits a square of 8 mm nor exceeds one of 25 mm. Name, birth
 * and address are those of the resident register (要領 第2の4, 第3): they come in the frame's `resident`.
 */
import type { SnapshotFrame } from './register-snapshot.ts';
import type { RegisterDate } from './residence.ts';

/** 印影, black and white, at its true size: `widthPx / dpi` inches wide. */
export type SealImpression = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Dots per inch in both directions, 400 to 1,200. */
  readonly dpi: number;
  /** Base64. Rows of whole bytes from the top, most significant bit first; 1 is black. Bits after `widthPx` are 0. */
  readonly bits: string;
};

export const sealLimits = Object.freeze({ overMm: 8, atMostMm: 25, minDpi: 400, maxDpi: 1_200 });

/** Why a registration ended (要領 第5): 廃止申請, 亡失, 改印, 転出, 死亡, 氏名等の変更, 後見開始, 住民基本台帳からの職権消除. */
export type SealCancellation =
  | 'asked-for'
  | 'lost'
  | 'changed-seal'
  | 'moved-out'
  | 'died'
  | 'name-changed'
  | 'guardianship'
  | 'removed-from-register';

type SealEntry = {
  /** 印鑑登録番号, as on the 印鑑登録証. */
  readonly registrationNumber: string;
  readonly registeredOn: RegisterDate;
  /** 氏名のカタカナ表記, where the seal shows it (外国人住民 of 非漢字圏; 要領 第2の4). */
  readonly nameInKatakana?: string;
};

export type RegisteredSeal = SealEntry & { readonly state: 'registered'; readonly impression: SealImpression };

/** 廃止. It has no impression: what is not in the snapshot cannot be printed. */
export type CancelledSeal = SealEntry & {
  readonly state: 'cancelled';
  readonly cancelledOn: RegisterDate;
  readonly reason: SealCancellation;
};

export type SealRegistrationSnapshot = SnapshotFrame & {
  /** The seal in force; without one, the last that was cancelled; absent when none was ever registered. */
  readonly registration?: RegisteredSeal | CancelledSeal;
  /** Sex is printed only where the ordinance still says so; then from `resident.sex`. */
  readonly printsSex: boolean;
};

const mmPerInch = 25.4;

export function sealSizeMm({ widthPx, heightPx, dpi }: SealImpression): { widthMm: number; heightMm: number } {
  return { widthMm: (widthPx / dpi) * mmPerInch, heightMm: (heightPx / dpi) * mmPerInch };
}

/** What is wrong with an impression, or undefined. A faulty one must not be registered, and must not be printed. */
export function sealImpressionFault(impression: SealImpression): string | undefined {
  const { widthPx, heightPx, dpi, bits } = impression;
  if (![widthPx, heightPx, dpi].every((it) => Number.isInteger(it) && it > 0)) return 'sizes are not whole numbers';
  if (dpi < sealLimits.minDpi || dpi > sealLimits.maxDpi) return `${dpi} dpi`;
  const { widthMm, heightMm } = sealSizeMm(impression);
  if (Math.max(widthMm, heightMm) > sealLimits.atMostMm) return 'larger than the largest square';
  if (Math.max(widthMm, heightMm) <= sealLimits.overMm) return 'fits the smallest square';
  const bytes = Math.ceil(widthPx / 8) * heightPx;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bits) || bits.length !== Math.ceil(bytes / 3) * 4)
    return 'not as many dots as said';
  if (/^A*=*$/.test(bits)) return 'blank';
  return undefined;
}
