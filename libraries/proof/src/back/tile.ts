/**
 * Tiles: a message cut into pieces, each with what is needed to put them together again in any order and with some
 * missing. Header, 18 bytes: `DKP`, version, index, k, of how many, the first 4 bytes of the message's SHA-256, its
 * length (3 bytes, big-endian), CRC-32 of header and piece (4 bytes).
 */
import { parityOf, recover } from './erasure-code.ts';

const magic = [0x44, 0x4b, 0x50, 1] as const;
export const headerBytes = 18;
const crcAt = 14;

export type Digest = (bytes: Uint8Array) => Uint8Array;

export type Tile = {
  readonly index: number;
  readonly k: number;
  readonly count: number;
  /** Of the message: tiles of one page have the same. */
  readonly id: string;
  readonly length: number;
  readonly piece: Uint8Array;
};

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let i = 0; i < 8; i++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

export function crc32(...parts: readonly Uint8Array[]): number {
  let crc = 0xffffffff;
  for (const part of parts) for (const byte of part) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** As many pieces of data as the message needs, the rest parity. Undefined: the message is too long for `mostData`. */
export function cutIntoTiles(
  message: Uint8Array,
  room: { readonly tileBytes: number; readonly count: number; readonly mostData: number },
  sha256: Digest,
): readonly Uint8Array[] | undefined {
  const pieceBytes = room.tileBytes - headerBytes;
  const k = Math.max(1, Math.ceil(message.length / pieceBytes));
  if (k > room.mostData) return undefined;
  const padded = new Uint8Array(k * pieceBytes);
  padded.set(message);
  const data = Array.from({ length: k }, (_, i) => padded.subarray(i * pieceBytes, (i + 1) * pieceBytes));
  const id = sha256(message).subarray(0, 4);
  return [...data, ...parityOf(data, room.count - k)].map((piece, index) => {
    const tile = new Uint8Array(room.tileBytes);
    tile.set(magic);
    tile.set([index, k, room.count], 4);
    tile.set(id, 7);
    tile.set([message.length >> 16, (message.length >> 8) & 0xff, message.length & 0xff], 11);
    tile.set(piece, headerBytes);
    new DataView(tile.buffer).setUint32(crcAt, crc32(tile.subarray(0, crcAt), piece));
    return tile;
  });
}

/** What a code says, if it is a sound tile of ours. */
export function readTile(bytes: Uint8Array): Tile | undefined {
  if (bytes.length <= headerBytes || magic.some((value, i) => bytes[i] !== value)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const piece = bytes.subarray(headerBytes);
  if (view.getUint32(crcAt) !== crc32(bytes.subarray(0, crcAt), piece)) return undefined;
  const [index, k, count] = [view.getUint8(4), view.getUint8(5), view.getUint8(6)];
  const length = (view.getUint16(11) << 8) | view.getUint8(13);
  if (k === 0 || k > count || index >= count || length === 0 || length > k * piece.length) return undefined;
  return { index, k, count, id: hexOf(bytes.subarray(7, 11)), length, piece };
}

export type Joined = {
  /** Undefined: too few tiles of it were read, or they do not give what they should. */
  readonly message: Uint8Array | undefined;
  readonly id: string;
  readonly read: number;
  readonly needed: number;
  readonly count: number;
};

/** The messages of all tiles that were read, the one with most tiles first. */
export function joinTiles(tiles: readonly Tile[], sha256: Digest): readonly Joined[] {
  const byMessage = Map.groupBy(tiles, ({ id, k, count, length, piece }) =>
    [id, k, count, length, piece.length].join(),
  );
  const joined = [...byMessage.values()].map((same): Joined => {
    const { id, k, count, length } = same[0] as Tile;
    const pieces: (Uint8Array | undefined)[] = Array.from({ length: count }, () => undefined);
    for (const { index, piece } of same) pieces[index] = piece;
    const read = pieces.filter((it) => it !== undefined).length;
    return { message: messageOf(pieces, k, length, id, sha256), id, read, needed: k, count };
  });
  return joined.toSorted((a, b) => b.read - a.read);
}

function messageOf(
  pieces: readonly (Uint8Array | undefined)[],
  k: number,
  length: number,
  id: string,
  sha256: Digest,
): Uint8Array | undefined {
  const data = recover(pieces, k);
  if (data === undefined) return undefined;
  const message = new Uint8Array(data.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of data) {
    message.set(piece, at);
    at += piece.length;
  }
  const whole = message.subarray(0, length);
  return hexOf(sha256(whole).subarray(0, 4)) === id ? whole : undefined;
}
