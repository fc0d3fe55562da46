/** The front of one paper with the back of another: what is known of each, side by side. The back’s own front is sealed
 *  with its own code; whoever types that sees it here. */
import { type GrayImage, readCheckCode } from '@dokodemo/proof/verify';
import { type FormEvent, useState } from 'react';
import { Drawing } from '../drawings.tsx';
import { groupedCode } from '../start/typed.ts';
import { useSay } from '../words/words.tsx';
import { Picture } from './compare.tsx';

type MixedUpProps = { readonly front: GrayImage; readonly onCode: (checkCode: string) => void };

export function MixedUp({ front, onCode }: MixedUpProps) {
  const say = useSay();
  const [code, setCode] = useState('');
  const checkCode = readCheckCode(code);
  const isBad = groupedCode(code).count >= 16 && checkCode === undefined;
  const show = (event: FormEvent) => {
    event.preventDefault();
    if (checkCode !== undefined) onCode(checkCode);
  };
  return (
    <div className="mixed-up">
      <div className="panes">
        <figure>
          <figcaption>{say('mixed.back')}</figcaption>
          <div className="sealed">
            <Drawing name="lock" />
            <p>{say('mixed.sealed')}</p>
            <form onSubmit={show} noValidate>
              <label htmlFor="own-code">{say('mixed.code')}</label>
              <input
                id="own-code"
                className="code"
                value={code}
                onChange={({ target }) => setCode(groupedCode(target.value).shown)}
                autoCapitalize="characters"
                autoComplete="off"
                spellCheck={false}
                maxLength={40}
                placeholder="XXXX-XXXX-XXXX-XXXX"
                aria-invalid={isBad || undefined}
                aria-describedby="own-code-line"
              />
              <p id="own-code-line" className="field-line" data-bad={isBad || undefined} aria-live="polite">
                {isBad ? say('code.bad') : say('number.code.hint')}
              </p>
              <button type="submit" className="button" disabled={checkCode === undefined}>
                {say('mixed.show')}
              </button>
            </form>
          </div>
        </figure>
        <figure>
          <figcaption>{say('mixed.front')}</figcaption>
          <div className="pane">
            <div className="paper-of-pane">
              <Picture image={front} />
            </div>
          </div>
        </figure>
      </div>
    </div>
  );
}
