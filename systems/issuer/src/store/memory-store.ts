import type { Application, Visit } from './records.ts';
import type { ApplicationCount, IssuerStore } from './store.ts';

/** For the simulator and for tests: the same promises as the database's, without its durability. */
export function createMemoryStore(): IssuerStore {
  const visits = new Map<string, Visit>();
  const applications = new Map<string, Application>();
  const documents = new Map<string, string>();
  const serials = new Map<string, number>();
  const pushed = new Map<string, Set<string>>();
  const key = (municipality: string, id: string) => `${municipality}/${id}`;
  // Copies on the way in and out: nobody shares a row with the store.
  const copy = <T>(value: T): T => structuredClone(value);
  const of = <T>(rows: ReadonlyMap<string, T>, municipality: string): T[] =>
    [...rows].filter(([id]) => id.startsWith(`${municipality}/`)).map(([, row]) => row);

  return {
    async openVisit(visit) {
      const id = key(visit.municipality, visit.visitId);
      if (!visits.has(id)) visits.set(id, copy(visit));
      return copy(visits.get(id) ?? visit);
    },
    findVisit: async (municipality, visitId) => copy(visits.get(key(municipality, visitId))),
    async settleProof(municipality, visitId, proof) {
      const id = key(municipality, visitId);
      const visit = visits.get(id);
      if (visit === undefined) return undefined;
      if (visit.proof === undefined) visits.set(id, { ...visit, proof: copy(proof) });
      return copy(visits.get(id));
    },
    async settleSecondProof(municipality, visitId, proof) {
      const id = key(municipality, visitId);
      const visit = visits.get(id);
      if (visit === undefined) return undefined;
      const settles = visit.proof !== undefined && visit.secondProof === undefined;
      if (settles) visits.set(id, { ...visit, secondProof: copy(proof) });
      return copy(visits.get(id));
    },
    async takeSerials(municipality, day, count) {
      const id = key(municipality, day);
      const last = serials.get(id) ?? 0;
      serials.set(id, last + count);
      return last + 1;
    },
    async recordApplication(application) {
      const id = key(application.municipality, application.applicationId);
      const found = applications.get(id);
      if (found !== undefined) return { kept: false, application: copy(found) };
      const numbers = (application.issue?.documentNumbers ?? []).map((it) => key(application.municipality, it));
      if (numbers.some((number) => documents.has(number))) throw new Error('a document number was given twice');
      for (const number of numbers) documents.set(number, id);
      applications.set(id, copy(application));
      return { kept: true, application: copy(application) };
    },
    findApplication: async (municipality, applicationId) => copy(applications.get(key(municipality, applicationId))),
    findByDocumentNumber: async (municipality, documentNumber) =>
      copy(applications.get(documents.get(key(municipality, documentNumber)) ?? '')),
    async changeState(municipality, applicationId, from, change) {
      const id = key(municipality, applicationId);
      const found = applications.get(id);
      if (found?.state !== from) return false;
      const { reply, ...rest } = found;
      const kept = change.forget || reply === undefined ? rest : { ...rest, reply };
      applications.set(id, { ...kept, state: change.state, outcomes: [...found.outcomes, copy(change.outcome)] });
      return true;
    },
    listApplications: async (municipality, { fromMs, untilMs, limit }) =>
      of(applications, municipality)
        .filter(({ at }) => fromMs <= at && at < untilMs)
        .toSorted((a, b) => b.at - a.at || a.applicationId.localeCompare(b.applicationId))
        .slice(0, limit)
        .map(copy),
    async countApplications(municipality, { fromMs, untilMs }) {
      const counts = new Map<string, ApplicationCount>();
      for (const { kindId = '', state, refusal, at } of of(applications, municipality)) {
        if (at < fromMs || at >= untilMs) continue;
        const id = JSON.stringify([kindId, state, refusal?.code ?? '']);
        const count = (counts.get(id)?.count ?? 0) + 1;
        counts.set(id, { kindId, state, ...(refusal === undefined ? {} : { code: refusal.code }), count });
      }
      return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
    },
    async markUnheard(municipality, nowMs, limit) {
      const late = of(applications, municipality)
        .filter(
          ({ state, issue, unheardAt }) => state === 'prepared' && issue && !unheardAt && issue.expiresAt <= nowMs,
        )
        .slice(0, limit);
      for (const application of late) {
        const { reply: _, ...rest } = application;
        applications.set(key(municipality, application.applicationId), { ...rest, unheardAt: nowMs });
      }
      return late.map(({ applicationId }) => applicationId);
    },
    async forgetVisits(municipality, beforeMs, limit) {
      const old = of(visits, municipality)
        .filter(({ expiresAt }) => expiresAt < beforeMs)
        .slice(0, limit);
      for (const { visitId } of old) visits.delete(key(municipality, visitId));
      return old.length;
    },
    pushedDigests: async (municipality) => new Set(pushed.get(municipality)),
    async notePushed(municipality, added, removed) {
      const digests = pushed.get(municipality) ?? new Set<string>();
      for (const digest of added) digests.add(digest);
      for (const digest of removed) digests.delete(digest);
      pushed.set(municipality, digests);
    },
  };
}
