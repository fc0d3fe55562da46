/** The people of a simulated world: two towns, and those of their residents who have a card and come to a kiosk. */
import { makeTown, type Town, type TownHousehold } from '@dokodemo/base-registry';
import type { AddresseeNumber, MunicipalityCode, Resident } from '@dokodemo/domain';
import { jpkiApplication, memoryCardState, ordinanceApplication, VirtualCard } from '@dokodemo/ic-card';
import type { Chance } from './chance.ts';
import { type CardKeys, type Keyring, municipalities } from './keyring.ts';

export type Person = {
  /** `p1`, `p2` …: how the history calls them. */
  readonly label: string;
  readonly municipality: string;
  readonly addresseeNumber: AddresseeNumber;
  readonly household: TownHousehold['household'];
  readonly keys: CardKeys;
  readonly card: VirtualCard;
  readonly pin: string;
  readonly secondPin: string;
};

/** Residents whom a system may trip over come more often than their share. */
const notableShare = 0.25;
/** Of those with a card: who has had the municipality's own application put on it. */
const withSecondPinShare = 0.8;

function townOf(seed: number, index: number): Town {
  const { code, name } = municipalities[index] ?? municipalities[0];
  return makeTown({
    municipality: code as MunicipalityCode,
    name,
    residents: index === 0 ? 70 : 25,
    seed: seed * 2 + index,
  });
}

function holdersIn(town: Town, chance: Chance, count: number): readonly { resident: Resident; home: TownHousehold }[] {
  const named = new Set(Object.values(town.named));
  const everybody = town.households.flatMap((home) => home.household.members.map((resident) => ({ resident, home })));
  const notable = everybody.filter(({ resident }) => named.has(resident.addresseeNumber));
  const adults = everybody.filter(
    ({ resident, home }) =>
      !named.has(resident.addresseeNumber) && resident.standing === 'present' && home.restrictions.length === 0,
  );
  const chosen = new Map<string, { resident: Resident; home: TownHousehold }>();
  while (chosen.size < count) {
    const one = chance.pick(chance.happens(notableShare) ? notable : adults);
    chosen.set(one.resident.addresseeNumber, one);
  }
  return [...chosen.values()];
}

export type People = { readonly towns: readonly Town[]; readonly persons: readonly Person[] };

export function makePeople(seed: number, chance: Chance, keyring: Keyring, count: number): People {
  const towns = municipalities.map((_, i) => townOf(seed, i));
  const inTown = Math.min(3, Math.floor(count / 4));
  const holders = towns.flatMap((town, i) =>
    holdersIn(town, chance, i === 0 ? count - inTown : inTown).map((it) => ({ ...it, town })),
  );
  const persons = holders.map(({ resident, home, town }, i): Person => {
    const keys = keyring.cards[i];
    if (keys === undefined) throw new RangeError('more people than cards');
    const pin = String(chance.between(0, 9_999)).padStart(4, '0');
    const secondPin = String(chance.between(0, 9_999)).padStart(4, '0');
    const ordinance = chance.happens(withSecondPinShare) ? keys.ordinances.get(town.municipality) : undefined;
    const authentication = {
      certificateDer: keys.certificateDer,
      caCertificateDer: keyring.jpkiCertificate,
      privateKey: keys.key,
      pin,
    };
    return {
      label: `p${i + 1}`,
      municipality: town.municipality,
      addresseeNumber: resident.addresseeNumber,
      household: home.household,
      keys,
      card: new VirtualCard([
        jpkiApplication({ authentication }, memoryCardState(), chance),
        ...(ordinance === undefined
          ? []
          : [ordinanceApplication({ ...ordinance, pin, secondPin }, memoryCardState(), chance)]),
      ]),
      pin,
      secondPin,
    };
  });
  return { towns, persons };
}
