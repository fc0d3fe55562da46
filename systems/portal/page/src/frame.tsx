import type { TextLanguage } from '@dokodemo/domain';
import { languageNames, locales } from '@dokodemo/web-ui/languages';
import { type ReactNode, useEffect, useRef } from 'react';
import { CalibrateLink } from './calibrate/calibrate-link.tsx';
import { bundlePlace } from './use-trust.ts';
import { offered } from './words/tables.ts';
import { useSay } from './words/words.tsx';

type FrameProps = {
  readonly language: TextLanguage;
  readonly onLanguage: (language: TextLanguage) => void;
  readonly online: boolean;
  /** Which screen is shown: a new one takes the focus, so that a screen reader begins there. */
  readonly view: string;
  readonly onHome: () => void;
  readonly children: ReactNode;
};

export function Frame({ language, onLanguage, online, view, onHome, children }: FrameProps) {
  const say = useSay();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(view);
  useEffect(() => {
    document.documentElement.lang = locales[language].lang;
    document.title = say('title');
  }, [language, say]);
  useEffect(() => {
    if (shown.current !== view) {
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    shown.current = view;
  }, [view]);
  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {say('skip')}
      </button>
      <header className="top">
        <button type="button" className="brand" onClick={onHome}>
          <b lang="ja">どこでも</b>
          <span>{say('brand')}</span>
        </button>
        <label className="language">
          <span className="unseen">{say('language')}</span>
          <select value={language} onChange={({ target }) => onLanguage(target.value as TextLanguage)}>
            {offered.map((it) => (
              <option key={it} value={it} lang={locales[it].lang}>
                {languageNames[it]}
              </option>
            ))}
          </select>
        </label>
      </header>
      <div role="status">{online ? null : <p className="offline">{say('offline')}</p>}</div>
      <main ref={main} tabIndex={-1} id="content">
        {children}
      </main>
      <footer className="foot">
        <p>{say('footer')}</p>
        <ul>
          <li>
            <a href={bundlePlace}>{say('bundle.title')}</a>
          </li>
          <li>
            <a href="./log/checkpoint">{say('foot.log')}</a>
          </li>
          <li>
            <CalibrateLink />
          </li>
        </ul>
      </footer>
    </>
  );
}
