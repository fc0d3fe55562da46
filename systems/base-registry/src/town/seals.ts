/** Whose seals are registered: most adults', a few cancelled, fewer registered anew. */
import type { RegisterText, Resident } from '@dokodemo/domain';
import type { StoredSeal } from '../records/rows.ts';
import type { SealCut } from '../records/seal-cutting.ts';
import { bornOf, eraDate, isoWithin, yearsAfter } from './dates.ts';
import type { Draw } from './draw.ts';
import { later } from './family.ts';
import { lastDay } from './plan.ts';

/** Running number, six digits, as on the 印鑑登録証. */
export type SealNumbers = { next(): string };

export function sealNumbers(): SealNumbers {
  let given = 0;
  return { next: () => String(++given).padStart(6, '0') };
}

const sizesMm = [10.5, 12, 13.5, 13.5, 15, 15, 16.5, 18, 18] as const;

export function sealLegend({ name, particulars }: Pick<Resident, 'name' | 'particulars'>): string {
  if (particulars.kind === 'japanese') return surname(name);
  const alias = particulars.alias;
  return alias === undefined ? (particulars.nameInKanji?.text.slice(0, 2) ?? '印') : surname(alias);
}
const surname = ({ text }: RegisterText) => text.split('　')[0]?.slice(0, 8) ?? text;

export function cutOf(draw: Draw, legend: string, sizeMm: number, shape: SealCut['shape'] = 'round'): SealCut {
  return { legend, sizeMm, dpi: 400, shape, nickDegrees: draw.between(0, 359) };
}

/** 氏名のカタカナ表記, for whom the seal shows it: a name in Latin letters without kanji or alias. */
function katakana({ nameKana, particulars }: Resident): { readonly nameInKatakana?: string } {
  const isPlain =
    particulars.kind === 'foreign' && particulars.nameInKanji === undefined && particulars.alias === undefined;
  return isPlain && nameKana !== undefined ? { nameInKatakana: nameKana } : {};
}

/** Registrations of one person, in the order in which they were made. */
export function sealsOf(draw: Draw, numbers: SealNumbers, resident: Resident): readonly StoredSeal[] {
  const grown = yearsAfter(bornOf(resident.birth), 18);
  if (grown > lastDay || resident.standing === 'provisional' || draw.fraction() >= 0.62) return [];
  const from = later(grown, resident.becameResident.iso ?? grown);
  if (from >= lastDay) return [];
  const registered = isoWithin(draw, from, lastDay);
  const extra = katakana(resident);
  const legend = extra.nameInKatakana === undefined ? sealLegend(resident) : extra.nameInKatakana.split('　')[0];
  const seal = (registeredIso: string): StoredSeal => ({
    addresseeNumber: resident.addresseeNumber,
    registrationNumber: numbers.next(),
    registeredOn: eraDate(registeredIso),
    ...extra,
    impression: cutOf(draw, legend ?? '印', draw.pick(sizesMm)),
  });
  const first = seal(registered);
  const end = (reason: NonNullable<StoredSeal['cancelled']>['reason'], iso: string): StoredSeal => ({
    ...first,
    cancelled: { on: eraDate(iso), reason },
  });
  if (resident.standing === 'dead') return [end('died', lastDay)];
  if (resident.standing === 'moved-out') return [end('moved-out', lastDay)];
  const fate = draw.fraction();
  if (fate < 0.02) return [end(draw.pick(['asked-for', 'lost']), isoWithin(draw, registered, lastDay))];
  if (fate < 0.05) {
    const changed = isoWithin(draw, registered, lastDay);
    return [end('changed-seal', changed), seal(changed)];
  }
  return [first];
}
