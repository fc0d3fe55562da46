/** 照合コード as a person types it: in groups of four like the paper's, and below it what is wrong, as soon as it is. */
import { readCheckCode } from '@dokodemo/proof/verify';
import { type ChangeEvent, type Ref, useId } from 'react';
import { useSay } from '../words/words.tsx';
import { groupedAround, groupedCode } from './typed.ts';

type CodeFieldProps = {
  readonly label: string;
  readonly code: string;
  readonly onCode: (code: string) => void;
  /** It was to be used: from now on it is a fault that symbols are missing. */
  readonly isTried: boolean;
  readonly ref: Ref<HTMLInputElement>;
};

/** Until an input method has made up its mind, what it has written is its own. */
const isComposing = (event: Event) => event instanceof InputEvent && event.isComposing;

export function CodeField({ label, code, onCode, isTried, ref }: CodeFieldProps) {
  const say = useSay();
  const line = useId();
  const { count } = groupedCode(code);
  const isGood = readCheckCode(code) !== undefined;
  const isBad = !isGood && (isTried || count >= 16);
  const change = ({ currentTarget: field, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    if (isComposing(nativeEvent)) return onCode(field.value);
    const { shown, caret } = groupedAround(field.value, field.selectionStart ?? field.value.length);
    // Here, and not when it is drawn again: the caret would go to the end.
    field.value = shown;
    field.setSelectionRange(caret, caret);
    onCode(shown);
  };
  return (
    <>
      <label className="typed">
        <span>{label}</span>
        <input
          ref={ref}
          className="code"
          value={code}
          onChange={change}
          onCompositionEnd={({ currentTarget }) => onCode(groupedCode(currentTarget.value).shown)}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          placeholder="XXXX-XXXX-XXXX-XXXX"
          aria-invalid={isBad || undefined}
          aria-describedby={line}
        />
      </label>
      <p
        id={line}
        className="field-line"
        data-bad={isBad || undefined}
        data-good={isGood || undefined}
        aria-live="polite"
      >
        {isGood
          ? say('code.good')
          : count >= 16
            ? say('code.bad')
            : count > 0
              ? say('code.short', { count })
              : say('number.code.hint')}
      </p>
    </>
  );
}
