import type { Reply, Verdict } from '@dokodemo/proof/verify';
import type { ReactNode } from 'react';
import { Drawing, type DrawingName } from '../drawings.tsx';
import { useSay, type WordId } from '../words/words.tsx';
import { Compare } from './compare.tsx';
import { Facts } from './facts.tsx';
import { logWord } from './log-word.ts';
import { MixedUp } from './mixed-up.tsx';
import { OriginalityPicture } from './originality-picture.tsx';
import { summaryOf } from './summary.ts';

type SheetProps = {
  readonly verdict: Verdict;
  readonly at: number;
  readonly of: number;
  readonly onCode: (checkCode: string) => void;
};

export function Sheet({ verdict, at, of, onCode }: SheetProps) {
  const say = useSay();
  const { facts, integrity, issuer, status, originality, pictures, otherFront } = verdict;
  const { tone, word } = summaryOf(verdict);
  const Heading = at === 1 ? 'h1' : 'h2';
  return (
    <article className="sheet">
      <header className="summary" data-tone={tone}>
        <Drawing name={tone} />
        <div>
          {of > 1 && <p className="sheet-at">{say('fact.sheet.of', { sheet: at, sheets: of })}</p>}
          <Heading>{say(word, { name: facts?.issuerName ?? '' })}</Heading>
          {facts?.specimen === true && <p className="specimen">{say('specimen')}</p>}
        </div>
      </header>
      {facts !== undefined && <Facts facts={facts} />}
      <div className="answers">
        <Answer name="integrity" ask="ask.integrity" reply={integrity} isWide={pictures !== undefined}>
          {pictures !== undefined ? (
            <Compare signed={pictures.signed} seen={pictures.seen} differences={integrity.differences ?? []} />
          ) : otherFront !== undefined ? (
            <MixedUp front={otherFront} onCode={onCode} />
          ) : (
            <Pictogram name="sheets" />
          )}
        </Answer>
        <Answer
          name="issuer"
          ask="ask.issuer"
          reply={issuer}
          more={issuer.answer === 'holds' ? 'issuer.signed' : undefined}
        >
          <Pictogram name="town" />
        </Answer>
        <Answer name="status" ask="ask.status" reply={status} more={logWord(status)}>
          <Pictogram name="record" />
        </Answer>
        <Answer
          name="originality"
          ask="ask.originality"
          reply={originality}
          more={isOfWord(originality) && originality.answer === 'unproven' ? 'originality.cannot' : undefined}
        >
          {isOfWord(originality) ? <OriginalityPicture word={pictures?.word} /> : <Pictogram name="copies" />}
        </Answer>
      </div>
    </article>
  );
}

const wordCodes: readonly string[] = ['word-shows', 'word-does-not-show', 'cannot-tell-the-word'];
const isOfWord = ({ code }: Reply) => wordCodes.includes(code);

function Pictogram({ name }: { readonly name: DrawingName }) {
  return (
    <div className="pictogram">
      <Drawing name={name} />
    </div>
  );
}

type AnswerProps = {
  readonly name: string;
  readonly ask: WordId;
  readonly reply: Reply;
  readonly more?: WordId | undefined;
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

export function Answer({ name, ask, reply, more, isWide = false, children }: AnswerProps) {
  const say = useSay();
  return (
    <section className="answer" data-answer={reply.answer} data-name={name} data-wide={isWide || undefined}>
      <header>
        <h2>{say(ask)}</h2>
        <p className="sign">
          <Drawing name={reply.answer} />
          {say(`answer.${reply.answer}`)}
        </p>
      </header>
      <p className="reason">{say.reason(reply)}</p>
      {more !== undefined && <p className="more">{say(more)}</p>}
      {children}
    </section>
  );
}
