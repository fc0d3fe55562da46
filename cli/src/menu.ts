/** `dokodemo menu`: a real visit up to the menu, which is printed, and then over. */
import { walk } from '@dokodemo/demo/walk';
import { systemClock } from '@dokodemo/domain';
import type { PanelState } from '@dokodemo/kiosk';
import { exploreMenu, type MenuNode, menuLines } from './explore-menu.ts';
import { refusalOf } from './issue.ts';
import { atKiosk, findCard } from './town-of-commands.ts';
import { wishesOf } from './wishes.ts';

export type MenuOptions = { readonly card: string; readonly pin: string; readonly json?: boolean };

const isMenu = ({ busy, screen }: PanelState) => !busy && screen.kind === 'choose' && screen.questionId === '@kind';

export async function menuCommand({ card: name, pin, json }: MenuOptions): Promise<void> {
  const card = findCard(name);
  const wishes = wishesOf({ pin, kind: '', choose: [], copies: 1, pay: 'cash' }, card.municipality);
  const seen = await atKiosk(async ({ kiosk, hands }) => {
    const own = await hands(card.key, 'cash');
    const memory = await walk({ kiosk, hands: own, wishes, clock: systemClock, until: isMenu });
    if (!isMenu(kiosk.state())) return memory;
    const menu = await exploreMenu(kiosk, systemClock);
    kiosk.touch(kiosk.state().revision, { kind: 'stop' });
    return menu;
  });
  if (!('kind' in seen)) throw refusalOf(seen.refusals.findLast((code) => code !== 'STOPPED'));
  print(seen, json === true);
}

function print(menu: MenuNode, json: boolean): void {
  console.log(json ? JSON.stringify(menu) : menuLines(menu).join('\n'));
}
