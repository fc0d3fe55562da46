/** What the resident has chosen at this kiosk, learned from the screens that were shown and the answers that were taken:
 *  the document has to be of this and of nothing else. */
import type { Input, Screen } from '@dokodemo/protocol';
import type { SessionMemory } from './session-memory.ts';

/** Names of the conversation's own questions begin with it; the issuer's are the others. */
const own = '@';

/** A question stands on the screen: from now on nobody answers it but the resident. */
export function learnShown(memory: SessionMemory, screen: Screen): void {
  const { choice } = memory;
  if (screen.kind !== 'choose' || screen.questionId.startsWith(own) || choice === undefined) return;
  memory.choice = { ...choice, put: new Set([...choice.put, screen.questionId]) };
}

/** The center has taken this answer to this screen. */
export function learnTaken(memory: SessionMemory, screen: Screen, input: Input): void {
  const { choice } = memory;
  if (input.kind === 'chosen') {
    const { questionId, optionIds } = input;
    // Home, or yet to be said which: what was chosen before holds no more.
    if (questionId === '@place') memory.municipalityChosen = undefined;
    else if (questionId === '@municipality') memory.municipalityChosen = municipalityOf(optionIds[0]);
    else if (questionId === '@kind') {
      memory.choice = { kindId: optionIds[0] ?? '', answers: {}, put: new Set(), copies: 0 };
      memory.confirmed = undefined;
    } else if (choice !== undefined) {
      memory.choice = { ...choice, answers: { ...choice.answers, [questionId]: optionIds } };
    }
  }
  if (input.kind === 'copies' && choice !== undefined) memory.choice = { ...choice, copies: input.copies };
  if (input.kind === 'confirmed' && screen.kind === 'confirm') {
    const questions = screen.lines.flatMap(({ change }) =>
      change === undefined || change.startsWith(own) ? [] : [change],
    );
    memory.confirmed = { questions, feeYen: screen.feeYen };
  }
}

/** 'm-482013' → '482013'. */
function municipalityOf(optionId: string | undefined): string | undefined {
  return /^m-([0-9]{6})$/.exec(optionId ?? '')?.[1];
}
