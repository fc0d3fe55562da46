/** Taxes of those whom the demo names. */
import type { Dependants } from '@dokodemo/domain';
import type { House, Parcel, Property } from '../records/property.ts';
import type { StoredTaxYear } from '../records/rows.ts';
import type { Livelihood } from '../records/tax-roll.ts';
import { vehicleOf } from './homes.ts';
import { type NotableContext, personOf, placeOf } from './notable-people.ts';
import { rollOf, rollYears, taxesOf } from './taxes.ts';

const house = (location: string, more: Partial<House> = {}): House => ({
  location,
  houseNumber: '3番',
  use: '居宅',
  structure: '木造かわらぶき2階建',
  areaHundredthsM2: 11_842,
  yenPerM2: 71_000,
  builtYear: 2006,
  ...more,
});
const parcel = (
  location: string,
  category: Parcel['category'],
  areaHundredthsM2: number,
  yenPerM2: number,
  more: Partial<Parcel> = {},
): Parcel => ({
  location,
  category,
  areaHundredthsM2,
  yenPerM2,
  residential: false,
  ...more,
});

/** The house that Taro owned before he lived in the town: 平成19年度 of the overview's example. */
function taroProperty(town: string): Property {
  return {
    land: [parcel(`${town}本町一丁目2番3`, '宅地', 16_529, 31_500, { residential: true })],
    houses: [house(`${town}本町一丁目2番3`)],
  };
}

/** Six parcels (five fit a sheet) and two houses, one of them in nobody's land register. */
function landownerProperty(town: string): Property {
  const at = (lot: string) => `${town}大字土屋${lot}`;
  return {
    land: [
      parcel(at('12番1'), '宅地', 31_240, 18_200, { residential: true }),
      parcel(at('12番2'), '雑種地', 8_870, 9_600, { registeredCategory: '畑' }),
      parcel(at('47番'), '田', 99_100, 118),
      parcel(at('48番1'), '田', 120_500, 118),
      parcel(at('63番'), '畑', 44_300, 64, { share: '3分の1' }),
      parcel(at('105番4'), '山林', 382_000, 23),
    ],
    houses: [
      house(at('12番地1'), {
        houseNumber: '12番1',
        builtYear: 1988,
        areaHundredthsM2: 15_320,
      }),
      house(at('12番地1'), {
        use: '物置',
        structure: '木造亜鉛メッキ鋼板ぶき平家建',
        builtYear: 1995,
        areaHundredthsM2: 2_480,
        yenPerM2: 30_000,
      }),
    ].map((it, i) => {
      const { houseNumber, ...rest } = it;
      return i === 0 && houseNumber !== undefined ? { ...rest, houseNumber } : rest;
    }),
  };
}

type Entry = {
  readonly key: string;
  readonly member?: number;
  readonly years?: readonly number[];
  readonly property?: Property;
  readonly car?: true;
  readonly livelihood: Livelihood;
  readonly dependants?: Partial<Dependants>;
  readonly isDependant?: true;
};

function entriesOf(town: string): readonly Entry[] {
  return [
    { key: 'taro', years: [...rollYears, 2007], livelihood: { employmentYen: 6_200_000 }, dependants: { spouse: 'ordinary', under16: 2 }, property: taroProperty(town), car: true },
    { key: 'taro', member: 1, livelihood: { employmentYen: 960_000 }, isDependant: true },
    { key: 'taro', member: 2, years: [2026], livelihood: { undeclared: true }, isDependant: true },
    { key: 'landowner', years: [2026, 2025, 2024, 2023, 2022, 2021, 2020, 2019], livelihood: { pensionYen: 1_980_000 }, property: landownerProperty(town), car: true },
    { key: 'undeclared', livelihood: { employmentYen: 4_800_000 }, dependants: { spouse: 'ordinary' } },
    { key: 'undeclared', member: 1, livelihood: { undeclared: true }, isDependant: true },
    { key: 'sealless', livelihood: { undeclared: true } },
  ]; // biome-ignore format: one person a line
}

export function notableTaxes(context: NotableContext): readonly StoredTaxYear[] {
  const { plan, households, draw } = context;
  const entries = plan.municipality === '482013' ? entriesOf(plan.name) : [];
  const special = new Set(entries.map(({ key }) => key));
  const own = entries.flatMap(({ key, member, years, property, car, livelihood, dependants, isDependant }) => {
    const resident = personOf(context, key, member);
    const { address } = placeOf(context, key);
    const vehicles = car === true ? [vehicleOf(draw)] : [];
    return (years ?? rollYears).map(
      (fiscalYear): StoredTaxYear => ({
        addresseeNumber: resident.addresseeNumber,
        year: {
          ...rollOf(plan, resident, address.text, fiscalYear),
          livelihood,
          ...(dependants === undefined ? {} : { dependants }),
          ...(isDependant === true ? { isDependant } : {}),
          ...(property === undefined ? {} : { property }),
          ...(fiscalYear >= 2025 && vehicles.length > 0 ? { vehicles } : {}),
        },
      }),
    );
  });
  const others = Object.entries(households).filter(([key]) => !special.has(key));
  return [...own, ...others.flatMap(([, { household }]) => taxesOf(draw, plan, household))];
}
