/** `dokodemo enrol`: 利用登録 — apply at the kiosk of the open town, or decide as its clerk does. */
import { defaultTownRoot, TownError } from '@dokodemo/demo';
import { applicantOf, openCommandClerk } from '@dokodemo/demo/command-clerk';
import { walk } from '@dokodemo/demo/walk';
import { systemClock } from '@dokodemo/domain';
import { CommandError } from './command-error.ts';
import { refusalOf } from './issue.ts';
import { deedText, titleOf } from './said.ts';
import { atKiosk, findCard } from './town-of-commands.ts';
import { wishesOf } from './wishes.ts';

export type EnrolOptions = { readonly card: string; readonly pin: string };

export async function applyCommand({ card: name, pin }: EnrolOptions): Promise<void> {
  const card = findCard(name);
  const wishes = wishesOf({ pin, kind: 'enrolment', choose: [], copies: 1, pay: 'cash' }, card.municipality);
  let applied: string | undefined;
  const memory = await atKiosk(async ({ kiosk, hands }) => {
    const walked = await walk({
      kiosk,
      hands: await hands(card.key, 'cash'),
      wishes,
      clock: systemClock,
      onStep: (state, deed) => {
        const { screen } = state;
        if (screen.kind === 'choose' && screen.questionId === '@kind')
          if (!screen.options.some(({ id }) => id === 'enrolment'))
            throw new CommandError(
              'Nothing to apply for: the family register is not kept by another municipality here.',
            );
        const [line] = screen.kind === 'notice' ? screen.lines : [];
        if (line !== undefined && 'text' in line && line.text.startsWith('center.applied.')) applied = line.text;
        const did = deedText(state, deed);
        if (did !== undefined) console.log(`${titleOf(state).padEnd(48)}${did}`);
      },
      until: () => applied !== undefined,
    });
    kiosk.touch(kiosk.state().revision, { kind: 'stop' });
    return walked;
  });
  if (applied === undefined) throw refusalOf(memory.refusals.findLast((code) => code !== 'STOPPED'));
  console.log(
    applied === 'center.applied.already'
      ? '\nEnrolled already.'
      : `\nApplied. To decide as staff: dokodemo enrol approve --card ${card.key}`,
  );
}

export async function decideCommand(decision: 'approve' | 'reject', { card: name }: { card: string }): Promise<void> {
  const card = findCard(name);
  const clerk = await openCommandClerk(defaultTownRoot()).catch((error: unknown) => {
    throw error instanceof TownError ? new CommandError(error.message) : error;
  });
  try {
    const done = await clerk.enrol(applicantOf(card), decision);
    if (!done.ok) throw new CommandError(done.failure.detail ?? 'refused', 2, done.failure.code);
    console.log(`${decision === 'approve' ? 'Approved' : 'Rejected'} at ${done.value.municipality}.`);
  } finally {
    await clerk.close();
  }
}
