/** The live camera: back first, its codes counted over frames, then the front. */
import { useEffect, useRef, useState } from 'react';
import { useSay } from '../words/words.tsx';
import { Collected } from './collected.tsx';
import { hintOf } from './hints.ts';
import { Sight } from './sight.tsx';
import { useSeldom } from './use-seldom.ts';
import { type CameraState, type Taken, type Watch, type Watching, watchCamera } from './watch.ts';

type CameraProps = { readonly onTaken: (taken: Taken) => void; readonly onCancel: () => void };

function useWatch(onTaken: CameraProps['onTaken']) {
  const video = useRef<HTMLVideoElement>(null);
  const watch = useRef<Watch>(undefined);
  const [state, setState] = useState<CameraState>({ at: 'asking' });
  const latest = useRef(onTaken);
  latest.current = onTaken;
  useEffect(() => {
    if (video.current === null) return;
    const begun = watchCamera(video.current, { onState: setState, onTaken: (taken) => latest.current(taken) });
    watch.current = begun;
    begun.begin();
    return begun.end;
  }, []);
  return { video, watch, state };
}

export function Camera({ onTaken, onCancel }: CameraProps) {
  const say = useSay();
  const { video, watch, state } = useWatch(onTaken);
  const heading = useRef<HTMLHeadingElement>(null);
  const step = state.at === 'watching' ? state.step : undefined;
  useEffect(() => {
    if (step === 'front') heading.current?.focus();
  }, [step]);
  useEffect(() => {
    const key = ({ key }: KeyboardEvent) => key === 'Escape' && onCancel();
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [onCancel]);
  const isOn = state.at === 'watching';
  return (
    <section className="live" data-at={state.at} data-step={step}>
      <h1 ref={heading} tabIndex={-1}>
        {isOn ? say(`live.title.${state.step}`) : say('camera.title')}
      </h1>
      <div className="live-parts">
        <Sight video={video} state={state} />
        <div className="live-side">
          {isOn ? <Progress state={state} /> : <Off state={state} onAgain={() => watch.current?.begin()} />}
          <div className="live-keys">
            {isOn && (
              <button type="button" className="button primary" onClick={() => watch.current?.shutter()}>
                {say('live.shutter')}
              </button>
            )}
            {isOn && state.lamp !== 'none' && (
              <button
                type="button"
                className="button"
                aria-pressed={state.lamp === 'on'}
                onClick={() => watch.current?.lamp()}
              >
                {say('live.lamp')}
              </button>
            )}
            {step === 'front' && (
              <button type="button" className="button quiet" onClick={() => watch.current?.withoutFront()}>
                {say('camera.no-front')}
              </button>
            )}
            <button type="button" className="button quiet" onClick={onCancel}>
              {say(isOn || state.at === 'asking' ? 'cancel' : 'back')}
            </button>
          </div>
          <p className="live-private">{say('live.private')}</p>
        </div>
      </div>
    </section>
  );
}

/** Seen at once; spoken when there is something new, and not more often than one can listen to. */
function Progress({ state }: { readonly state: Watching }) {
  const say = useSay();
  const { step, look, emptyFrames } = state;
  const { back } = look ?? {};
  const hint = say(hintOf(step, look, emptyFrames));
  const count =
    step === 'front' || back === undefined
      ? ''
      : say('live.count', { read: back.indexes.length, count: back.count, needed: back.needed });
  const spoken = useSeldom(`${count} ${hint}`.trim());
  return (
    <>
      <Collected back={back} isDone={step === 'front'} />
      <p className="live-hint" aria-hidden="true">
        {hint}
      </p>
      <p className="unseen" role="status">
        {spoken}
      </p>
    </>
  );
}

type OffProps = { readonly state: Exclude<CameraState, Watching>; readonly onAgain: () => void };

function Off({ state, onAgain }: OffProps) {
  const say = useSay();
  if (state.at === 'asking')
    return (
      <p className="live-hint" role="status">
        {say('live.asking')}
      </p>
    );
  return (
    <>
      <p className="live-hint" role="alert" data-why={state.why}>
        {say(`live.${state.why}`)}
      </p>
      <button type="button" className="button primary" onClick={onAgain}>
        {say('live.again')}
      </button>
    </>
  );
}
