/** The people of the town in the register, and a card for each whom the demo names. */
import { createHash } from 'node:crypto';
import { createPostgresRegister, makeTown, type RegisterStore } from '@dokodemo/base-registry';
import { type DatabaseAddress, openDatabase } from '@dokodemo/database';
import { systemClock } from '@dokodemo/domain';
import {
  type CardStateStore,
  directoryShelf,
  fileCardState,
  makeCard,
  memoryCardState,
  type OrdinanceAuthority,
  openOrdinanceAuthority,
  openTestAuthority,
  type Shelf,
  type TestAuthority,
  type VirtualCard,
} from '@dokodemo/ic-card';
import { type DemoCard, demoCards } from './demo-cards.ts';
import type { Say } from './steps.ts';
import type { TownFolder } from './town-folder.ts';
import { demoPin, type Municipality } from './town-plan.ts';

/** Enough to have everybody in it whom the demo names, and some of the others. */
const sampleResidents = 150;

export type TownCard = DemoCard & {
  /** Of the user-authentication certificate. */
  readonly serialHex: string;
  /** 宛名番号: known to the town, which made the register; on no screen and no paper. */
  readonly addresseeNumber: string;
};

const authorityFolder = (folder: TownFolder) => folder.file('card-authority');
const cardsFolder = (folder: TownFolder) => folder.file('cards');
const ordinanceFolder = (folder: TownFolder) => folder.file('ordinance-authority');

/** The stand-in for JPKI that certifies the town's cards. */
export function openCardAuthority(folder: TownFolder): Promise<TestAuthority> {
  return openTestAuthority({ shelf: directoryShelf(authorityFolder(folder)), clock: systemClock });
}
export { authorityFolder as cardAuthorityFolder, ordinanceFolder as ordinanceAuthorityFolder };

/** The municipality's own, for the application with the second PIN that it puts on cards (条例利用). */
export function openOrdinance(folder: TownFolder, municipality: string): Promise<OrdinanceAuthority> {
  const shelf = directoryShelf(ordinanceFolder(folder));
  return openOrdinanceAuthority({ municipality, shelf, clock: systemClock });
}

async function cardOf(folder: TownFolder, shelf: Shelf, authority: TestAuthority, key: string, inMemory = false) {
  const memory = (name: string): CardStateStore =>
    inMemory ? memoryCardState() : fileCardState(folder.file('cards', key, name));
  const card = demoCards.find((it) => it.key === key);
  const order = { authority, pin: demoPin, holderLabel: key, shelf, stateStore: memory('state.json') };
  if (card?.secondPin === undefined) return makeCard(order);
  const { municipality, secondPin } = card;
  const ordinance = await openOrdinance(folder, municipality);
  return makeCard({
    ...order,
    ordinance: { authority: ordinance, secondPin, stateStore: memory('ordinance.json') },
  });
}

/** The card itself, to be laid on a reader in this process. `inMemory`: a twin whose tries nobody else counts. */
export async function takeCard(folder: TownFolder, key: string, inMemory = false): Promise<VirtualCard> {
  const authority = await openCardAuthority(folder);
  return (await cardOf(folder, directoryShelf(cardsFolder(folder)), authority, key, inMemory)).card;
}

/** Makes the cards that are not there yet. */
export async function makeTownCards(
  folder: TownFolder,
  towns: readonly Municipality[],
  say: Say,
): Promise<readonly TownCard[]> {
  const authority = await openCardAuthority(folder);
  const shelf = directoryShelf(cardsFolder(folder));
  const named = new Map(towns.map((plan) => [plan.municipality, makeTown({ ...plan, residents: 0 }).named] as const));
  let made = 0;
  return Promise.all(
    demoCards
      .filter(({ municipality }) => named.has(municipality))
      .map(async (resident) => {
        const { serialHex } = await cardOf(folder, shelf, authority, resident.key);
        say(`${++made} cards`);
        return {
          ...resident,
          serialHex,
          addresseeNumber: named.get(resident.municipality)?.[resident.key] ?? '',
        };
      }),
  );
}

/** Of the town that this program would build: another town has other people under the same numbers. */
export function townDigest(towns: readonly Municipality[]): string {
  const hash = createHash('sha256');
  for (const plan of towns) hash.update(JSON.stringify(makeTown({ ...plan, residents: sampleResidents })));
  return hash.digest('hex').slice(0, 12);
}

async function loadTown(store: RegisterStore, plan: Municipality, say: Say): Promise<void> {
  if ((await store.residentCount(plan.municipality)) > 0) return;
  const town = makeTown(plan);
  const people = town.households.reduce((sum, { household }) => sum + household.members.length, 0);
  await store.load(town, (done, of) =>
    say(
      `${plan.name} ${Math.round((people * done) / of).toLocaleString('en')} of ${people.toLocaleString('en')} people`,
    ),
  );
}

async function giveCard(store: RegisterStore, card: TownCard): Promise<void> {
  const { municipality, serialHex, addresseeNumber } = card;
  if ((await store.findHolder(municipality, serialHex)) === addresseeNumber) return;
  await store.change(municipality, 'card-office', { kind: 'assign-credential', addresseeNumber, serialHex });
}

/** Fills registers that are empty; says in every register who holds which card. */
export async function settlePeople(
  address: DatabaseAddress,
  towns: readonly Municipality[],
  cards: readonly TownCard[],
  say: Say,
): Promise<Readonly<Record<string, number>>> {
  const pool = openDatabase(address, { applicationName: 'dokodemo-demo', connections: 2 });
  try {
    const store = createPostgresRegister(pool);
    for (const plan of towns) await loadTown(store, plan, say);
    for (const card of cards) await giveCard(store, card);
    const counted = await Promise.all(
      towns.map(async ({ municipality }) => [municipality, await store.residentCount(municipality)] as const),
    );
    return Object.fromEntries(counted);
  } finally {
    await pool.end();
  }
}
