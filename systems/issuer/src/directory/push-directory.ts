/** Tells the center which credentials this issuer serves: digests only, and only what changed since it last listened. */
import { type Answer, answer } from '@dokodemo/domain';
import type { Client, conversationEndpoints } from '@dokodemo/protocol';
import type { RegistryClient } from '../kinds/kind.ts';
import type { IssuerStore } from '../store/store.ts';

export type CenterClient = Pick<Client<typeof conversationEndpoints>, 'putDirectory'>;

const partSize = 5_000;
/** 5,000 a page: 40 million certificates, more than any municipality has. */
const pagesMax = 8_000;

async function readDigests(registry: RegistryClient, municipality: string): Promise<Answer<ReadonlySet<string>>> {
  const digests = new Set<string>();
  for (let page = 0; page < pagesMax; page++) {
    const read = await registry.credentialDigests({ municipality, page: String(page) }, null);
    if (!read.ok) return read;
    for (const digest of read.value.digests) digests.add(digest);
    if (!read.value.more) break;
  }
  return answer(digests);
}

function inParts(digests: readonly string[]): readonly string[][] {
  return Array.from({ length: Math.ceil(digests.length / partSize) }, (_, i) =>
    digests.slice(i * partSize, (i + 1) * partSize),
  );
}

/** Answers how many digests were added and removed. What the center has not acknowledged is sent again next time. */
export async function pushDirectory(
  tools: { readonly store: IssuerStore; readonly registry: RegistryClient; readonly center: CenterClient },
  municipality: string,
): Promise<Answer<{ readonly added: number; readonly removed: number }>> {
  const { store, registry, center } = tools;
  const [read, pushed] = [await readDigests(registry, municipality), await store.pushedDigests(municipality)];
  if (!read.ok) return read;
  const now = read.value;
  const added = inParts([...now].filter((digest) => !pushed.has(digest)).sort());
  const removed = inParts([...pushed].filter((digest) => !now.has(digest)).sort());
  for (let i = 0; i < Math.max(added.length, removed.length); i++) {
    const part = { added: added[i] ?? [], removed: removed[i] ?? [] };
    const put = await center.putDirectory({ municipality }, part);
    if (!put.ok) return put;
    await store.notePushed(municipality, part.added, part.removed);
  }
  return answer({ added: added.flat().length, removed: removed.flat().length });
}
