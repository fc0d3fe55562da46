import type { TextLanguage } from '@dokodemo/domain';
import type { FilesVerification, Progress } from '@dokodemo/proof/verify';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isCalibrateAddress } from './calibrate/address.ts';
import { Calibrate } from './calibrate/calibrate.tsx';
import { Camera } from './camera/camera.tsx';
import type { NumberAnswer } from './check/ask-portal.ts';
import { startCheck } from './check/checker.ts';
import { type CheckRequest, mostBytes, mostFiles } from './check/messages.ts';
import { Checking } from './checking.tsx';
import { Frame } from './frame.tsx';
import { type FileAddress, takeAddress } from './receive/address.ts';
import { type Received, useKeptFile } from './receive/kept-file.ts';
import { Receive } from './receive/receive.tsx';
import { NumberResult } from './result/number-result.tsx';
import { Result } from './result/result.tsx';
import { Start } from './start/start.tsx';
import { useOnline, useTrust } from './use-trust.ts';
import { languageOf, SaidIn } from './words/words.tsx';

type View =
  | { readonly at: 'start'; readonly trouble?: 'failed' | 'too-many-files' }
  | {
      readonly at: 'receive';
      readonly address: FileAddress | 'unreadable';
      readonly file?: File;
      /** The check of it broke off. */
      readonly isUnchecked?: true;
    }
  | { readonly at: 'camera' }
  | { readonly at: 'calibrate' }
  | { readonly at: 'checking'; readonly given: Given; readonly progress?: Progress }
  | { readonly at: 'result'; readonly given: Given; readonly verification: FilesVerification }
  | { readonly at: 'number'; readonly documentNumber: string; readonly answer: NumberAnswer };

type Given = Pick<CheckRequest, 'backs' | 'checkCode'> & {
  readonly files: readonly File[];
  /** It is the one that was received: its page is where the visitor comes from. */
  readonly received?: Received;
};

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

const goBack = () => history.back();

function firstView(): View {
  if (isCalibrateAddress()) return { at: 'calibrate' };
  const address = takeAddress();
  return address === undefined ? { at: 'start' } : { at: 'receive', address };
}

export function App() {
  const [language, setLanguage] = useLanguage();
  const [view, setView] = useState<View>(firstView);
  const trust = useTrust();
  const online = useOnline();
  const cancel = useRef<() => void>(undefined);
  useEffect(() => () => cancel.current?.(), []);
  const kept = useKeptFile((received) => {
    cancel.current?.();
    setView({ at: 'receive', ...received });
  });
  useEffect(() => {
    // Another code was read into the page that is open already, or the same once more.
    const readAgain = () => {
      if (location.hash === '') return;
      cancel.current?.();
      const next = firstView();
      setView(next.at === 'receive' ? { ...next, ...kept.from(next.address) } : next);
    };
    window.addEventListener('hashchange', readAgain);
    return () => window.removeEventListener('hashchange', readAgain);
  }, [kept.from]);

  const leaveFile = () => {
    if (view.at === 'receive' && view.file !== undefined) kept.leave();
  };
  const check = (next: Given) => {
    const { received: own, ...asked } = next;
    const { files, backs = [] } = asked;
    if (files.length + backs.length === 0 || trust === undefined) return;
    if (files.length > mostFiles || files.reduce((sum, { size }) => sum + size, 0) > mostBytes)
      return setView({ at: 'start', trouble: 'too-many-files' });
    leaveFile();
    setView({ at: 'checking', given: next });
    cancel.current = startCheck(
      {
        ...asked,
        names: files.map(({ name }) => name),
        trust: trust.text,
        ...(online ? { portal: new URL('./', location.href).href } : {}),
      },
      {
        onProgress: (progress) => setView({ at: 'checking', given: next, progress }),
        onOutcome: (outcome) =>
          setView(
            outcome.kind === 'done'
              ? { at: 'result', given: next, verification: outcome.verification }
              : own === undefined
                ? { at: 'start', trouble: 'failed' }
                : { at: 'receive', isUnchecked: true, ...own },
          ),
      },
    );
  };
  const start = () => {
    cancel.current?.();
    leaveFile();
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
            onFiles={(files) => check({ files })}
            onCamera={() => setView({ at: 'camera' })}
            onAnswer={(documentNumber, answer) => setView({ at: 'number', documentNumber, answer })}
          />
        )}
        {view.at === 'receive' && (
          <Receive
            key={view.address === 'unreadable' ? 'unreadable' : view.address.depositId}
            address={view.address}
            file={view.file}
            isUnchecked={view.isUnchecked === true}
            onReceived={(own) => {
              kept.keep(own);
              setView({ at: 'receive', ...own });
            }}
            onCheck={trust === undefined ? undefined : (own) => check({ files: [own.file], received: own })}
          />
        )}
        {view.at === 'calibrate' && (
          <Calibrate onLeave={() => setView((now) => (now.at === 'calibrate' ? { at: 'start' } : now))} />
        )}
        {view.at === 'camera' && (
          <Camera
            onTaken={({ back, front }) =>
              check({ backs: [back], files: front === undefined ? [] : [new File([front], 'front.png')] })
            }
            onCancel={start}
          />
        )}
        {view.at === 'checking' && (
          <Checking progress={view.progress} onCancel={view.given.received === undefined ? start : goBack} />
        )}
        {view.at === 'result' && (
          <Result
            verification={view.verification}
            onCode={(checkCode) => check({ ...view.given, checkCode })}
            onBack={view.given.received === undefined ? undefined : goBack}
            onAgain={start}
          />
        )}
        {view.at === 'number' && (
          <NumberResult documentNumber={view.documentNumber} answer={view.answer} onAgain={start} />
        )}
      </Frame>
    </SaidIn>
  );
}
