import { unproven } from '@dokodemo/proof/verify';
import { type NumberAnswer, replyOf } from '../check/ask-portal.ts';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';
import { After } from './after.tsx';
import { kindText } from './kind-text.ts';

type NumberResultProps = {
  readonly documentNumber: string;
  readonly answer: NumberAnswer;
  readonly onAgain: () => void;
};

function replyTo(answer: NumberAnswer) {
  switch (answer.kind) {
    case 'answered':
      return replyOf(answer.state);
    case 'too-many':
      return unproven('too-many-questions');
    case 'no-answer':
      return unproven('portal-no-answer');
  }
}

export function NumberResult({ documentNumber, answer, onAgain }: NumberResultProps) {
  const say = useSay();
  const reply = replyTo(answer);
  const told = answer.kind === 'answered' ? answer : undefined;
  return (
    <>
      <article className="sheet">
        <header className="summary" data-tone={reply.answer} data-code={reply.code}>
          <Drawing name={reply.answer} />
          <div>
            <h1>{say.reason(reply)}</h1>
            <p>{say('summary.number')}</p>
          </div>
        </header>
        <dl className="facts">
          <div>
            <dt>{say('fact.number')}</dt>
            <dd className="number">{documentNumber}</dd>
          </div>
          {told?.kindId !== undefined && (
            <div>
              <dt>{say('fact.kind')}</dt>
              <dd>{kindText(told.kindId, say.language)}</dd>
            </div>
          )}
          {told?.issuerName !== undefined && (
            <div>
              <dt>{say('fact.issuer')}</dt>
              <dd lang="ja">{told.issuerName}</dd>
            </div>
          )}
          {told?.at !== undefined && (
            <div>
              <dt>{say('ask.status')}</dt>
              <dd>{say('status.at', { at: say.instant(told.at) })}</dd>
            </div>
          )}
        </dl>
      </article>
      <After onAgain={onAgain} />
    </>
  );
}
