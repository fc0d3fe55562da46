/** The paper beside the editor: drawn by the server with the engine that prints, a moment after the last change. */
import { useEffect, useRef, useState } from 'react';
import { ask, type Fault, type Preview, type Setting, type Who } from '../api.ts';
import type { Say } from '../words.ts';
import { goToLine } from './json-editor.tsx';

const restMs = 350;

export type Drawn = { readonly sheets: readonly string[]; readonly faults: readonly Fault[]; readonly fresh: boolean };

/** The last good sheets stay while what is typed has faults. */
export function usePreview(who: Who, path: string, content: string, sampleId: string): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ sheets: [], faults: [], fresh: false });
  useEffect(() => {
    let current = true;
    setDrawn((before) => ({ ...before, fresh: false }));
    const timer = setTimeout(async () => {
      const asked = await ask<Preview>(who, `${path}/preview`, { content, sampleId });
      if (!current) return;
      setDrawn((before) => {
        if (!asked.ok) return { ...before, faults: [{ what: asked.detail ?? asked.code, line: 1 }], fresh: true };
        const { value } = asked;
        return value.ok
          ? { sheets: value.sheets, faults: [], fresh: true }
          : { ...before, faults: value.faults, fresh: true };
      });
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [who, path, content, sampleId]);
  return drawn;
}

/** In the browser's own viewer. The next one comes up behind the last and takes its place when it is there. */
function Sheet({ pdf, title }: { readonly pdf: string; readonly title: string }) {
  const [urls, setUrls] = useState<readonly string[]>([]);
  const kept = useRef<readonly string[]>([]);
  useEffect(() => {
    const bytes = Uint8Array.from(atob(pdf), (it) => it.charCodeAt(0));
    const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
    kept.current = [...kept.current.slice(-1), url];
    setUrls(kept.current);
  }, [pdf]);
  const settle = (url: string) => {
    for (const old of kept.current) if (old !== url) URL.revokeObjectURL(old);
    kept.current = [url];
    setUrls(kept.current);
  };
  return (
    <div className="sheet">
      {urls.map((url, i) => (
        <iframe
          key={url}
          src={`${url}#toolbar=0&navpanes=0&scrollbar=0&view=Fit`}
          title={title}
          onLoad={i === urls.length - 1 && urls.length > 1 ? () => settle(url) : undefined}
        />
      ))}
    </div>
  );
}

export function PreviewPane({
  drawn,
  setting,
  sampleId,
  onSample,
  say,
}: {
  readonly drawn: Drawn;
  readonly setting: Setting;
  readonly sampleId: string;
  readonly onSample: (sampleId: string) => void;
  readonly say: Say;
}) {
  const [page, setPage] = useState(0);
  const { sheets, faults, fresh } = drawn;
  const shown = Math.min(page, Math.max(0, sheets.length - 1));
  const pdf = sheets[shown];
  const state = !fresh ? 'preview.drawing' : faults.length === 0 ? 'preview.fresh' : undefined;
  return (
    <section className="preview" aria-labelledby="preview-title">
      <div className="bar-row">
        <h2 id="preview-title">{say('preview')}</h2>
        {state === undefined ? null : (
          <span className="tag" data-tone={fresh ? 'good' : 'grey'} role="status">
            {say(state)}
          </span>
        )}
        <span className="grow" />
        <label className="inline">
          {say('sample-person')}
          <select
            value={sampleId}
            onChange={(event) => {
              setPage(0);
              onSample(event.target.value);
            }}
          >
            {setting.samples.map((it) => (
              <option key={it.sampleId} value={it.sampleId}>
                {it.label[say.language]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {faults.length === 0 ? null : (
        <div className="notice" data-tone="bad" role="alert" data-faults={faults.length}>
          <p>{say('preview.faults', { count: faults.length })}</p>
          <ul>
            {faults.slice(0, 6).map((it) => (
              <li key={it.what}>
                <button type="button" className="link" onClick={() => goToLine(it.line)}>
                  {say('line-n', { n: it.line })}
                </button>{' '}
                {it.what}
              </li>
            ))}
          </ul>
        </div>
      )}
      {pdf === undefined ? <div className="sheet blank" /> : <Sheet pdf={pdf} title={say('preview')} />}
      {sheets.length > 1 ? (
        <div className="bar-row center">
          <button
            type="button"
            disabled={shown === 0}
            onClick={() => setPage(shown - 1)}
            aria-label={say('previous-sheet')}
          >
            ←
          </button>
          <span aria-live="polite">{say('sheet-n', { n: shown + 1, of: sheets.length })}</span>
          <button
            type="button"
            disabled={shown === sheets.length - 1}
            onClick={() => setPage(shown + 1)}
            aria-label={say('next-sheet')}
          >
            →
          </button>
        </div>
      ) : null}
    </section>
  );
}
