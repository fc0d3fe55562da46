import type { ScanFault } from '@dokodemo/proof/verify';
import { type DragEvent, useId, useRef, useState } from 'react';
import { Drawing, type DrawingName } from '../drawings.tsx';
import { type CalibrateWord, isCalibrateWord, useCalibrateWords } from '../words/calibrate/index.ts';
import { type SaidCode, useSay } from '../words/words.tsx';

declare const __calibrationSheet__: string;

export type Trouble = 'failed' | 'too-many-files';
export type Chosen = { readonly scan: File | undefined; readonly copies: readonly File[] };

const kinds = 'application/pdf,image/png,image/jpeg,image/tiff,.pdf,.png,.jpg,.jpeg,.tif,.tiff';
const steps = ['step.1', 'step.2', 'step.3', 'step.4'] as const;

type ChooseProps = {
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
  /** Which file. */
  readonly measuring: string | undefined;
  readonly trouble: Trouble | undefined;
  readonly faults: readonly ScanFault[];
  readonly onMeasure: () => void;
};

export function Choose({ chosen, onChosen, measuring, trouble, faults, onMeasure }: ChooseProps) {
  const say = useCalibrateWords();
  const sayOfPage = useSay();
  const { scan, copies } = chosen;
  return (
    <>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step}>{say(step)}</li>
        ))}
      </ol>
      <p>
        <a className="button sheet-link" href={__calibrationSheet__} download>
          {say('sheet')}
        </a>
      </p>
      <div role="alert">
        {trouble === undefined ? null : <p className="trouble">{sayOfPage(trouble)}</p>}
        {faults.length > 0 && <Faults faults={faults} />}
      </div>
      <div className="ways pair">
        <Pick
          name="scan"
          drawing="record"
          line="kinds.line"
          files={scan === undefined ? [] : [scan]}
          multiple={false}
          onFiles={([file]) => file !== undefined && onChosen({ scan: file, copies })}
        />
        <Pick
          name="copies"
          drawing="copies"
          line="copies.line"
          files={copies}
          multiple
          onFiles={(files) => onChosen({ scan, copies: files })}
        />
      </div>
      <div className="measure">
        <button
          type="button"
          className="button primary"
          disabled={scan === undefined || measuring !== undefined}
          aria-busy={measuring !== undefined}
          onClick={onMeasure}
        >
          {say('measure')}
        </button>
        <p role="status">{measuring === undefined ? say('private') : say('measuring', { name: measuring })}</p>
      </div>
    </>
  );
}

type PickProps = {
  readonly name: 'scan' | 'copies';
  readonly drawing: DrawingName;
  readonly line: CalibrateWord;
  readonly files: readonly File[];
  readonly multiple: boolean;
  readonly onFiles: (files: readonly File[]) => void;
};

/** By the button, or dropped. */
function Pick({ name, drawing, line, files, multiple, onFiles }: PickProps) {
  const say = useCalibrateWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (given: FileList | null) => {
    const taken = [...(given ?? [])];
    if (taken.length > 0) onFiles(taken);
  };
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <section
      className={`way pick-${name}`}
      aria-labelledby={id}
      data-over={over || undefined}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        take(event.dataTransfer.files);
      }}
    >
      <Drawing name={drawing} />
      <h2 id={id}>{say(`${name}.title`)}</h2>
      <p>{say(line)}</p>
      <ul className="picked">
        {files.length === 0 ? (
          <li>{say('none')}</li>
        ) : (
          files.map((file) => <li key={`${file.name}/${file.size}`}>{file.name}</li>)
        )}
      </ul>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {say(`${name}.button`)}
      </button>
      <input
        ref={input}
        type="file"
        multiple={multiple}
        accept={kinds}
        hidden
        tabIndex={-1}
        onChange={({ target }) => {
          take(target.files);
          target.value = '';
        }}
      />
    </section>
  );
}

function Faults({ faults }: { readonly faults: readonly ScanFault[] }) {
  const say = useCalibrateWords();
  const { reason } = useSay();
  const why = ({ code, values = {} }: ScanFault) =>
    isCalibrateWord(code) ? say(code, values) : reason({ code: code as SaidCode, values });
  return (
    <section className="trouble">
      <h2>{say('not-measured')}</h2>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.role} ${fault.name}`}>
            <b>{say(fault.role === 'scan' ? 'is-scan' : 'is-copy', { name: fault.name })}</b> {why(fault)}
          </li>
        ))}
      </ul>
    </section>
  );
}
