/** What the answers mean in the rolls' terms. */
import type { TaxItem, TaxSnapshot } from '@dokodemo/domain';
import type { Answers } from '@dokodemo/protocol';
import type { TaxCertificate } from '../../municipality.ts';
import type { Chosen } from '../kind.ts';
import { itemsOf, taxItems, yearOf } from './rolls.ts';

/** Options of the screens, which people also type (`--choose certificate=income`). */
export const optionOf: Readonly<Record<TaxCertificate, string>> = {
  'income-and-tax': 'income',
  'tax-payment': 'payment',
  'fixed-asset-valuation': 'valuation',
  'fixed-asset-levy': 'levy',
  'vehicle-inspection': 'vehicle',
};

/** 2026 → `y2026`. */
export function yearOptionOf(fiscalYear: number): string {
  return `y${fiscalYear}`;
}

export type TaxChosen = {
  readonly certificate: TaxCertificate;
  readonly fiscalYear: number;
  /** 税目 of a 納税証明書. */
  readonly items: readonly TaxItem[];
  /** 標識番号 of the vehicle. */
  readonly plate?: string;
};

/** The certificate on whichever level it was chosen. */
export function certificateOf(answers: Answers): TaxCertificate | undefined {
  const first = answers.certificate?.[0];
  const option = first === 'fixed-asset' ? answers['fixed-asset']?.[0] : first;
  return (Object.keys(optionOf) as TaxCertificate[]).find((it) => optionOf[it] === option);
}

/** Answers to the questions whose ids begin so: one question for each year, of which one was put. */
function answersTo(answers: Answers, prefix: string): readonly string[] {
  return Object.entries(answers).flatMap(([id, options]) => (id.startsWith(prefix) ? options : []));
}

/** Names in the fee schedule; a 納税証明書 costs its fee for each 税目. */
export function taxFeeNames(answers: Answers): readonly string[] {
  const certificate = certificateOf(answers);
  if (certificate === undefined) return ['tax'];
  const items = certificate === 'tax-payment' ? answersTo(answers, 'items-') : [];
  return items.length === 0 ? [feeNameOf(certificate)] : items.map(() => feeNameOf(certificate));
}

export function feeNameOf(certificate: TaxCertificate): string {
  return `tax-${optionOf[certificate]}`;
}

export function chooseTax(
  snapshot: TaxSnapshot,
  answers: Answers,
  meanings: Readonly<Record<string, string>>,
): Chosen<TaxChosen | undefined> {
  const certificate = certificateOf(answers);
  if (certificate === undefined) return { choice: undefined, subjects: [], shown: [], fits: false };
  const fiscalYear = Number(answers[`year-${optionOf[certificate]}`]?.[0]?.slice(1));
  const year = yearOf(snapshot, fiscalYear);
  const asked = certificate === 'tax-payment' ? answersTo(answers, 'items-') : [];
  const there = certificate === 'tax-payment' ? itemsOf(year) : [];
  // Not asked which: all of the year.
  const items = asked.length === 0 ? there : taxItems.filter((item) => asked.includes(item));
  const vehicle = certificate === 'vehicle-inspection' ? answersTo(answers, 'vehicle-')[0] : undefined;
  const plate = vehicle === undefined ? undefined : meanings[vehicle];
  const isThere = plate !== undefined && year?.vehicles.some((it) => it.plate.text === plate) === true;
  return {
    choice: { certificate, fiscalYear, items, ...(plate === undefined ? {} : { plate }) },
    subjects: [snapshot.holder],
    shown: [certificate, String(fiscalYear), ...items],
    fits:
      year !== undefined &&
      items.every((item) => there.includes(item)) &&
      (certificate !== 'vehicle-inspection' || isThere),
  };
}
