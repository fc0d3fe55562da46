/** The encrypted file, once more or for the first time. Never throws. */
import type { FileAddress } from './address.ts';
import { openFile } from './open-file.ts';

export type FileTrouble =
  /** Its time is over, or there never was one of this id; the two are answered alike. */
  | 'gone'
  /** The kiosk has taken it back, and the money has been returned there. */
  | 'withdrawn'
  | 'too-many'
  | 'no-answer'
  | 'unreadable';

export type Fetched = { readonly file: Blob } | { readonly trouble: FileTrouble };

const patienceMs = 30_000;
const troubles: Readonly<Record<number, FileTrouble>> = { 404: 'gone', 410: 'withdrawn', 429: 'too-many' };

export async function fetchFile(portal: string, address: FileAddress): Promise<Fetched> {
  let sealed: Uint8Array<ArrayBuffer>;
  try {
    const reply = await fetch(new URL('api/receive', portal), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ depositId: address.depositId }),
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!reply.ok) return { trouble: troubles[reply.status] ?? 'no-answer' };
    sealed = new Uint8Array(await reply.arrayBuffer());
  } catch {
    return { trouble: 'no-answer' };
  }
  const file = await openFile(sealed, address);
  return file === undefined ? { trouble: 'unreadable' } : { file };
}
