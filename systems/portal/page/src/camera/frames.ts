/** Frames to the worker, one at a time; the answer of one is there before the next is taken. */
import type { FrameAnswer, FrameQuestion } from './messages.ts';

export type Frames = {
  /** The video's next frame, looked at. Never throws. */
  next(video: HTMLVideoElement, how: () => Omit<FrameQuestion, 'frame'>): Promise<FrameAnswer>;
  end(): void;
};

/** A frame that is not looked at within this time never will be. */
const patienceMs = 60_000;

export function openFrames(): Frames {
  const failed = { kind: 'failed' } as const;
  let worker: Worker | undefined;
  const ask = (question: FrameQuestion) =>
    new Promise<FrameAnswer>((resolve) => {
      worker ??= new Worker(new URL('./frame-worker.ts', import.meta.url), { type: 'module' });
      const done = (answer: FrameAnswer) => {
        clearTimeout(late);
        // One that failed is not asked again: the next begins anew.
        if (answer.kind === 'failed') end();
        resolve(answer);
      };
      const late = setTimeout(() => done(failed), patienceMs);
      worker.onmessage = ({ data }: MessageEvent<FrameAnswer>) => done(data);
      worker.onerror = () => done(failed);
      worker.postMessage(question, [question.frame]);
    });
  const end = () => {
    worker?.terminate();
    worker = undefined;
  };
  return {
    async next(video, how) {
      await nextFrame(video);
      try {
        return await ask({ ...how(), frame: await createImageBitmap(video) });
      } catch {
        return failed; // no picture in the video any more, or no memory
      }
    },
    end,
  };
}

function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => resolve());
    else requestAnimationFrame(() => resolve());
  });
}
