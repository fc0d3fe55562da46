/** Settings on PostgreSQL. Every operation is one transaction that sees one municipality's rows only. */
import type pg from 'pg';
import { type Run, withinMunicipality } from '../store/within-municipality.ts';
import type { Decision, Draft, Holding, SettingStore, Version } from './setting-store.ts';

type DraftRow = {
  municipality: string;
  setting_id: string;
  revision: number;
  content: unknown;
  by_subject: string;
  by_name: string;
  at_ms: string;
};

function draftOf(row: DraftRow): Draft {
  return {
    municipality: row.municipality,
    settingId: row.setting_id,
    revision: row.revision,
    content: row.content,
    by: { subject: row.by_subject, name: row.by_name },
    at: Number(row.at_ms),
  };
}

type VersionRow = {
  municipality: string;
  setting_id: string;
  version: number;
  content: unknown;
  from_day: string;
  until_day: string | null;
  reason: string;
  by_subject: string;
  by_name: string;
  at_ms: string;
  decisions: DecisionRow[] | null;
};
type DecisionRow = {
  decision: Decision['decision'];
  from_day: string | null;
  note: string;
  by_subject: string;
  by_name: string;
  at_ms: number;
};

function decisionOf(row: DecisionRow): Decision {
  return {
    decision: row.decision,
    ...(row.from_day === null ? {} : { from: row.from_day }),
    note: row.note,
    by: { subject: row.by_subject, name: row.by_name },
    at: Number(row.at_ms),
  };
}

function versionOf(row: VersionRow): Version {
  return {
    municipality: row.municipality,
    settingId: row.setting_id,
    version: row.version,
    content: row.content,
    from: row.from_day,
    ...(row.until_day === null ? {} : { until: row.until_day }),
    reason: row.reason,
    by: { subject: row.by_subject, name: row.by_name },
    at: Number(row.at_ms),
    decisions: (row.decisions ?? []).map(decisionOf),
  };
}

const selectVersion = `select v.*, (select json_agg(d order by d.ordinal) from setting_decision d
  where d.municipality = v.municipality and d.setting_id = v.setting_id and d.version = v.version) as decisions
  from setting_version v`;

async function findVersion(run: Run, municipality: string, settingId: string, version: number) {
  const [row] = await run<VersionRow>(
    'setting-version',
    `${selectVersion} where v.municipality = $1 and v.setting_id = $2 and v.version = $3`,
    [municipality, settingId, version],
  );
  return row && versionOf(row);
}

export function createPostgresSettingStore(pool: pg.Pool): SettingStore {
  const within = withinMunicipality(pool);
  return {
    findDraft: (municipality, settingId) =>
      within(municipality, async (run) => {
        const [row] = await run<DraftRow>(
          'setting-draft',
          'select * from setting_draft where municipality = $1 and setting_id = $2',
          [municipality, settingId],
        );
        return row && draftOf(row);
      }),
    listDrafts: (municipality) =>
      within(municipality, async (run) =>
        (
          await run<DraftRow>(
            'setting-drafts',
            'select * from setting_draft where municipality = $1 order by setting_id collate "C"',
            [municipality],
          )
        ).map(draftOf),
      ),
    keepDraft: (draft) =>
      within(draft.municipality, async (run) => {
        const { municipality, settingId, revision, content, by, at } = draft;
        const values = [municipality, settingId, revision, JSON.stringify(content), by.subject, by.name, at];
        const kept =
          revision === 1
            ? await run(
                'setting-draft-first',
                'insert into setting_draft values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning revision',
                values,
              )
            : await run(
                'setting-draft-next',
                `update setting_draft set revision = $3, content = $4, by_subject = $5, by_name = $6, at_ms = $7
                 where municipality = $1 and setting_id = $2 and revision = $3 - 1 returning revision`,
                values,
              );
        return kept.length === 1;
      }),
    dropDraft: (municipality, settingId, revision) =>
      within(municipality, async (run) => {
        const dropped = await run(
          'setting-draft-drop',
          'delete from setting_draft where municipality = $1 and setting_id = $2 and revision = $3 returning revision',
          [municipality, settingId, revision],
        );
        return dropped.length === 1;
      }),
    propose: (proposal) => within(proposal.municipality, (run) => insertVersion(run, proposal)),
    findVersion: (municipality, settingId, version) =>
      within(municipality, (run) => findVersion(run, municipality, settingId, version)),
    listVersions: (municipality, settingId, limit) =>
      within(municipality, async (run) => {
        const rows = await run<VersionRow>(
          'setting-versions',
          `${selectVersion} where v.municipality = $1 and v.setting_id = $2 order by v.version desc limit $3`,
          [municipality, settingId, limit],
        );
        return rows.map(versionOf);
      }),
    decide: (municipality, settingId, version, decided, { decision, from, note, by, at }) =>
      within(municipality, async (run) => {
        // Without a gap: a decision stands on the one before it.
        const kept = await run(
          'setting-decide',
          `insert into setting_decision select $1, $2, $3, ($4::int + 1)::smallint, $5, $6, $7, $8, $9, $10
           where exists (select 1 from setting_version where municipality = $1 and setting_id = $2 and version = $3)
             and (select count(*) from setting_decision where municipality = $1 and setting_id = $2 and version = $3) = $4
           on conflict do nothing returning ordinal`,
          [municipality, settingId, version, decided, decision, from ?? null, note, by.subject, by.name, at],
        );
        return kept.length === 1;
      }),
    holdingOn: (municipality, day) => within(municipality, (run) => holdingOn(run, municipality, day)),
  };
}

async function insertVersion(run: Run, proposal: Parameters<SettingStore['propose']>[0]): Promise<Version> {
  const { municipality, settingId, content, from, until, reason, by, at } = proposal;
  // One after the other: numbers have no gaps and nobody meets a number that is taken.
  await run('setting-turn', 'select pg_advisory_xact_lock(hashtext($1))', [`setting ${municipality} ${settingId}`]);
  const [row] = await run<{ version: number }>(
    'setting-propose',
    `insert into setting_version
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9 from setting_version
     where municipality = $1 and setting_id = $2 returning version`,
    [municipality, settingId, JSON.stringify(content), from, until ?? null, reason, by.subject, by.name, at],
  );
  if (row === undefined) throw new Error('the version was not kept');
  return { ...proposal, version: row.version, decisions: [] };
}

async function holdingOn(run: Run, municipality: string, day: string): Promise<readonly Holding[]> {
  const rows = await run<{ setting_id: string; version: number; from_day: string }>(
    'setting-holding',
    `select distinct on (v.setting_id collate "C") v.setting_id, v.version, d.from_day
     from setting_version v join setting_decision d using (municipality, setting_id, version)
     where v.municipality = $1 and d.decision = 'taken-into-use' and d.from_day <= $2
       and (v.until_day is null or v.until_day >= $2)
       and not exists (select 1 from setting_decision w where w.municipality = v.municipality
         and w.setting_id = v.setting_id and w.version = v.version and w.ordinal > d.ordinal)
     order by v.setting_id collate "C", d.from_day desc, v.version desc`,
    [municipality, day],
  );
  return rows.map((row) => ({ settingId: row.setting_id, version: row.version, from: row.from_day }));
}
