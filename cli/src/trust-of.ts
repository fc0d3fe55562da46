/** Whom a command believes, and whom it asks: named by options, else the demo town's. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { defaultTownRoot, openTownPortal } from '@dokodemo/demo/open-town';
import { readTrustBundle, type TrustBundle } from '@dokodemo/proof';
import { CommandError } from './command-error.ts';

const mostBundleBytes = 2_000_000;

export const townBundle = (): string => path.join(defaultTownRoot(), 'trust', 'bundle.json');

export const isTownBundle = (file: string | undefined): boolean =>
  file === undefined || path.resolve(file) === path.resolve(townBundle());

export function trustOf(file: string | undefined): TrustBundle {
  const place = file ?? townBundle();
  if (!existsSync(place)) {
    throw new CommandError(
      file === undefined
        ? 'Whom to believe? --trust FILE names a trust bundle (the demo town makes one when it is opened: npm start).'
        : `--trust ${file}: there is no such file`,
    );
  }
  try {
    const found = statSync(place);
    if (!found.isFile() || found.size > mostBundleBytes) throw new RangeError('no trust bundle');
    return readTrustBundle(readFileSync(place, 'utf8'));
  } catch (error) {
    throw new CommandError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** As somebody typed it; without a slash at its end. */
export function readPortalUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new CommandError(`--portal ${text}: an address such as https://portal.example is expected`);
  return url.href.replace(/\/+$/, '');
}

/** Undefined: there is nobody to ask. What the town's bundle vouches for no other town's portal is asked about. */
export function portalFor(options: { readonly portal?: string; readonly trust?: string }): string | undefined {
  if (options.portal !== undefined) return readPortalUrl(options.portal);
  return isTownBundle(options.trust) ? openTownPortal(defaultTownRoot()) : undefined;
}
