/** From the words of a command line to what a resident wants at a kiosk. */
import type { ChooseScreen, Wishes } from '@dokodemo/demo';
import { CommandError } from './command-error.ts';
import { labelText } from './said.ts';

export type WishOptions = {
  readonly pin: string;
  readonly pin2?: string;
  readonly kind: string;
  /** Code of another municipality than the home: of the 本籍, by enrolment. */
  readonly at?: string;
  readonly members?: string;
  readonly show?: string;
  readonly choose: readonly string[];
  readonly copies: number;
  /** A signed file instead of paper. */
  readonly electronic?: boolean;
  readonly pay: 'cash' | 'ic-money';
};

function list(screen: ChooseScreen): string {
  return screen.options
    .map(
      ({ id, label, closed }) => `  ${id.padEnd(18)} ${labelText(label)}${closed === undefined ? '' : ` (${closed})`}`,
    )
    .join('\n');
}

function known(screen: ChooseScreen, wished: readonly string[], option: string): readonly string[] {
  const stranger = wished.find((id) => !screen.options.some((it) => it.id === id));
  if (stranger === undefined) return wished;
  throw new CommandError(`${option}: “${stranger}” is not among\n${list(screen)}`);
}

/** `all`, `holder`, or `1,3`: the first and the third of the list that the kiosk shows. */
function scopeOf(members: string): 'all' | 'holder' | 'some' {
  if (members === 'all' || members === 'holder') return members;
  if (/^[0-9]{1,2}(,[0-9]{1,2})*$/.test(members)) return 'some';
  throw new CommandError(`--members ${members}: all, holder, or numbers of the list such as 1,3 are expected`);
}

function membersChosen(screen: ChooseScreen, members: string): readonly string[] {
  return members.split(',').map((number) => {
    const option = screen.options[Number(number) - 1];
    if (option === undefined)
      throw new CommandError(`--members ${members}: the household has ${screen.options.length} members to choose from`);
    return option.id;
  });
}

function answersOf(choose: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    choose.map((text) => {
      const at = text.indexOf('=');
      return [
        text.slice(0, at),
        text
          .slice(at + 1)
          .split(',')
          .filter(Boolean),
      ] as const;
    }),
  );
}

export function wishesOf(options: WishOptions, municipality: string): Wishes {
  const { members, show, choose } = options;
  const chosen = answersOf(choose);
  const scope = members === undefined ? undefined : scopeOf(members);
  return {
    pin: options.pin,
    ...(options.pin2 === undefined ? {} : { secondPin: options.pin2 }),
    givesUp: true,
    language: 'en',
    kindId: options.kind,
    copies: options.copies,
    payWith: options.pay,
    answer(screen) {
      // One question for each year or certificate (`year-income`, `items-2026`): `year=…` answers whichever is put.
      const own = chosen.get(screen.questionId) ?? chosen.get(screen.questionId.split('-')[0] ?? '');
      if (own !== undefined) return known(screen, own, `--choose ${screen.questionId}=…`);
      if (screen.questionId === 'medium') return [options.electronic === true ? 'electronic' : 'paper'];
      if (screen.questionId === '@place') return [options.at === undefined ? 'home' : 'other'];
      if (screen.questionId === '@municipality') return [`m-${options.at ?? municipality}`];
      if (screen.questionId === 'scope' && scope !== undefined) return [scope];
      if (screen.questionId === 'members' && scope === 'some') return membersChosen(screen, members ?? '');
      if (screen.questionId === 'show' && show !== undefined)
        return known(screen, show.split(',').filter(Boolean), '--show');
      return undefined;
    },
  };
}

/** The button of a certificate that is not there is no refusal: it is a misspelt word. */
export function checkKind(screen: ChooseScreen, kind: string): void {
  known(screen, [kind], '--kind');
}
