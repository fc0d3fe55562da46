import { useEffect, useRef, useState } from 'react';
import { Drawing } from '../drawings.tsx';
import { receiveWords } from '../words/receive.ts';
import { useSay } from '../words/words.tsx';
import type { FileAddress } from './address.ts';
import { type FileTrouble, fetchFile } from './fetch-file.ts';
import type { Received } from './kept-file.ts';

type ReceiveProps = {
  /** 'unreadable': there was none behind the #, or it was read before. */
  readonly address: FileAddress | 'unreadable';
  /** Undefined: not fetched yet. */
  readonly file: File | undefined;
  /** The check of it broke off. */
  readonly isUnchecked: boolean;
  readonly onReceived: (received: Received) => void;
  /** Undefined: whom to believe is not known yet. */
  readonly onCheck: ((received: Received) => void) | undefined;
};

type State =
  | { readonly at: 'ready' | 'fetching' | 'fetched' }
  | { readonly at: 'trouble'; readonly trouble: FileTrouble };

/** For these the same may be asked again; the others end here. */
const mayBeAskedAgain: ReadonlySet<FileTrouble> = new Set(['no-answer', 'too-many']);

/** A file from a kiosk: fetched when the person says so, because fetching it is what it is paid for. */
export function Receive({ address, file, isUnchecked, onReceived, onCheck }: ReceiveProps) {
  const words = receiveWords[useSay().language];
  const [state, setState] = useState<State>(
    address === 'unreadable' ? { at: 'trouble', trouble: 'unreadable' } : { at: 'ready' },
  );
  const fetchNow = async () => {
    if (address === 'unreadable') return;
    setState({ at: 'fetching' });
    const fetched = await fetchFile(new URL('./', location.href).href, address);
    if ('trouble' in fetched) return setState({ at: 'trouble', trouble: fetched.trouble });
    setState({ at: 'fetched' });
    onReceived({ address, file: new File([fetched.file], words.fileName, { type: 'application/pdf' }) });
  };
  const trouble = state.at === 'trouble' ? state.trouble : undefined;
  const said = trouble !== undefined ? words[trouble] : isUnchecked ? words.unchecked : undefined;
  const received = file === undefined || address === 'unreadable' ? undefined : { address, file };
  return (
    <section className="receive">
      <div className="lead">
        <h1>{received === undefined ? words.title : words.here}</h1>
        <p>{received === undefined ? words.line : words.hereLine}</p>
      </div>
      <div role="alert">{said === undefined ? null : <p className="trouble">{said}</p>}</div>
      {received !== undefined ? (
        <Here received={received} isNew={state.at === 'fetched'} onCheck={onCheck} />
      ) : trouble === undefined || mayBeAskedAgain.has(trouble) ? (
        <button
          type="button"
          className="button primary"
          disabled={state.at === 'fetching'}
          onClick={() => void fetchNow()}
        >
          {state.at === 'fetching' ? words.fetching : trouble === undefined ? words.receive : words.again}
        </button>
      ) : null}
      <p className="privacy">
        <Drawing name="lock" />
        <span>{words.privacy}</span>
      </p>
    </section>
  );
}

type HereProps = Pick<ReceiveProps, 'onCheck'> & {
  readonly received: Received;
  /** It has just come; otherwise somebody has come back to it. */
  readonly isNew: boolean;
};

function Here({ received, isNew, onCheck }: HereProps) {
  const { file } = received;
  const words = receiveWords[useSay().language];
  const link = useRef<HTMLAnchorElement>(null);
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  // At once, where the browser lets it; the key stays for whom it does not.
  useEffect(() => {
    if (url !== undefined && isNew) link.current?.click();
  }, [url, isNew]);
  return (
    <div className="receive-ways">
      <a ref={link} className="button primary" href={url} download={file.name}>
        {words.save}
      </a>
      {onCheck === undefined ? null : (
        <button type="button" className="button" onClick={() => onCheck(received)}>
          {words.check}
        </button>
      )}
    </div>
  );
}
