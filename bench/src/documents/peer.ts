/** What a PDF maker must do here: draw a page with the one font. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from './page.ts';

export type Peer = {
  render(page: Page): Promise<Uint8Array> | Uint8Array;
  /** Processes that work for it beside this one. */
  helpers?(): readonly number[];
  close?(): Promise<void>;
};

export type PeerContext = {
  /** IPAmj明朝 as a file. */
  readonly fontFile: string;
  /** The seal as a PNG. */
  readonly sealFile: string;
  /** An empty folder for what a peer must write. */
  readonly folder: string;
};

export type OpenPeer = (context: PeerContext) => Promise<Peer>;

export const peersFolder = fileURLToPath(new URL('../../peers/', import.meta.url));
/** From the folder of the peers, which is no part of the house and is installed by the bench alone. */
export const requirePeer = createRequire(`${peersFolder}package.json`);
