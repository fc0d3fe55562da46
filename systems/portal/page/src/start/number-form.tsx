import { readCheckCode } from '@dokodemo/proof/verify';
import { type FormEvent, useState } from 'react';
import { inquire, type NumberAnswer } from '../check/ask-portal.ts';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';
import { groupedCode, readDocumentNumber } from './typed.ts';

type NumberFormProps = {
  readonly online: boolean;
  readonly onAnswer: (documentNumber: string, answer: NumberAnswer) => void;
};

export function NumberForm({ online, onAnswer }: NumberFormProps) {
  const say = useSay();
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [isTried, setTried] = useState(false);
  const documentNumber = readDocumentNumber(number);
  const { count } = groupedCode(code);
  const checkCode = readCheckCode(code);
  const isCodeBad = count >= 16 && checkCode === undefined;
  const isNumberBad = isTried && documentNumber === undefined;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (documentNumber === undefined || checkCode === undefined || isAsking) return;
    setAsking(true);
    void inquire(new URL('./', location.href).href, documentNumber, checkCode).then((answer) => {
      setAsking(false);
      onAnswer(documentNumber, answer);
    });
  };
  const codeLine = isCodeBad
    ? say('code.bad')
    : checkCode !== undefined
      ? say('code.good')
      : count > 0
        ? say('code.short', { count })
        : say('number.code.hint');
  return (
    <section className="way number-way" aria-labelledby="way-number">
      <Drawing name="keys" />
      <h2 id="way-number">{say('number.title')}</h2>
      <p>{say('number.line')}</p>
      <form onSubmit={ask} noValidate>
        <label>
          <span>{say('number.number')}</span>
          <input
            value={number}
            onChange={({ target }) => setNumber(target.value)}
            onBlur={() => documentNumber !== undefined && setNumber(documentNumber)}
            inputMode="numeric"
            autoComplete="off"
            spellCheck={false}
            maxLength={60}
            aria-invalid={isNumberBad || undefined}
            aria-describedby="number-line"
          />
        </label>
        <p id="number-line" className="field-line" data-bad={isNumberBad || undefined} aria-live="polite">
          {isNumberBad ? say('number.bad') : say('number.number.hint')}
        </p>
        <label>
          <span>{say('number.code')}</span>
          <input
            className="code"
            value={code}
            onChange={({ target }) => setCode(groupedCode(target.value).shown)}
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            placeholder="XXXX-XXXX-XXXX-XXXX"
            aria-invalid={isCodeBad || undefined}
            aria-describedby="code-line"
          />
        </label>
        <p
          id="code-line"
          className="field-line"
          data-bad={isCodeBad || undefined}
          data-good={checkCode !== undefined || undefined}
          aria-live="polite"
        >
          {codeLine}
        </p>
        <button type="submit" className="button" disabled={!online || isAsking} aria-busy={isAsking}>
          {say('number.button')}
        </button>
      </form>
    </section>
  );
}
