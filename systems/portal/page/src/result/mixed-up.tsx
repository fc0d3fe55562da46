/** The front of one paper with the back of another: what is known of each, side by side. The back’s own front is sealed
 *  with its own code; whoever types that sees it here. */
import { type GrayImage, readCheckCode } from '@dokodemo/proof/verify';
import { type FormEvent, useRef, useState } from 'react';
import { Drawing } from '../drawings.tsx';
import { CodeField } from '../start/code-field.tsx';
import { useSay } from '../words/words.tsx';
import { Picture } from './compare.tsx';

type MixedUpProps = { readonly front: GrayImage; readonly onCode: (checkCode: string) => void };

export function MixedUp({ front, onCode }: MixedUpProps) {
  const say = useSay();
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const show = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const checkCode = readCheckCode(code);
    if (checkCode === undefined) field.current?.focus();
    else onCode(checkCode);
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
              <CodeField ref={field} label={say('mixed.code')} code={code} onCode={setCode} isTried={isTried} />
              <button type="submit" className="button">
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
