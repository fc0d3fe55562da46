/**
 * The directories of a TIFF (6.0, section 2), before a library reads them: one that says it has four thousand million
 * values, or that comes back to itself, costs a visitor's time otherwise.
 */
import { FileFault, mostPages } from './fault.ts';

/** Bytes of a value, by type; 13 is an offset of a directory. */
const sizes = [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
/** Entries that hold where other directories are: SubIFDs, Exif, GPS. */
const pointers: readonly number[] = [330, 34_665, 34_853];
const mostDirectories = 2 * mostPages;

/** Every value lies within the file, and every directory is read once. Throws FileFault. */
export function checkDirectories(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw new FileFault('damaged-file');
  const little = bytes[0] === 0x49;
  const seen = new Set<number>();
  const waiting = [view.getUint32(4, little)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === 0) continue;
    if (seen.has(at) || at + 2 > bytes.length) throw new FileFault('damaged-file', 'a directory of nowhere');
    if (seen.add(at).size > mostDirectories) throw new FileFault('too-many-pages');
    const count = view.getUint16(at, little);
    const end = at + 2 + 12 * count;
    if (end > bytes.length) throw new FileFault('damaged-file', 'a directory beyond the end');
    for (let entry = at + 2; entry < end; entry += 12) {
      const values = view.getUint32(entry + 4, little);
      const length = values * (sizes[view.getUint16(entry + 2, little)] ?? 1);
      const place = view.getUint32(entry + 8, little);
      if (length > 4 && place + length > bytes.length) throw new FileFault('damaged-file', 'values beyond the end');
      if (values === 1 && pointers.includes(view.getUint16(entry, little))) waiting.push(place);
    }
    if (end + 4 <= bytes.length) waiting.push(view.getUint32(end, little));
  }
}
