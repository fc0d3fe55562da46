import type { Building, FixedAssets, LandParcel, TaxSnapshot, TaxYear } from '@dokodemo/domain';
import { deepFreeze } from '../../deep-freeze.ts';
import { printableHolder } from '../printable-holder.ts';
import type { TaxChosen } from './choice.ts';
import { yearOf } from './rolls.ts';

/** A 評価証明書 says what things are worth, not what is paid for them. */
function withoutTax<Asset extends LandParcel | Building>(asset: Asset): Asset {
  return { ...asset, taxYen: 0, cityPlanningTaxYen: 0 };
}

function valuesOf(assets: FixedAssets): FixedAssets {
  return { ...assets, land: assets.land.map(withoutTax), buildings: assets.buildings.map(withoutTax) };
}

/** Of a year that which the certificate is about. */
function partOf(year: TaxYear, { certificate, items, plate }: TaxChosen): Partial<TaxYear> {
  const { addressOnJanuary1, residentTax, fixedAssets, payments, vehicles } = year;
  switch (certificate) {
    case 'income-and-tax':
      return {
        ...(addressOnJanuary1 === undefined ? {} : { addressOnJanuary1 }),
        ...(residentTax === undefined ? {} : { residentTax }),
      };
    case 'tax-payment':
      return { payments: payments.filter(({ item }) => items.includes(item)) };
    case 'fixed-asset-levy':
      return fixedAssets === undefined ? {} : { fixedAssets };
    case 'fixed-asset-valuation':
      return fixedAssets === undefined ? {} : { fixedAssets: valuesOf(fixedAssets) };
    case 'vehicle-inspection':
      return { vehicles: vehicles.filter((it) => it.plate.text === plate) };
  }
}

/** The part of a snapshot that the form may see: one year, and of it what was asked for. */
export function printableTax({ resident, ...snapshot }: TaxSnapshot, choice: TaxChosen): TaxSnapshot {
  const year = yearOf(snapshot, choice.fiscalYear);
  const { fiscalYear } = choice;
  const frame = { fiscalYear, residentOnJanuary1: year?.residentOnJanuary1 ?? false, payments: [], vehicles: [] };
  return deepFreeze({
    ...snapshot,
    restrictions: [],
    versions: {},
    fiscalYears: [fiscalYear],
    years: year === undefined ? [] : [{ ...frame, ...partOf(year, choice) }],
    ...(resident === undefined ? {} : { resident: printableHolder(resident) }),
  });
}
