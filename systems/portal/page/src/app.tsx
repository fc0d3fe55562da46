import type { TextLanguage } from '@dokodemo/domain';
import type { FilesVerification, Progress } from '@dokodemo/proof/verify';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { NumberAnswer } from './check/ask-portal.ts';
import { startCheck } from './check/checker.ts';
import { mostBytes, mostFiles } from './check/messages.ts';
import { Checking } from './checking.tsx';
import { Frame } from './frame.tsx';
import { NumberResult } from './result/number-result.tsx';
import { Result } from './result/result.tsx';
import { Start } from './start/start.tsx';
import { useOnline, useTrust } from './use-trust.ts';
import { languageOf, SaidIn } from './words/words.tsx';

type View =
  | { readonly at: 'start'; readonly trouble?: 'failed' | 'too-many-files' }
  | { readonly at: 'checking'; readonly progress?: Progress }
  | { readonly at: 'result'; readonly verification: FilesVerification }
  | { readonly at: 'number'; readonly documentNumber: string; readonly answer: NumberAnswer };

function useLanguage(): [TextLanguage, (language: TextLanguage) => void] {
  const [language, setLanguage] = useState(() => languageOf(location.search, navigator.languages));
  return [
    language,
    useCallback((chosen: TextLanguage) => {
      const url = new URL(location.href);
      url.searchParams.set('lang', chosen);
      history.replaceState(null, '', url);
      setLanguage(chosen);
    }, []),
  ];
}

export function App() {
  const [language, setLanguage] = useLanguage();
  const [view, setView] = useState<View>({ at: 'start' });
  const trust = useTrust();
  const online = useOnline();
  const cancel = useRef<() => void>(undefined);
  useEffect(() => () => cancel.current?.(), []);

  const check = (files: readonly File[], checkCode?: string) => {
    if (files.length === 0 || trust === undefined) return;
    if (files.length > mostFiles || files.reduce((sum, { size }) => sum + size, 0) > mostBytes)
      return setView({ at: 'start', trouble: 'too-many-files' });
    setView({ at: 'checking' });
    cancel.current = startCheck(
      {
        files,
        names: files.map(({ name }) => name),
        trust: trust.text,
        ...(checkCode === undefined ? {} : { checkCode }),
        ...(online ? { portal: new URL('./', location.href).href } : {}),
      },
      {
        onProgress: (progress) => setView({ at: 'checking', progress }),
        onOutcome: (outcome) =>
          setView(
            outcome.kind === 'done'
              ? { at: 'result', verification: outcome.verification }
              : { at: 'start', trouble: 'failed' },
          ),
      },
    );
  };
  const start = () => {
    cancel.current?.();
    setView({ at: 'start' });
  };
  return (
    <SaidIn language={language}>
      <Frame language={language} onLanguage={setLanguage} online={online} view={view.at} onHome={start}>
        {view.at === 'start' && (
          <Start
            trust={trust}
            online={online}
            trouble={view.trouble}
            onFiles={check}
            onAnswer={(documentNumber, answer) => setView({ at: 'number', documentNumber, answer })}
          />
        )}
        {view.at === 'checking' && <Checking progress={view.progress} onCancel={start} />}
        {view.at === 'result' && <Result verification={view.verification} onAgain={start} />}
        {view.at === 'number' && (
          <NumberResult documentNumber={view.documentNumber} answer={view.answer} onAgain={start} />
        )}
      </Frame>
    </SaidIn>
  );
}
