/** What a kiosk's QR code says behind the #: the file's id and its key, base64url. No server is ever sent it. */

export type FileAddress = { readonly depositId: string; readonly key: Uint8Array };

const pattern = /^#([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

export function readAddress(hash: string): FileAddress | undefined {
  const found = pattern.exec(hash);
  if (found === null) return undefined;
  const [, depositId = '', key = ''] = found;
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
  return { depositId, key: Uint8Array.from(text, (character) => character.charCodeAt(0)) };
}

/** Once: from then on it stands neither in the address bar nor in the history. 'unreadable': this is the page for files,
 *  and what is behind the # is no address of one. */
export function takeAddress(): FileAddress | 'unreadable' | undefined {
  const { pathname, search, hash } = location;
  if (!pathname.endsWith('/receive')) return undefined;
  if (hash !== '') history.replaceState(null, '', `${pathname}${search}`);
  return readAddress(hash) ?? 'unreadable';
}
