/** Checkpoints (c2sp.org/tlog-checkpoint) in signed notes (c2sp.org/signed-note), Ed25519. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64 } from './base64.ts';
import { type Hash, hashBytes, maxTreeSize } from './merkle.ts';

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash };

/** Signs the text of a note; 64 bytes of Ed25519. */
export type SignText = (text: Uint8Array) => Uint8Array;

const ed25519Type = 1;
const mostNoteBytes = 65_536;
const mostSignatures = 64;
const utf8 = (text: string) => new TextEncoder().encode(text);

function keyIdOf(name: string, publicKey: Uint8Array): Uint8Array {
  const head = utf8(`${name}\n`);
  const bytes = new Uint8Array(head.length + 1 + publicKey.length);
  bytes.set(head);
  bytes[head.length] = ed25519Type;
  bytes.set(publicKey, head.length + 1);
  return sha256(bytes).slice(0, 4);
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** `name+hash+key`, as verifiers are configured with it. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  if (!isKeyName(name) || publicKey.length !== 32) throw new RangeError('no name or no key for a note');
  return `${name}+${hex(keyIdOf(name, publicKey))}+${toBase64(Uint8Array.of(ed25519Type, ...publicKey))}`;
}

const isKeyName = (name: string) => name.length > 0 && name.length <= 200 && !/[\s+]/u.test(name);

type VerifierKey = { readonly name: string; readonly id: string; readonly publicKey: Uint8Array };

export function readVerifierKey(text: string): VerifierKey | undefined {
  const [name = '', id = '', ...rest] = text.split('+');
  // Base 64 may itself contain the separator.
  const key = fromBase64(rest.join('+'));
  if (!isKeyName(name) || key === undefined || key.length !== 33 || key[0] !== ed25519Type) return undefined;
  const publicKey = key.slice(1);
  return hex(keyIdOf(name, publicKey)) === id ? { name, id, publicKey } : undefined;
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The key's name is the origin. */
export function signCheckpoint(checkpoint: Checkpoint, publicKey: Uint8Array, sign: SignText): string {
  const text = checkpointText(checkpoint);
  const signature = toBase64(Uint8Array.of(...keyIdOf(checkpoint.origin, publicKey), ...sign(utf8(text))));
  return `${text}\n— ${checkpoint.origin} ${signature}\n`;
}

/** The text of a note, when one of these keys has signed it; a wrong signature of a known key spoils the note. */
export function openNote(note: string, keys: readonly string[]): { text: string; name: string } | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these
  if (note.length > mostNoteBytes || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note))
    return undefined;
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return undefined;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > mostSignatures) return undefined;
  const known = keys.flatMap((key) => readVerifierKey(key) ?? []);
  let signer: string | undefined;
  for (const line of lines) {
    const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = encoded === undefined ? undefined : fromBase64(encoded);
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
    const id = hex(bytes.slice(0, 4));
    const key = known.find((it) => it.name === name && it.id === id);
    if (key === undefined) continue;
    if (bytes.length !== 68 || !signatureHolds(key.publicKey, utf8(text), bytes.slice(4))) return undefined;
    signer ??= name;
  }
  return signer === undefined ? undefined : { text, name: signer };
}

function signatureHolds(publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, text, publicKey, { zip215: false });
  } catch {
    return false; // no point of the curve
  }
}

/** A checkpoint signed by one of these keys under its own name. */
export function openCheckpoint(note: string, keys: readonly string[]): Checkpoint | undefined {
  const opened = openNote(note, keys);
  if (opened === undefined) return undefined;
  const [origin = '', size = '', root = '', ...extensions] = opened.text.slice(0, -1).split('\n');
  const hash = fromBase64(root);
  if (origin !== opened.name || !/^(0|[1-9][0-9]{0,15})$/.test(size) || extensions.includes('')) return undefined;
  if (hash?.length !== hashBytes || Number(size) > maxTreeSize) return undefined;
  return { origin, size: Number(size), root: hash };
}
