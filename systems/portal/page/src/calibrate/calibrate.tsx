/** Which ground suits the printer of a terminal: for whoever operates it. Everything happens in this browser. */
import type { Calibration } from '@dokodemo/proof/verify';
import { useEffect, useRef, useState } from 'react';
import { mostBytes, mostFiles } from '../check/messages.ts';
import { useCalibrateWords } from '../words/calibrate/index.ts';
import { isCalibrateAddress, leaveCalibrateAddress } from './address.ts';
import { Choose, type Chosen, type Trouble } from './choose.tsx';
import { Measured } from './measured.tsx';
import type { CalibrateAnswer } from './messages.ts';

type Stage =
  | { readonly at: 'choosing'; readonly trouble?: Trouble; readonly faults?: Faults }
  | { readonly at: 'measuring'; readonly name: string }
  | { readonly at: 'measured'; readonly calibration: Extract<Calibration, { readable: true }> };
type Faults = Extract<Calibration, { readable: false }>['faults'];

const nothing: Chosen = { scan: undefined, copies: [] };

export function Calibrate({ onLeave }: { readonly onLeave: () => void }) {
  const say = useCalibrateWords();
  const [chosen, setChosen] = useState<Chosen>(nothing);
  const [stage, setStage] = useState<Stage>({ at: 'choosing' });
  const worker = useRef<Worker>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(
    () => () => {
      worker.current?.terminate();
      leaveCalibrateAddress();
    },
    [],
  );
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useEffect(() => {
    // The browser's own way back.
    const look = () => !isCalibrateAddress() && leave.current();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  useEffect(() => {
    if (stage.at === 'measured') heading.current?.focus();
  }, [stage.at]);

  const measure = () => {
    const { scan, copies } = chosen;
    if (scan === undefined) return;
    const files = [scan, ...copies];
    if (files.length > mostFiles || files.reduce((sum, { size }) => sum + size, 0) > mostBytes)
      return setStage({ at: 'choosing', trouble: 'too-many-files' });
    const own = new Worker(new URL('./calibrate-worker.ts', import.meta.url), { type: 'module' });
    worker.current?.terminate();
    worker.current = own;
    const failed = () => {
      own.terminate();
      setStage({ at: 'choosing', trouble: 'failed' });
    };
    own.onmessage = ({ data }: MessageEvent<CalibrateAnswer>) => {
      if (data.kind === 'progress') return setStage({ at: 'measuring', name: data.name });
      if (data.kind === 'failed') return failed();
      own.terminate();
      const { calibration } = data;
      setStage(calibration.readable ? { at: 'measured', calibration } : { at: 'choosing', faults: calibration.faults });
    };
    // Out of memory, or a script that was not found: the worker itself cannot say so.
    own.onerror = failed;
    setStage({ at: 'measuring', name: scan.name });
    own.postMessage({ scan, copies });
  };
  const again = () => {
    setChosen(nothing);
    setStage({ at: 'choosing' });
  };
  return (
    <div className="calibrate">
      <div className="lead">
        <h1 ref={heading} tabIndex={-1}>
          {say('title')}
        </h1>
        {stage.at === 'measured' ? null : <p>{say('lead')}</p>}
      </div>
      {stage.at === 'measured' ? (
        <Measured calibration={stage.calibration} onAgain={again} />
      ) : (
        <Choose
          chosen={chosen}
          onChosen={setChosen}
          measuring={stage.at === 'measuring' ? stage.name : undefined}
          trouble={stage.at === 'choosing' ? stage.trouble : undefined}
          faults={stage.at === 'choosing' ? (stage.faults ?? []) : []}
          onMeasure={measure}
        />
      )}
    </div>
  );
}
