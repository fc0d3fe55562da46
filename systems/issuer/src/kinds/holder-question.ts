import type { RegisterText } from '@dokodemo/domain';
import type { Question } from '@dokodemo/protocol';
import { type LabelBook, onScreen } from '../menu/label-book.ts';

/** Whose certificate it is, where it can be nobody's but the holder's: never put, and yet on the screen to confirm. */
export function holderQuestion(name: RegisterText, labels: LabelBook): Question {
  return {
    id: 'holder',
    label: { text: 'certificate.holder' },
    choose: 'one',
    atLeast: 1,
    options: [{ id: 'holder', label: labels.personal(onScreen(name.text)) }],
    skipIfSingle: true,
  };
}
