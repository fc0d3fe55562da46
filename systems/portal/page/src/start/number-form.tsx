import { readCheckCode } from '@dokodemo/proof/verify';
import { type FormEvent, useRef, useState } from 'react';
import { inquire, type NumberAnswer } from '../check/ask-portal.ts';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';
import { CodeField } from './code-field.tsx';
import { readDocumentNumber } from './typed.ts';

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
  const checkCode = readCheckCode(code);
  const [numberField, codeField] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const isNumberBad = isTried && documentNumber === undefined;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (documentNumber === undefined) return numberField.current?.focus();
    if (checkCode === undefined) return codeField.current?.focus();
    if (isAsking) return;
    setAsking(true);
    void inquire(new URL('./', location.href).href, documentNumber, checkCode).then((answer) => {
      setAsking(false);
      onAnswer(documentNumber, answer);
    });
  };
  return (
    <section className="way number-way" aria-labelledby="way-number">
      <Drawing name="keys" />
      <h2 id="way-number">{say('number.title')}</h2>
      <p>{say('number.line')}</p>
      <form onSubmit={ask} noValidate>
        <label className="typed">
          <span>{say('number.number')}</span>
          <input
            ref={numberField}
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
        <CodeField ref={codeField} label={say('number.code')} code={code} onCode={setCode} isTried={isTried} />
        <button type="submit" className="button" disabled={!online || isAsking} aria-busy={isAsking}>
          {say('number.button')}
        </button>
      </form>
    </section>
  );
}
