/** What the camera sees, with a frame to aim by and the codes that were found. */
import type { RefObject } from 'react';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';
import type { CameraState } from './watch.ts';

type SightProps = { readonly video: RefObject<HTMLVideoElement | null>; readonly state: CameraState };

/** A4 within the picture, upright, as large as it goes with some air. */
function guideOf(width: number, height: number) {
  const h = Math.min(height * 0.94, (width * 0.94 * 297) / 210);
  const w = (h * 210) / 297;
  return { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h };
}

export function Sight({ video, state }: SightProps) {
  const say = useSay();
  const isOn = state.at === 'watching';
  const { width, height } = (isOn ? state.size : undefined) ?? { width: 3, height: 4 };
  const codes = isOn ? (state.look?.codes ?? []) : [];
  return (
    <div className="sight" style={{ aspectRatio: `${width} / ${height}` }}>
      <video ref={video} muted playsInline aria-label={say('live.picture')} hidden={!isOn} />
      {isOn ? (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
          <rect className="guide-edge" {...guideOf(width, height)} />
          <rect className="guide" {...guideOf(width, height)} />
          {/* Anew with each frame: what was found shines, and fades as the camera moves on. */}
          <g key={isOn ? state.looks : 0}>
            {codes.map(({ kind, corners }) => {
              const points = corners.map(({ x, y }) => `${x},${y}`).join(' ');
              return <polygon key={points} data-kind={kind} points={points} />;
            })}
          </g>
        </svg>
      ) : (
        <Drawing name="camera" />
      )}
    </div>
  );
}
