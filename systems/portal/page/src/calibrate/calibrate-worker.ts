/** Reading calibration sheets, away from the page. The code is that of `dokodemo calibrate read`. */
import { calibrateFiles, openVerifierTools } from '@dokodemo/proof/verify';
import pagesUrl from '@hyzyla/pdfium/pdfium.wasm?url';
import codesUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { CalibrateAnswer, CalibrateRequest } from './messages.ts';

type WorkerScope = {
  onmessage: ((event: MessageEvent<CalibrateRequest>) => void) | null;
  postMessage(answer: CalibrateAnswer): void;
};
const scope = globalThis as unknown as WorkerScope;

async function wasmAt(url: string): Promise<ArrayBuffer> {
  const reply = await fetch(new URL(url, import.meta.url));
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  return reply.arrayBuffer();
}

async function calibrate({ scan, copies }: CalibrateRequest): Promise<void> {
  const [codes, pages] = await Promise.all([wasmAt(codesUrl), wasmAt(pagesUrl)]);
  const tools = await openVerifierTools({ codes, pages });
  const given = async (file: File) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  const calibration = await calibrateFiles(
    { scan: await given(scan), copies: await Promise.all(copies.map(given)) },
    tools,
    { onProgress: ({ name }) => scope.postMessage({ kind: 'progress', name }) },
  );
  scope.postMessage({ kind: 'done', calibration });
}

scope.onmessage = ({ data }) => {
  calibrate(data).catch((error: unknown) =>
    scope.postMessage({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) }),
  );
};
