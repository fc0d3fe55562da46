/**
 * What a holder may take now, as a tree, learned as a resident would: by choosing, looking and going back. The center
 * hands out one screen at a time, and the command stands where a resident stands.
 */
import { watchKiosk } from '@dokodemo/demo/walk';
import type { Clock } from '@dokodemo/domain';
import type { Kiosk, PanelState, PanelTouch } from '@dokodemo/kiosk';
import { labelText } from './said.ts';

export type MenuOption = {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly feeYen?: number;
  /** Why it cannot be chosen now: a code of the catalogue. */
  readonly closed?: string;
  readonly next?: MenuNode;
};

export type MenuNode =
  | {
      readonly kind: 'choose';
      readonly question: string;
      readonly title: string;
      readonly choose: 'one' | 'some';
      readonly options: readonly MenuOption[];
      /** What comes next whatever is chosen. */
      readonly next?: MenuNode;
    }
  | { readonly kind: 'copies'; readonly upTo: number; readonly feeYen: number }
  | { readonly kind: 'confirm'; readonly feeYen: number }
  /** The card is asked for again, with its second PIN: what lies behind is not looked at. */
  | { readonly kind: 'second-pin' }
  /** Not looked at: a screen that is no choice, or too many choices before it. */
  | { readonly kind: 'unseen' };

type At = Pick<Kiosk, 'state' | 'subscribe' | 'touch'>;
type Screen = PanelState['screen'];
type ChooseScreen = Extract<Screen, { kind: 'choose' }>;

/** A session takes some hundreds of inputs; a menu that needs more is shown in part. */
const mostTouches = 220;
const backsToQuestion = 4;

export async function exploreMenu(kiosk: At, clock: Clock): Promise<MenuNode> {
  const watch = watchKiosk(kiosk, clock);
  let touches = 0;

  const isSettled = ({ busy, screen }: PanelState) => !busy && screen.kind !== 'working';

  async function touch(what: PanelTouch): Promise<Screen> {
    touches++;
    const before = kiosk.state().revision;
    kiosk.touch(before, what);
    return (await watch.when((state) => state.revision !== before && isSettled(state))).screen;
  }

  async function backTo(questionId: string): Promise<boolean> {
    for (let tries = 0; tries < backsToQuestion; tries++) {
      const { screen } = kiosk.state();
      if (screen.kind === 'choose' && screen.questionId === questionId) return true;
      if (!('back' in screen) || !screen.back) return false;
      await touch({ kind: 'back' });
    }
    return false;
  }

  async function look(): Promise<MenuNode> {
    const { screen } = kiosk.state();
    switch (screen.kind) {
      case 'choose':
        return screen.atMost === 1 && screen.atLeast === 1 ? lookAtEach(screen) : lookBeyond(screen);
      case 'copies':
        return { kind: 'copies', upTo: screen.max, feeYen: screen.feeYen };
      case 'confirm':
        return { kind: 'confirm', feeYen: screen.feeYen };
      case 'present-card':
        return { kind: 'second-pin' };
      default:
        return { kind: 'unseen' };
    }
  }

  /** Several may be chosen: what comes next does not depend on which. */
  async function lookBeyond(screen: ChooseScreen): Promise<MenuNode> {
    const { questionId, atLeast } = screen;
    const open = screen.options.filter(({ closed }) => closed === undefined).map(({ id }) => id);
    const options = screen.options.map(optionOf);
    const node = {
      kind: 'choose',
      question: questionId,
      title: labelText(screen.title),
      choose: 'some',
      options,
    } as const;
    if (touches >= mostTouches || open.length < atLeast) return node;
    await touch({ kind: 'chosen', questionId, optionIds: open.slice(0, atLeast) });
    const next = await look();
    await backTo(questionId);
    return { ...node, next };
  }

  async function lookAtEach(screen: ChooseScreen): Promise<MenuNode> {
    const { questionId } = screen;
    const options: MenuOption[] = [];
    let here = true;
    for (const option of screen.options) {
      if (option.closed !== undefined || !here || touches >= mostTouches) {
        options.push(
          option.closed === undefined ? { ...optionOf(option), next: { kind: 'unseen' } } : optionOf(option),
        );
        continue;
      }
      await touch({ kind: 'chosen', questionId, optionIds: [option.id] });
      options.push({ ...optionOf(option), next: await look() });
      here = await backTo(questionId);
    }
    return gathered({ kind: 'choose', question: questionId, title: labelText(screen.title), choose: 'one', options });
  }

  try {
    return await look();
  } finally {
    watch.leave();
  }
}

function optionOf({ id, label, note, feeYen, closed }: ChooseScreen['options'][number]): MenuOption {
  return {
    id,
    label: labelText(label),
    ...(note === undefined ? {} : { note: labelText(note) }),
    ...(feeYen === undefined ? {} : { feeYen }),
    ...(closed === undefined ? {} : { closed }),
  };
}

/** Where every open option leads to the same, it is said once. */
function gathered(node: Extract<MenuNode, { kind: 'choose' }>): MenuNode {
  const nexts = node.options.flatMap(({ next }) => (next === undefined ? [] : [next]));
  const [first] = nexts;
  if (first === undefined || nexts.length < 2) return node;
  if (!nexts.every((next) => JSON.stringify(next) === JSON.stringify(first))) return node;
  return { ...node, options: node.options.map(({ next: _, ...option }) => option), next: first };
}

/** The tree as lines. */
export function menuLines(node: MenuNode, depth = 0): readonly string[] {
  const indent = '  '.repeat(depth);
  switch (node.kind) {
    case 'copies':
      return [`${indent}→ up to ${node.upTo} ${node.upTo === 1 ? 'copy' : 'copies'}, ${node.feeYen} yen each`];
    case 'confirm':
      return [`${indent}→ ${node.feeYen} yen`];
    case 'second-pin':
      return [`${indent}→ asks for the card once more, with its second PIN`];
    case 'unseen':
      return [`${indent}→ …`];
    case 'choose':
      return [
        `${indent}${node.title} [${node.question}]`,
        ...node.options.flatMap((option) => [
          `${indent}${node.choose === 'some' ? '□' : '○'} ${optionLine(option)}`,
          ...(option.next === undefined ? [] : menuLines(option.next, depth + 2)),
        ]),
        ...(node.next === undefined ? [] : menuLines(node.next, depth + 1)),
      ];
  }
}

function optionLine({ id, label, note, feeYen, closed }: MenuOption): string {
  const fee = feeYen === undefined ? '' : `  ${feeYen} yen`;
  const said = note === undefined ? '' : `  ${note}`;
  return `${label} (${id})${fee}${said}${closed === undefined ? '' : `  closed: ${closed}`}`;
}
