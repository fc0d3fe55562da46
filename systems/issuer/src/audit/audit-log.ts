/** Who of the staff looked at or changed what. Written before what was asked for is answered; never rewritten. */
import type pg from 'pg';
import type { By } from '../settings/setting-store.ts';
import { withinMunicipality } from '../store/within-municipality.ts';

export const auditActs = [
  'signed-in', 'signed-out', 'looked-at-issue', 'draft-saved', 'draft-dropped', 'proposed', 'taken-into-use', 'returned',
  'withdrawn', 'looked-at-enrolment', 'enrolment-approved', 'enrolment-rejected', 'looked-at-audit',
] as const; // biome-ignore format: one list
export type AuditAct = (typeof auditActs)[number];

export type AuditEntry = {
  readonly municipality: string;
  readonly at: number;
  readonly by: By;
  readonly act: AuditAct;
  /** What it was about: ids, versions, days. No names of residents. */
  readonly about: Readonly<Record<string, string | number>>;
};

export type AuditLog = {
  write(entry: AuditEntry): Promise<void>;
  /** Newest first; `before`: those older than that entry. */
  list(
    municipality: string,
    page: { readonly before?: number; readonly limit: number },
  ): Promise<readonly (AuditEntry & { readonly entry: number })[]>;
};

export function createMemoryAuditLog(): AuditLog {
  const entries: (AuditEntry & { readonly entry: number })[] = [];
  return {
    async write(entry) {
      entries.push({ ...structuredClone(entry), entry: entries.length + 1 });
    },
    list: async (municipality, { before, limit }) =>
      entries
        .filter((it) => it.municipality === municipality && (before === undefined || it.entry < before))
        .toReversed()
        .slice(0, limit),
  };
}

type Row = {
  municipality: string;
  entry: string;
  at_ms: string;
  by_subject: string;
  by_name: string;
  act: AuditAct;
  about: AuditEntry['about'];
};

export function createPostgresAuditLog(pool: pg.Pool): AuditLog {
  const within = withinMunicipality(pool);
  return {
    write: ({ municipality, at, by, act, about }) =>
      within(municipality, async (run) => {
        await run(
          'audit-write',
          `insert into audit_entry (municipality, at_ms, by_subject, by_name, act, about)
           values ($1, $2, $3, $4, $5, $6)`,
          [municipality, at, by.subject, by.name, act, JSON.stringify(about)],
        );
      }),
    list: (municipality, { before, limit }) =>
      within(municipality, async (run) => {
        const rows = await run<Row>(
          'audit-list',
          `select * from audit_entry where municipality = $1 and ($2::bigint is null or entry < $2)
           order by entry desc limit $3`,
          [municipality, before ?? null, limit],
        );
        return rows.map((row) => ({
          municipality: row.municipality,
          entry: Number(row.entry),
          at: Number(row.at_ms),
          by: { subject: row.by_subject, name: row.by_name },
          act: row.act,
          about: row.about,
        }));
      }),
  };
}
