/** Seals of those whom the demo names; and how the other registers find these people. */
import type { AddressEntry, Resident } from '@dokodemo/domain';
import type { StoredSeal } from '../records/rows.ts';
import { eraDate } from './dates.ts';
import type { Draw } from './draw.ts';
import type { TownPlan } from './plan.ts';
import { cutOf, type SealNumbers, sealLegend } from './seals.ts';
import type { TownHousehold } from './town.ts';

export type NotableContext = {
  readonly plan: TownPlan;
  readonly households: Readonly<Record<string, TownHousehold>>;
  /** Luck of the register that is being filled. */
  readonly draw: Draw;
};

export function personOf({ households }: NotableContext, key: string, i = 0): Resident {
  const found = households[key]?.household.members[i];
  if (found === undefined) throw new RangeError(`nobody is called ${key}`);
  return found;
}

export function placeOf({ households }: NotableContext, key: string): Omit<AddressEntry, 'settled'> {
  const home = households[key]?.household;
  if (home === undefined) throw new RangeError(`nobody is called ${key}`);
  return {
    address: home.address,
    ...(home.addressDetail === undefined ? {} : { addressDetail: home.addressDetail }),
  };
}

/** Who, which of the household, how large, and what became of it. */
const citySeals: readonly {
  readonly key: string;
  readonly member?: number;
  readonly sizeMm: number;
  readonly square?: true;
  readonly ends?: NonNullable<StoredSeal['cancelled']>['reason'];
  readonly on?: string;
}[] = [
  { key: 'taro', sizeMm: 18 },
  // The smallest that does not fit a square of 8 mm, the largest that fits one of 25 mm.
  { key: 'taro', member: 1, sizeMm: 8.1 },
  { key: 'nguyen', sizeMm: 15 },
  { key: 'watanabe', sizeMm: 16.5 },
  { key: 'big', sizeMm: 25, square: true },
  { key: 'protected', sizeMm: 13.5 },
  { key: 'mover', sizeMm: 13.5 },
  { key: 'moved', sizeMm: 13.5, ends: 'moved-out', on: '2026-09-30' },
  { key: 'overflow', sizeMm: 18 },
  { key: 'gaiji', sizeMm: 12 },
  { key: 'sealgone', sizeMm: 15, ends: 'lost', on: '2026-10-19' },
  // Cancelled and registered again on the same day.
  { key: 'landowner', sizeMm: 12, ends: 'changed-seal', on: '2026-10-15' },
  { key: 'landowner', sizeMm: 18, on: '2026-10-15' },
  { key: 'undeclared', member: 1, sizeMm: 10.5 },
  { key: 'newlywed', sizeMm: 13.5 },
  { key: 'koseki12', sizeMm: 16.5 },
];

export function notableSeals(context: NotableContext, numbers: SealNumbers): readonly StoredSeal[] {
  const list =
    context.plan.municipality === '482013' ? citySeals : [{ key: 'machi', sizeMm: 12 } as (typeof citySeals)[number]];
  return list.map(({ key, member, sizeMm, square, ends, on }) => {
    const resident = personOf(context, key, member);
    const cut = cutOf(context.draw, sealLegend(resident), sizeMm, square === true ? 'square' : 'round');
    return {
      addresseeNumber: resident.addresseeNumber,
      registrationNumber: numbers.next(),
      registeredOn: eraDate(ends === undefined && on !== undefined ? on : '2020-04-10'),
      impression: { ...cut, dpi: 600 },
      ...(ends === undefined ? {} : { cancelled: { on: eraDate(on ?? '2026-10-01'), reason: ends } }),
    };
  });
}
