/** Between the page and the worker that looks at frames. One question at a time: a frame is sent when the last one has
 *  been looked at, so that none waits and the newest is the one that counts. */
import type { FrameLook } from '@dokodemo/proof/verify';

export type FrameQuestion = {
  readonly frame: ImageBitmap;
  /** `front`: the frame is kept as a picture where it is good enough; `front-now`: wherever its mark
   *  is found, without which no front can be compared. */
  readonly wants: 'codes' | 'front' | 'front-now';
  /** A person chose this frame: it may take longer. */
  readonly thorough: boolean;
};

export type FrameAnswer =
  | {
      readonly kind: 'seen';
      readonly look: FrameLook;
      readonly width: number;
      readonly height: number;
      /** The front, as PNG. */
      readonly picture?: Blob;
    }
  | { readonly kind: 'failed' };
