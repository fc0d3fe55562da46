/** Decoding and comparing, away from the page so that it never stands still. The code is that of `dokodemo verify`. */

import { askPortal, openVerifierTools, readTrustBundle, type Verdict, verifyFiles } from '@dokodemo/proof/verify';
import pagesUrl from '@hyzyla/pdfium/pdfium.wasm?url';
import codesUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { CheckAnswer, CheckRequest } from './messages.ts';

type WorkerScope = {
  onmessage: ((event: MessageEvent<CheckRequest>) => void) | null;
  postMessage(answer: CheckAnswer, transfer?: Transferable[]): void;
};
const scope = globalThis as unknown as WorkerScope;

async function wasmAt(url: string): Promise<ArrayBuffer> {
  const reply = await fetch(new URL(url, import.meta.url));
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  return reply.arrayBuffer();
}

/** Pictures go to the page without being copied. */
function buffersOf(sheets: readonly Verdict[]): Transferable[] {
  const buffers = sheets.flatMap(({ pictures, otherFront }) =>
    [pictures?.signed, pictures?.seen, pictures?.word, otherFront].flatMap((it) => it?.pixels.buffer ?? []),
  );
  return [...new Set(buffers)] as Transferable[];
}

async function check({ files, names, backs, checkCode, trust, portal }: CheckRequest): Promise<void> {
  const bundle = readTrustBundle(trust);
  const [codes, pages] = await Promise.all([wasmAt(codesUrl), wasmAt(pagesUrl)]);
  const tools = await openVerifierTools({ codes, pages });
  const given = await Promise.all(
    files.map(async (file, i) => ({ name: names[i] ?? '', bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  const verification = await verifyFiles(given, tools, {
    trust: bundle,
    onProgress: (progress) => scope.postMessage({ kind: 'progress', progress }),
    ...(backs === undefined ? {} : { backs }),
    ...(checkCode === undefined ? {} : { checkCode }),
    ...(portal === undefined
      ? {}
      : { ask: askPortal({ portal, logs: bundle.logs ?? [], fetch: (...given) => fetch(...given) }) }),
  });
  scope.postMessage({ kind: 'done', verification }, verification.readable ? buffersOf(verification.sheets) : []);
}

scope.onmessage = ({ data }) => {
  check(data).catch((error: unknown) =>
    scope.postMessage({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) }),
  );
};
