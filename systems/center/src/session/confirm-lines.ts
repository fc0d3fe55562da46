/** 発行内容の確認: everything that was chosen, in the menu's own labels, each line with the way back to its question. */
import type { Kind, Label } from '@dokodemo/protocol';
import { isAsked, mostCopies, singleAnswer } from '@dokodemo/protocol';
import { copiesOf } from './choosing.ts';
import type { Choice } from './state.ts';
import { text } from './text.ts';

type ScreenLine = { label: Label; value: Label; change?: string };
/** As many as a screen may carry (`ScreenLine` of the protocol). */
const maxLines = 30;

export function confirmLines(kind: Kind, choice: Choice): readonly ScreenLine[] {
  const first: ScreenLine = { label: text('center.confirm.kind'), value: kind.label, change: '@kind' };
  const copies: ScreenLine = {
    label: text('center.confirm.copies'),
    value: text('center.confirm.copies-value', { copies: copiesOf(kind, choice) }),
    ...(mostCopies(kind, choice.answers) > 1 ? { change: '@copies' } : {}),
  };
  const answers = answerLines(kind, choice);
  const room = maxLines - 2;
  if (kind.appliesTo !== undefined) return answers;
  if (answers.length <= room) return [first, ...answers, copies];
  const rest = answers.length - (room - 1);
  const more: ScreenLine = { label: text('center.confirm.more'), value: text('center.confirm.more-value', { rest }) };
  return [first, ...answers.slice(0, room - 1), more, copies];
}

function answerLines(kind: Kind, choice: Choice): readonly ScreenLine[] {
  return kind.questions
    .filter((question) => isAsked(question, choice.answers))
    .flatMap((question) => {
      // What had only one answer cannot be changed: a way there would lead nowhere.
      const change = singleAnswer(question) === undefined ? { change: question.id } : {};
      const label = question.line ?? question.label;
      const chosen = question.options.filter(({ id }) => choice.answers[question.id]?.includes(id));
      if (chosen.some(({ leadsOn }) => leadsOn === true)) return [];
      if (chosen.length === 0) return [{ label, value: text('center.confirm.none'), ...change }];
      return chosen.map((option, i) => ({
        label,
        value: option.label,
        ...(i === 0 ? change : {}),
      }));
    });
}
