import type { CenterStore, KeptFile, PaperName, TerminalEntry } from './center-store.ts';

type WorkEntry = { dueAt: number; version: number; attempts: number };

/** For the simulator and for tests; held to the same contract as the one on PostgreSQL. */
export function memoryCenterStore(): CenterStore & {
  readonly papers: ReadonlyMap<string, Uint8Array>;
  readonly files: ReadonlyMap<string, { readonly bytes: Uint8Array | undefined }>;
} {
  const terminals = new Map<string, TerminalEntry>();
  const directory = new Map<string, Set<string>>();
  const papers = new Map<string, Uint8Array>();
  const expiries = new Map<string, number>();
  const files = new Map<string, Omit<KeptFile, 'bytes'> & { readonly bytes: Uint8Array | undefined }>();
  const work = new Map<string, WorkEntry>();
  const keyOf = (sessionId: string, name: PaperName) => `${sessionId}/${name}`;
  const drop = (key: string) => {
    papers.delete(key);
    expiries.delete(key);
  };
  return {
    papers,
    files,
    findTerminal: async (terminalId) => terminals.get(terminalId),
    async putTerminals(entries) {
      for (const entry of entries) terminals.set(entry.terminalId, entry);
    },

    async changeDirectory(municipality, added, removed) {
      const digests = directory.get(municipality) ?? new Set();
      directory.set(municipality, digests);
      for (const digest of added) digests.add(digest);
      for (const digest of removed) digests.delete(digest);
      return digests.size;
    },
    municipalitiesOf: async (digest) =>
      [...directory]
        .filter(([, digests]) => digests.has(digest))
        .map(([code]) => code)
        .sort()
        .slice(0, 10),

    async putPaper(sessionId, name, bytes, expiresAt) {
      papers.set(keyOf(sessionId, name), Uint8Array.from(bytes));
      expiries.set(keyOf(sessionId, name), expiresAt);
    },
    getPaper: async (sessionId, name) => papers.get(keyOf(sessionId, name)),
    async dropPapers(sessionId) {
      for (const key of papers.keys()) if (key.startsWith(`${sessionId}/`)) drop(key);
    },
    async dropExpiredPapers(now, limit) {
      const expired = [...expiries].filter(([, expiresAt]) => expiresAt <= now).slice(0, limit);
      for (const [key] of expired) drop(key);
      return expired.length;
    },

    async putFile(file, { mostFiles, mostFileBytes }) {
      const found = files.get(file.depositId);
      if (found !== undefined) return found.applicationId === file.applicationId;
      const kept = [...files.values()].reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
      if (files.size >= mostFiles || kept + file.bytes.length > mostFileBytes) return false;
      files.set(file.depositId, { ...file, bytes: Uint8Array.from(file.bytes) });
      return true;
    },
    getFile: async (depositId) => files.get(depositId),
    async wipeFile(applicationId) {
      for (const [id, file] of files) {
        if (file.applicationId === applicationId) files.set(id, { ...file, bytes: undefined });
      }
    },
    async dropExpiredFiles(now, limit) {
      const expired = [...files.values()].filter(({ expiresAt }) => expiresAt <= now).slice(0, limit);
      for (const { depositId } of expired) files.delete(depositId);
      return expired.length;
    },

    async scheduleWork(sessionId, dueAt) {
      const found = work.get(sessionId);
      if (found === undefined) work.set(sessionId, { dueAt, version: 1, attempts: 0 });
      else work.set(sessionId, { ...found, dueAt: Math.min(found.dueAt, dueAt), version: found.version + 1 });
    },
    async claimWork(now, leaseMs, limit) {
      const due = [...work]
        .filter(([, it]) => it.dueAt <= now)
        .sort(([, a], [, b]) => a.dueAt - b.dueAt)
        .slice(0, limit);
      return due.map(([sessionId, it]) => {
        const lease = it.version + 1;
        work.set(sessionId, { ...it, dueAt: now + leaseMs, version: lease });
        return { sessionId, lease, attempts: it.attempts };
      });
    },
    async settleWork({ sessionId, lease }, next) {
      const found = work.get(sessionId);
      if (found?.version !== lease) return;
      if (next === undefined) work.delete(sessionId);
      else work.set(sessionId, { ...next, version: lease + 1 });
    },
  };
}
