/** IPAmj明朝, one file known by its digest: never whatever font a machine happens to have. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const sha256 = '75268aa9ac2d92080048196af08adee37f1c286cf4b7777ed5ac3722a8737f5f';
const packed = fileURLToPath(new URL('../../fonts/ipamjm.ttf.br', import.meta.url));

function isTheFont(bytes: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest('hex') === sha256;
}

/** The font's bytes (46 MB). Unpacked once into `directory` (a folder of this user's by default), checked every time. */
export function loadFont(directory = path.join(tmpdir(), `dokodemo-fonts-${userInfo().username}`)): Buffer {
  const unpacked = path.join(directory, `ipamjm-${sha256.slice(0, 12)}.ttf`);
  if (existsSync(unpacked)) {
    const bytes = readFileSync(unpacked);
    if (isTheFont(bytes)) return bytes;
  }
  const bytes = brotliDecompressSync(readFileSync(packed));
  if (!isTheFont(bytes)) throw new Error(`${packed} is not the font that this program was made for`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const unfinished = `${unpacked}.${process.pid}`;
    writeFileSync(unfinished, bytes, { mode: 0o600 });
    renameSync(unfinished, unpacked);
  } catch (error) {
    // A read-only disk costs half a second at the next start, nothing else.
    console.error(`the font could not be kept unpacked in ${directory}: ${String(error)}`);
  }
  return bytes;
}
