/** Land and houses, and what they are worth to the tax roll (地方税法 349条の3の2: 住宅用地; 評価替え every third year). */
import type { Building, FixedAssets, LandParcel } from '@dokodemo/domain';
import { eraYearText } from '../town/dates.ts';

/** What an owner has, before it is valued for a year. */
export type Parcel = {
  readonly location: string;
  readonly category: '宅地' | '田' | '畑' | '山林' | '雑種地';
  /** What the register of land says, when it differs. */
  readonly registeredCategory?: string;
  readonly areaHundredthsM2: number;
  readonly yenPerM2: number;
  readonly residential: boolean;
  readonly share?: string;
};
export type House = {
  readonly location: string;
  readonly houseNumber?: string;
  readonly use: string;
  readonly structure: string;
  readonly areaHundredthsM2: number;
  readonly yenPerM2: number;
  readonly builtYear: number;
};
export type Property = { readonly land: readonly Parcel[]; readonly houses: readonly House[] };

const assessed = (valueYen: number, taxBaseYen: number, cityPlanningTaxBaseYen: number) => ({
  valueYen,
  taxBaseYen,
  cityPlanningTaxBaseYen,
  taxYen: Math.floor((taxBaseYen * 14) / 1_000),
  cityPlanningTaxYen: Math.floor((cityPlanningTaxBaseYen * 3) / 1_000),
});

/** 小規模住宅用地: up to 200 m² a sixth (city planning: a third), beyond a third (two thirds). */
function parcelOf(parcel: Parcel, fiscalYear: number, cityPlanning: boolean): LandParcel {
  const { areaHundredthsM2, residential } = parcel;
  // The price of land moves a little with every 評価替え.
  const step = Math.floor((fiscalYear - 2024) / 3);
  const valueYen = Math.floor((areaHundredthsM2 * parcel.yenPerM2 * (100 + step)) / 10_000);
  const small = residential ? Math.min(1, 20_000 / areaHundredthsM2) : 0;
  const base = residential
    ? valueYen * (small / 6 + (1 - small) / 3)
    : parcel.category === '宅地'
      ? valueYen * 0.7
      : valueYen;
  const city = residential ? valueYen * (small / 3 + ((1 - small) * 2) / 3) : base;
  return {
    location: { text: parcel.location },
    registeredCategory: parcel.registeredCategory ?? parcel.category,
    assessedCategory: parcel.category,
    registeredAreaHundredthsM2: areaHundredthsM2,
    assessedAreaHundredthsM2: areaHundredthsM2,
    ...assessed(valueYen, Math.floor(base), cityPlanning ? Math.floor(city) : 0),
    ...(parcel.share === undefined ? {} : { share: parcel.share }),
    ...(residential ? { remarks: small === 1 ? '小規模住宅用地' : '住宅用地' } : {}),
  };
}

function houseOf(house: House, fiscalYear: number, cityPlanning: boolean): Building {
  const { location, houseNumber, use, structure, areaHundredthsM2, builtYear } = house;
  // Houses lose value at each 評価替え (2006, 2009 …), down to a fifth.
  const revalued = Math.floor((fiscalYear - 2006) / 3) * 3 + 2006;
  const left = Math.max(20, 100 - 3 * Math.max(0, revalued - house.builtYear));
  const valueYen = Math.floor((areaHundredthsM2 * house.yenPerM2 * left) / 10_000);
  return {
    location: { text: location },
    ...(houseNumber === undefined ? {} : { houseNumber }),
    use,
    structure,
    registeredAreaHundredthsM2: areaHundredthsM2,
    assessedAreaHundredthsM2: areaHundredthsM2,
    built: eraYearText(builtYear),
    ...assessed(valueYen, valueYen, cityPlanning ? valueYen : 0),
  };
}

export function valueProperty(
  { land, houses }: Property,
  fiscalYear: number,
  cityPlanning: boolean,
): FixedAssets | undefined {
  const standing = houses.filter(({ builtYear }) => builtYear < fiscalYear);
  if (land.length === 0 && standing.length === 0) return undefined;
  return {
    settledOn: `${fiscalYear}-04-01`,
    land: land.map((it) => parcelOf(it, fiscalYear, cityPlanning)),
    buildings: standing.map((it) => houseOf(it, fiscalYear, cityPlanning)),
  };
}

/** 年税額: bases together, below 1,000 yen cut off; each tax below 100 yen cut off. */
export function annualFixedAssetTaxYen({ land, buildings }: FixedAssets): number {
  const all = [...land, ...buildings];
  const part = (bases: readonly number[], perMille: number) => {
    const sum = bases.reduce((total, it) => total + it, 0);
    const tax = Math.floor(((sum - (sum % 1_000)) * perMille) / 1_000);
    return tax - (tax % 100);
  };
  return (
    part(
      all.map(({ taxBaseYen }) => taxBaseYen),
      14,
    ) +
    part(
      all.map(({ cityPlanningTaxBaseYen }) => cityPlanningTaxBaseYen),
      3,
    )
  );
}
