/** The camera on, and off again: when nobody needs it, when the page is hidden, and after some minutes. */
import { type Eye, type EyeFault, openEye } from './eye.ts';

export type WentOff =
  | { readonly at: 'paused'; readonly why: 'hidden' | 'long' }
  | { readonly at: 'fault'; readonly why: EyeFault | 'lost' };

export type CameraSwitch = {
  /** The camera whose picture the video now plays; undefined: it was switched off meanwhile, or there is none. */
  on(): Promise<Eye | undefined>;
  /** Is this camera still the one that is on? */
  isOn(eye: Eye): boolean;
  off(): void;
  /** Off for good. */
  end(): void;
};

const longestMs = 180_000;

/** `wentOff` hears of every end that `off` and `end` did not bring about. */
export function cameraSwitch(video: HTMLVideoElement, wentOff: (why: WentOff) => void): CameraSwitch {
  let current: Eye | undefined;
  let limit: ReturnType<typeof setTimeout> | undefined;
  /** Each switching-on has its number: what an earlier one still brings is given back. */
  let round = 0;
  const off = () => {
    round++;
    clearTimeout(limit);
    video.srcObject = null;
    current?.close();
    current = undefined;
  };
  const fail = (why: WentOff) => {
    off();
    wentOff(why);
  };
  const hidden = () => document.hidden && current !== undefined && fail({ at: 'paused', why: 'hidden' });
  document.addEventListener('visibilitychange', hidden);
  return {
    async on() {
      off();
      const own = round;
      const opened = await openEye();
      if (own !== round) {
        if (typeof opened === 'object') opened.close();
        return undefined;
      }
      if (typeof opened === 'string') {
        fail({ at: 'fault', why: opened });
        return undefined;
      }
      current = opened;
      for (const track of opened.stream.getVideoTracks())
        track.addEventListener('ended', () => own === round && fail({ at: 'fault', why: 'lost' }));
      video.srcObject = opened.stream;
      limit = setTimeout(() => fail({ at: 'paused', why: 'long' }), longestMs);
      hidden();
      // Playing is broken off where the camera goes off meanwhile: that is no fault.
      await video.play().catch((error: unknown) => {
        if (own === round) throw error;
      });
      return own === round ? opened : undefined;
    },
    isOn: (eye) => eye === current,
    off,
    end() {
      document.removeEventListener('visibilitychange', hidden);
      off();
    },
  };
}
