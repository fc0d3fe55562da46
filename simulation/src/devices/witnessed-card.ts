/** A card whose commands take their time, so that it can be pulled in the middle of one, and whose signatures are seen. */
import { CardError, decodeCommand, type InsertableCard, sha256DigestInfo } from '@dokodemo/ic-card';
import type { Chance } from '../chance.ts';
import type { VirtualTime } from '../virtual-time.ts';

const digestInfoPrefix = sha256DigestInfo(new Uint8Array(32)).slice(0, -32);

/** The 32 bytes that a command asks the card to sign, if it is such a command. */
function challengeIn(apdu: Uint8Array): string | undefined {
  const command = decodeCommand(apdu);
  if (command?.cla !== 0x80 || command.ins !== 0x2a) return undefined;
  const { data } = command;
  if (data.length !== digestInfoPrefix.length + 32) return undefined;
  return Buffer.from(data.subarray(digestInfoPrefix.length)).toString('hex');
}

export function witnessedCard(
  card: InsertableCard,
  time: VirtualTime,
  chance: Chance,
  signed: (challenge: string) => void,
): InsertableCard {
  let cycle = 0;
  return {
    atr: card.atr,
    powerOn: () => card.powerOn(),
    powerOff() {
      cycle++;
      card.powerOff();
    },
    async transmit(apdu) {
      const before = cycle;
      const challenge = challengeIn(apdu);
      await new Promise<void>((resolve) => time.setTimer(chance.between(2, 40), resolve));
      // A command that was on its way when the power went never reaches the card of a later power cycle.
      if (before !== cycle) throw new CardError('CARD_REMOVED', 'the card lost its power');
      const response = await card.transmit(apdu);
      if (challenge !== undefined && response.at(-2) === 0x90 && response.at(-1) === 0x00) signed(challenge);
      return response;
    },
  };
}
