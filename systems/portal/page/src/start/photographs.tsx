import { type ReactNode, useRef, useState } from 'react';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';

type PhotographsProps = { readonly isReady: boolean; readonly onFiles: (files: readonly File[]) => void };

/** Both sides by the device's own camera, which has more pixels and a better eye than a picture in a page: a code of the
 *  back needs them. */
export function Photographs({ isReady, onFiles }: PhotographsProps) {
  const say = useSay();
  const [back, setBack] = useState<File>();
  return (
    <section className="way camera-way" aria-labelledby="way-camera">
      <Drawing name="camera" />
      <h2 id="way-camera">{say('camera.title')}</h2>
      <p>{say('camera.line')}</p>
      <div className="shots" role="status">
        {back === undefined ? (
          <Shot isReady={isReady} onShot={setBack}>
            1 {say('camera.back')}
          </Shot>
        ) : (
          <>
            <Shot isReady={isReady} onShot={(front) => onFiles([back, front])}>
              2 {say('camera.front')}
            </Shot>
            <button type="button" className="button quiet" onClick={() => onFiles([back])}>
              {say('camera.no-front')}
            </button>
            <button type="button" className="button quiet" onClick={() => setBack(undefined)}>
              {say('camera.again')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

type ShotProps = { readonly isReady: boolean; readonly onShot: (picture: File) => void; readonly children: ReactNode };

function Shot({ isReady, onShot, children }: ShotProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" disabled={!isReady} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        tabIndex={-1}
        onChange={({ target }) => {
          const [picture] = target.files ?? [];
          target.value = '';
          if (picture !== undefined) onShot(picture);
        }}
      />
    </>
  );
}
