/** The cards that lie beside the bench, of people who do not exist. Tries and locks are on disk: a card that was locked
 *  yesterday is locked today. */
import path from 'node:path';
import type { Clock } from '@dokodemo/domain';
import { directoryShelf, fileCardState, makeCard, openTestAuthority, type VirtualCard } from '@dokodemo/ic-card';
import type { WalletConfig } from '../config/config.ts';

export type WalletCard = {
  readonly cardId: string;
  readonly label: string;
  readonly note: string;
  readonly pin: string;
  readonly card: VirtualCard;
};

/** Makes the cards that are not on the shelf yet. */
export async function openWallet(config: WalletConfig, clock: Clock): Promise<readonly WalletCard[]> {
  const authority = await openTestAuthority({ shelf: directoryShelf(config.authority), clock });
  const shelf = directoryShelf(config.shelf);
  const cards: WalletCard[] = [];
  for (const { cardId, label, note, pin } of config.cards) {
    const stateStore = fileCardState(path.join(config.shelf, cardId, 'state.json'));
    const { card } = await makeCard({ authority, pin, holderLabel: cardId, stateStore, shelf });
    cards.push({ cardId, label, note, pin, card });
  }
  return cards;
}
