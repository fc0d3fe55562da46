import { useEffect, useRef, useState } from 'react';
import { Drawing } from '../drawings.tsx';
import { receiveWords } from '../words/receive.ts';
import { useSay } from '../words/words.tsx';
import type { FileAddress } from './address.ts';
import { type FileTrouble, fetchFile } from './fetch-file.ts';

type ReceiveProps = {
  /** 'unreadable': there was none behind the #, or it was read before. */
  readonly address: FileAddress | 'unreadable';
  /** Undefined: whom to believe is not known yet. */
  readonly onCheck: ((file: File) => void) | undefined;
};

type State =
  | { readonly at: 'ready' | 'fetching' }
  | { readonly at: 'trouble'; readonly trouble: FileTrouble }
  | { readonly at: 'here'; readonly file: File };

/** For these the same may be asked again; the others end here. */
const mayBeAskedAgain: ReadonlySet<FileTrouble> = new Set(['no-answer', 'too-many']);

/** A file from a kiosk: fetched when the person says so, because fetching it is what it is paid for. */
export function Receive({ address, onCheck }: ReceiveProps) {
  const { language } = useSay();
  const words = receiveWords[language];
  const [state, setState] = useState<State>(
    address === 'unreadable' ? { at: 'trouble', trouble: 'unreadable' } : { at: 'ready' },
  );
  const fetchNow = async () => {
    if (address === 'unreadable') return;
    setState({ at: 'fetching' });
    const fetched = await fetchFile(new URL('./', location.href).href, address);
    setState(
      'file' in fetched
        ? { at: 'here', file: new File([fetched.file], words.fileName, { type: 'application/pdf' }) }
        : { at: 'trouble', trouble: fetched.trouble },
    );
  };
  const trouble = state.at === 'trouble' ? state.trouble : undefined;
  return (
    <section className="receive">
      <div className="lead">
        <h1>{state.at === 'here' ? words.here : words.title}</h1>
        <p>{state.at === 'here' ? words.hereLine : words.line}</p>
      </div>
      <div role="alert">{trouble === undefined ? null : <p className="trouble">{words[trouble]}</p>}</div>
      {state.at === 'here' ? (
        <Here file={state.file} onCheck={onCheck} />
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

function Here({ file, onCheck }: Pick<ReceiveProps, 'onCheck'> & { readonly file: File }) {
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
    if (url !== undefined) link.current?.click();
  }, [url]);
  return (
    <div className="receive-ways">
      <a ref={link} className="button primary" href={url} download={file.name}>
        {words.save}
      </a>
      {onCheck === undefined ? null : (
        <button type="button" className="button" onClick={() => onCheck(file)}>
          {words.check}
        </button>
      )}
    </div>
  );
}
