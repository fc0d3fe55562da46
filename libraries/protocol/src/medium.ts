/** On paper or as a file: a question of the issuer's menu like any other, and the one whose answer a kiosk has to know. */
import type { Answers } from './menu.ts';

export const mediumQuestionId = 'medium';

/** By what the document is bound to: what may go to a printer is decided by the issuer's signed word. */
export function isElectronic(answers: Answers): boolean {
  return answers[mediumQuestionId]?.includes('electronic') === true;
}
