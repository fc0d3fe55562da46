/** Between the page and its worker. */
import type { FilesVerification, Progress } from '@dokodemo/proof/verify';

export type CheckRequest = {
  readonly files: readonly Blob[];
  readonly names: readonly string[];
  /** Messages of backs that the live camera has put together. */
  readonly backs?: readonly Uint8Array[];
  /** Typed, where the front is not at hand. */
  readonly checkCode?: string;
  /** The trust bundle's text. */
  readonly trust: string;
  /** Where the portal is; undefined: nobody is asked. */
  readonly portal?: string;
};

export type CheckAnswer =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly verification: FilesVerification }
  | { readonly kind: 'failed'; readonly detail: string };

/** More are not taken: a copy with its backs is one file, and photos of one paper are few. */
export const mostFiles = 20;
export const mostBytes = 200_000_000;
