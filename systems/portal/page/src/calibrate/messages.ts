/** Between the page and its worker. */
import type { Calibration } from '@dokodemo/proof/verify';

export type CalibrateRequest = { readonly scan: File; readonly copies: readonly File[] };

export type CalibrateAnswer =
  | { readonly kind: 'progress'; readonly name: string }
  | { readonly kind: 'done'; readonly calibration: Calibration }
  | { readonly kind: 'failed'; readonly detail: string };
