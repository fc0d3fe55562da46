/** The cards that lie beside the bench, of people who do not exist. Tries and locks are on disk: a card that was locked
 *  yesterday is locked today. */
import path from 'node:path';
import type { Clock } from '@dokodemo/domain';
import {
  type CardStateStore,
  directoryShelf,
  fileCardState,
  makeCard,
  openOrdinanceAuthority,
  openTestAuthority,
  type VirtualCard,
} from '@dokodemo/ic-card';
import type { WalletConfig } from '../config/config.ts';

export type WalletCard = {
  readonly cardId: string;
  readonly label: string;
  readonly note: string;
  readonly pin: string;
  readonly secondPin?: string;
  readonly card: VirtualCard;
};

/** Makes the cards that are not on the shelf yet. */
export async function openWallet(config: WalletConfig, clock: Clock): Promise<readonly WalletCard[]> {
  const authority = await openTestAuthority({ shelf: directoryShelf(config.authority), clock });
  const shelf = directoryShelf(config.shelf);
  const cards: WalletCard[] = [];
  for (const { cardId, label, note, pin, ordinance } of config.cards) {
    const memory = (name: string) => fileCardState(path.join(config.shelf, cardId, name));
    const own = ordinance === undefined ? {} : { ordinance: await ordinanceOn(ordinance, memory, clock) };
    const order = { authority, pin, holderLabel: cardId, stateStore: memory('state.json'), shelf };
    const { card } = await makeCard({ ...order, ...own });
    const second = ordinance === undefined ? {} : { secondPin: ordinance.secondPin };
    cards.push({ cardId, label, note, pin, ...second, card });
  }
  return cards;
}

async function ordinanceOn(
  { authority, municipality, secondPin }: NonNullable<WalletConfig['cards'][number]['ordinance']>,
  memory: (name: string) => CardStateStore,
  clock: Clock,
) {
  const shelf = directoryShelf(authority);
  return {
    authority: await openOrdinanceAuthority({ municipality, shelf, clock }),
    secondPin,
    stateStore: memory('ordinance.json'),
  };
}
