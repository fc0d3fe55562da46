import { type ReactNode, useRef, useState } from 'react';
import { canLive } from '../camera/eye.ts';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';

type PhotographsProps = {
  readonly isReady: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onCamera: () => void;
};

/** Both sides by the camera: live in this page, which says what it sees; or by the device's own application, which has more
 *  pixels and a better eye. */
export function Photographs({ isReady, onFiles, onCamera }: PhotographsProps) {
  const say = useSay();
  const [back, setBack] = useState<File>();
  return (
    <section className="way camera-way" aria-labelledby="way-camera">
      <Drawing name="camera" />
      <h2 id="way-camera">{say('camera.title')}</h2>
      <p>{say('camera.line')}</p>
      {back === undefined && canLive() && (
        <>
          <button type="button" className="button" disabled={!isReady} onClick={onCamera}>
            {say('live.button')}
          </button>
          <p className="or">{say('live.or')}</p>
        </>
      )}
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
