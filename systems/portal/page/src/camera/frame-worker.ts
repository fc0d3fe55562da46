/** Looks at frames of the camera, one after the other; what was collected of a back stays here from frame to frame. */
import { openCodeReader, type PaperWatcher, watchPaper } from '@dokodemo/proof/verify';
import codesUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { FrameAnswer, FrameQuestion } from './messages.ts';

type WorkerScope = {
  onmessage: ((event: MessageEvent<FrameQuestion>) => void) | null;
  postMessage(answer: FrameAnswer): void;
};
const scope = globalThis as unknown as WorkerScope;

/** Of the longer side; a camera that has more gives no more than this of a sheet. */
const mostPixels = 3_840;

async function openWatcher(): Promise<PaperWatcher> {
  const reply = await fetch(new URL(codesUrl, import.meta.url));
  if (!reply.ok) throw new Error(`the decoder: ${reply.status}`);
  return watchPaper(await openCodeReader(await reply.arrayBuffer()));
}

const watcher = openWatcher();
const canvas = new OffscreenCanvas(1, 1);

/** What the eye sees without colour (Rec. 601), as of every other picture. */
function grayOf({ data, width, height }: ImageData) {
  const pixels = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < pixels.length; i++, at += 4)
    pixels[i] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  return { width, height, pixels };
}

async function lookAt({ frame, wants, thorough }: FrameQuestion): Promise<FrameAnswer> {
  const scale = Math.min(1, mostPixels / Math.max(frame.width, frame.height));
  const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.drawImage(frame, 0, 0, width, height);
  frame.close();
  const look = await (await watcher).look(grayOf(context.getImageData(0, 0, width, height)), { thorough });
  const isKept = look.front !== undefined && (wants === 'front-now' || (wants === 'front' && look.front.isGood));
  const picture = isKept ? { picture: await canvas.convertToBlob({ type: 'image/png' }) } : {};
  return { kind: 'seen', look, width, height, ...picture };
}

scope.onmessage = ({ data }) => {
  lookAt(data).then(
    (answer) => scope.postMessage(answer),
    () => scope.postMessage({ kind: 'failed' }),
  );
};
