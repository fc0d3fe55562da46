import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';

const kinds = 'application/pdf,image/png,image/jpeg,image/tiff,.pdf,.png,.jpg,.jpeg,.tif,.tiff';

/** Files come by the button, by dropping them anywhere on the page, or by pasting a picture. */
export function DropFiles({
  isReady,
  onFiles,
}: {
  readonly isReady: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  const over = useDropOnPage(isReady, onFiles);
  return (
    <section className="way files-way" aria-labelledby="way-files" data-over={over || undefined}>
      <Drawing name="sheets" />
      <h2 id="way-files">{say('files.title')}</h2>
      <p>{say('files.line')}</p>
      <button type="button" className="button primary" disabled={!isReady} onClick={() => input.current?.click()}>
        {say('files.button')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        accept={kinds}
        hidden
        tabIndex={-1}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = '';
          onFiles(files);
        }}
      />
      <p className="drop-line">{over ? say('files.let-go') : say('files.drop')}</p>
    </section>
  );
}

function useDropOnPage(isReady: boolean, onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    if (!isReady) return;
    const gone = new AbortController();
    const { signal } = gone;
    const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') === true;
    const dragged = (event: Event) => {
      const { dataTransfer } = event as unknown as DragEvent;
      if (!hasFiles(dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    window.addEventListener('dragenter', dragged, { signal });
    window.addEventListener('dragover', dragged, { signal });
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!hasFiles(event.dataTransfer)) return;
        event.preventDefault();
        latest.current([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      ({ clipboardData }) => {
        const files = [...(clipboardData?.files ?? [])];
        if (files.length > 0) latest.current(files);
      },
      { signal },
    );
    return () => gone.abort();
  }, [isReady]);
  return over;
}
