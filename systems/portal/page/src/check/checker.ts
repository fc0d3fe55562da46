/** One check at a time, in a worker of its own: cancelling ends the worker, whatever it was doing. */
import type { FilesVerification, Progress } from '@dokodemo/proof/verify';
import type { CheckAnswer, CheckRequest } from './messages.ts';

export type Outcome =
  | { readonly kind: 'done'; readonly verification: FilesVerification }
  | { readonly kind: 'failed'; readonly detail: string };

export type Listener = {
  readonly onProgress: (progress: Progress) => void;
  readonly onOutcome: (outcome: Outcome) => void;
};

/** The returned function cancels; nothing is heard after that. */
export function startCheck(request: CheckRequest, { onProgress, onOutcome }: Listener): () => void {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  const end = (outcome: Outcome) => {
    worker.terminate();
    onOutcome(outcome);
  };
  worker.onmessage = ({ data }: MessageEvent<CheckAnswer>) => {
    if (data.kind === 'progress') onProgress(data.progress);
    else end(data);
  };
  // Out of memory, or a script that was not found: the worker itself cannot say so.
  worker.onerror = (event) => end({ kind: 'failed', detail: event.message });
  worker.postMessage(request);
  return () => worker.terminate();
}
