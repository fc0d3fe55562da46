import type { NumberAnswer } from '../check/ask-portal.ts';
import { Drawing } from '../drawings.tsx';
import type { Trust } from '../use-trust.ts';
import { useSay } from '../words/words.tsx';
import { DropFiles } from './drop-files.tsx';
import { HowTo } from './how-to.tsx';
import { NumberForm } from './number-form.tsx';
import { Photographs } from './photographs.tsx';

type StartProps = {
  readonly trust: Trust | undefined;
  readonly online: boolean;
  readonly trouble: 'failed' | 'too-many-files' | undefined;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onCamera: () => void;
  readonly onAnswer: (documentNumber: string, answer: NumberAnswer) => void;
};

export function Start({ trust, online, trouble, onFiles, onCamera, onAnswer }: StartProps) {
  const say = useSay();
  return (
    <>
      <div className="lead">
        <h1>{say('title')}</h1>
        <p>{say('start.lead')}</p>
      </div>
      <div role="alert">{trouble === undefined ? null : <p className="trouble">{say(trouble)}</p>}</div>
      <div className="ways">
        <DropFiles isReady={trust !== undefined} onFiles={onFiles} />
        <Photographs isReady={trust !== undefined} onFiles={onFiles} onCamera={onCamera} />
        <NumberForm online={online} onAnswer={onAnswer} />
      </div>
      <p className="privacy">
        <Drawing name="lock" />
        <span>{say('privacy')}</span>
      </p>
      <HowTo trust={trust} />
    </>
  );
}
