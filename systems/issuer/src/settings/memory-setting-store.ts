import { beginsOn, type Draft, type SettingStore, type Version } from './setting-store.ts';

/** For tests and the simulator: the same promises as the database's, without its durability. */
export function createMemorySettingStore(): SettingStore {
  const drafts = new Map<string, Draft>();
  const versions: Version[] = [];
  const key = (municipality: string, settingId: string) => `${municipality}/${settingId}`;
  const copy = <T>(value: T): T => structuredClone(value);
  const at = (municipality: string, settingId: string, version: number) =>
    versions.findIndex(
      (it) => it.municipality === municipality && it.settingId === settingId && it.version === version,
    );
  return {
    findDraft: async (municipality, settingId) => copy(drafts.get(key(municipality, settingId))),
    listDrafts: async (municipality) =>
      [...drafts.values()]
        .filter((it) => it.municipality === municipality)
        .toSorted((a, b) => a.settingId.localeCompare(b.settingId))
        .map(copy),
    async keepDraft(draft) {
      const id = key(draft.municipality, draft.settingId);
      if ((drafts.get(id)?.revision ?? 0) !== draft.revision - 1) return false;
      drafts.set(id, copy(draft));
      return true;
    },
    async dropDraft(municipality, settingId, revision) {
      const id = key(municipality, settingId);
      return drafts.get(id)?.revision === revision && drafts.delete(id);
    },
    async propose(proposal) {
      const { municipality, settingId } = proposal;
      const number = versions.filter((it) => it.municipality === municipality && it.settingId === settingId).length + 1;
      const version = { ...copy(proposal), version: number, decisions: [] };
      versions.push(version);
      return copy(version);
    },
    findVersion: async (municipality, settingId, version) => copy(versions[at(municipality, settingId, version)]),
    listVersions: async (municipality, settingId, limit) =>
      versions
        .filter((it) => it.municipality === municipality && it.settingId === settingId)
        .toSorted((a, b) => b.version - a.version)
        .slice(0, limit)
        .map(copy),
    async decide(municipality, settingId, version, decided, decision) {
      const place = at(municipality, settingId, version);
      const found = versions[place];
      if (found?.decisions.length !== decided) return false;
      versions[place] = { ...found, decisions: [...found.decisions, copy(decision)] };
      return true;
    },
    async holdingOn(municipality, day) {
      const holding = new Map<string, { settingId: string; version: number; from: string }>();
      for (const it of versions) {
        const from = it.municipality === municipality ? beginsOn(it) : undefined;
        if (from === undefined || from > day || (it.until !== undefined && it.until < day)) continue;
        const before = holding.get(it.settingId);
        if (before !== undefined && before.from > from) continue;
        holding.set(it.settingId, { settingId: it.settingId, version: it.version, from });
      }
      return [...holding.values()].toSorted((a, b) => a.settingId.localeCompare(b.settingId));
    },
  };
}
