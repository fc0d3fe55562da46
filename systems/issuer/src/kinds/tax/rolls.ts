/**
 * What a municipality's tax certificates can say of a holder, year by year: the menu shows it, PREPARE asks it again of the
 * register as it stands then.
 */
import type { LightVehicle, RefusalCode, TaxItem, TaxSnapshot, TaxYear } from '@dokodemo/domain';
import { type TaxCertificate, type TaxPolicy, usualTaxPolicy } from '../../municipality.ts';

/** A snapshot as the menu may see it: without restrictions. */
export type TaxSubject = Pick<TaxSnapshot, 'holder' | 'resident' | 'fiscalYears' | 'years'>;

export type TaxRolls = Pick<TaxSnapshot, 'years'>;
export type OfferedTax = TaxPolicy['certificates'][number];

export function offeredTax(policy: TaxPolicy | undefined, certificate: TaxCertificate): OfferedTax | undefined {
  return (policy ?? usualTaxPolicy).certificates.find((it) => it.certificate === certificate);
}

/** The newest fiscal year of a certificate on a day. */
export function newestYear({ newYearFrom }: OfferedTax, day: string): number {
  return Number(day.slice(0, 4)) - (day.slice(5) < newYearFrom ? 1 : 0);
}

/** Fiscal years begin on 1 April. */
const firstDay = '04-01';

/** The fiscal year that runs already and whose certificates are not given out yet. */
export function comingYear(offered: OfferedTax, day: string): number | undefined {
  const date = day.slice(5);
  return date >= firstDay && date < offered.newYearFrom ? Number(day.slice(0, 4)) : undefined;
}

/** Newest first. */
export function yearsOffered(offered: OfferedTax, day: string): readonly number[] {
  const newest = newestYear(offered, day);
  return Array.from({ length: offered.years }, (_, i) => newest - i);
}

export function yearOf({ years }: TaxRolls, fiscalYear: number): TaxYear | undefined {
  return years.find((it) => it.fiscalYear === fiscalYear);
}

/** In the order of the screens. */
export const taxItems: readonly TaxItem[] = [
  'resident-tax',
  'fixed-asset-tax',
  'light-vehicle-tax',
  'health-insurance-tax',
];

/** 税目 of a year on which there is something to say. */
export function itemsOf(year: TaxYear | undefined): readonly TaxItem[] {
  return taxItems.filter((item) => year?.payments.some((payment) => payment.item === item));
}

export function vehicleFault({ annualYen, paidYen, arrears }: LightVehicle): RefusalCode | undefined {
  return arrears || paidYen < annualYen ? 'TAX_UNPAID' : undefined;
}

function incomeFault(year: TaxYear | undefined): RefusalCode | undefined {
  if (year === undefined) return 'TAX_NOT_DECLARED';
  if (!year.residentOnJanuary1) return 'TAX_NOT_RESIDENT_JAN1';
  // Part of a roll, and not in the reading: not settled yet.
  if (year.residentTax === undefined) return 'TAX_YEAR_SWITCH';
  return year.residentTax.declaration === 'undeclared' ? 'TAX_NOT_DECLARED' : undefined;
}

function vehiclesFault(vehicles: readonly LightVehicle[]): RefusalCode | undefined {
  if (vehicles.length === 0) return 'TAX_NOTHING_RECORDED';
  const faults = vehicles.map(vehicleFault);
  return faults.includes(undefined) ? undefined : faults[0];
}

/** Why a certificate of a year cannot be given, whatever else is chosen; undefined when it can. */
export function yearFault(certificate: TaxCertificate, year: TaxYear | undefined): RefusalCode | undefined {
  switch (certificate) {
    case 'income-and-tax':
      return incomeFault(year);
    case 'tax-payment':
      return itemsOf(year).length === 0 ? 'TAX_NOTHING_RECORDED' : undefined;
    case 'fixed-asset-valuation':
    case 'fixed-asset-levy': {
      const { land = [], buildings = [] } = year?.fixedAssets ?? {};
      return land.length + buildings.length === 0 ? 'TAX_NOTHING_RECORDED' : undefined;
    }
    case 'vehicle-inspection':
      return vehiclesFault(year?.vehicles ?? []);
  }
}

export type YearShown = { readonly fiscalYear: number; readonly closed?: RefusalCode };

/** The years of a certificate as the screen shows them: those that can be taken, and those of which the holder may know
 *  why not. Years of which the rolls have nothing are not there. */
export function yearsShown(rolls: TaxRolls, offered: OfferedTax, day: string): readonly YearShown[] {
  const coming = comingYear(offered, day);
  const shown = yearsOffered(offered, day).flatMap((fiscalYear): YearShown[] => {
    const year = yearOf(rolls, fiscalYear);
    const closed = yearFault(offered.certificate, year);
    if (closed === undefined) return [{ fiscalYear }];
    return year === undefined || closed === 'TAX_NOTHING_RECORDED' ? [] : [{ fiscalYear, closed }];
  });
  return coming === undefined ? shown : [{ fiscalYear: coming, closed: 'TAX_YEAR_SWITCH' }, ...shown];
}

/** Why a certificate cannot be given of any year; undefined when it can. */
export function certificateFault(rolls: TaxRolls, offered: OfferedTax, day: string): RefusalCode | undefined {
  const years = yearsShown(rolls, offered, day);
  if (years.some(({ closed }) => closed === undefined)) return undefined;
  // Of the newest year that there should be; the one to come is no reason.
  const reason = years.find(({ closed }) => closed !== 'TAX_YEAR_SWITCH')?.closed;
  return reason ?? yearFault(offered.certificate, yearOf(rolls, newestYear(offered, day))) ?? 'TAX_YEAR_SWITCH';
}
