/** The issuer's memory on PostgreSQL. Every operation is one transaction that sees one municipality's rows only. */
import { fileURLToPath } from 'node:url';
import type { IssuanceState } from '@dokodemo/domain';
import type { PreparedDocument } from '@dokodemo/protocol';
import type pg from 'pg';
import type { Application, Issue, Outcome, Proof, SecondProof, Visit } from './records.ts';
import type { IssuerStore } from './store.ts';
import { type Run, type Within, withinMunicipality } from './within-municipality.ts';

export const issuerMigrations = { issuer: fileURLToPath(new URL('../../migrations', import.meta.url)) };
/** Tables in which rows are written once. */
export const issuerAppendOnlyTables = [
  'document',
  'outcome',
  'setting_version',
  'setting_decision',
  'audit_entry',
] as const;

type VisitRow = {
  municipality: string;
  visit_id: string;
  request: string;
  session_id: string;
  terminal_id: string;
  kiosk_key: string;
  nonce: string;
  certificate: string;
  serial_hex: string;
  opened_at_ms: string;
  expires_at_ms: string;
  proof: Proof | null;
  second_proof: SecondProof | null;
};

function visitOf(row: VisitRow): Visit {
  return {
    municipality: row.municipality,
    visitId: row.visit_id,
    request: row.request,
    sessionId: row.session_id,
    terminalId: row.terminal_id,
    kioskKey: row.kiosk_key,
    nonce: row.nonce,
    certificate: row.certificate,
    serialHex: row.serial_hex,
    openedAt: Number(row.opened_at_ms),
    expiresAt: Number(row.expires_at_ms),
    ...(row.proof === null ? {} : { proof: row.proof }),
    ...(row.second_proof === null ? {} : { secondProof: row.second_proof }),
  };
}

type ApplicationRow = {
  municipality: string;
  application_id: string;
  visit_id: string | null;
  request: string | null;
  kind_id: string | null;
  state: IssuanceState;
  at_ms: string;
  refusal: NonNullable<Application['refusal']> | null;
  issue: Issue | null;
  reply: PreparedDocument | null;
  unheard_at_ms: string | null;
  outcomes: Outcome[] | null;
};

function applicationOf(row: ApplicationRow): Application {
  return {
    municipality: row.municipality,
    applicationId: row.application_id,
    ...(row.visit_id === null ? {} : { visitId: row.visit_id }),
    ...(row.request === null ? {} : { request: row.request }),
    ...(row.kind_id === null ? {} : { kindId: row.kind_id }),
    state: row.state,
    at: Number(row.at_ms),
    ...(row.refusal === null ? {} : { refusal: row.refusal }),
    ...(row.issue === null ? {} : { issue: row.issue }),
    ...(row.reply === null ? {} : { reply: row.reply }),
    ...(row.unheard_at_ms === null ? {} : { unheardAt: Number(row.unheard_at_ms) }),
    outcomes: row.outcomes ?? [],
  };
}

const selectApplication = `select a.*, (select json_agg(o.told order by o.ordinal) from outcome o
  where o.municipality = a.municipality and o.application_id = a.application_id) as outcomes from application a`;

export function createPostgresStore(pool: pg.Pool): IssuerStore {
  const within = withinMunicipality(pool);
  return {
    ...visitsOf(within),
    ...applicationsOf(within),
    takeSerials: (municipality, day, count) =>
      within(municipality, async (run) => {
        const [row] = await run<{ last_serial: number }>(
          'serials',
          `insert into serial as s (municipality, day, last_serial) values ($1, $2, $3)
           on conflict (municipality, day) do update set last_serial = s.last_serial + $3 returning last_serial`,
          [municipality, day, count],
        );
        if (row === undefined) throw new Error('no serial number came back');
        return row.last_serial - count + 1;
      }),
    pushedDigests: (municipality) =>
      within(municipality, async (run) => {
        const rows = await run<{ digest: string }>(
          'pushed',
          'select digest from pushed_digest where municipality = $1',
          [municipality],
        );
        return new Set(rows.map(({ digest }) => digest));
      }),
    notePushed: (municipality, added, removed) =>
      within(municipality, async (run) => {
        await run(
          'push-add',
          'insert into pushed_digest select $1, d from unnest($2::text[]) d on conflict do nothing',
          [municipality, added],
        );
        await run('push-remove', 'delete from pushed_digest where municipality = $1 and digest = any ($2::text[])', [
          municipality,
          removed,
        ]);
      }),
  };
}

type VisitsStore = Pick<IssuerStore, 'openVisit' | 'findVisit' | 'settleProof' | 'settleSecondProof' | 'forgetVisits'>;

function visitsOf(within: Within): VisitsStore {
  const find = async (run: Run, municipality: string, visitId: string): Promise<Visit | undefined> => {
    const [row] = await run<VisitRow>('visit', 'select * from visit where municipality = $1 and visit_id = $2', [
      municipality,
      visitId,
    ]);
    return row && visitOf(row);
  };
  return {
    openVisit: (visit) =>
      within(visit.municipality, async (run) => {
        await run(
          'visit-open',
          `insert into visit (municipality, visit_id, request, session_id, terminal_id, kiosk_key, nonce, certificate,
             serial_hex, opened_at_ms, expires_at_ms)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
          [
            visit.municipality,
            visit.visitId,
            visit.request,
            visit.sessionId,
            visit.terminalId,
            visit.kioskKey,
            visit.nonce,
            visit.certificate,
            visit.serialHex,
            visit.openedAt,
            visit.expiresAt,
          ],
        );
        const kept = await find(run, visit.municipality, visit.visitId);
        if (kept === undefined) throw new Error('the visit was neither kept nor there');
        return kept;
      }),
    findVisit: (municipality, visitId) => within(municipality, (run) => find(run, municipality, visitId)),
    settleProof: (municipality, visitId, proof) =>
      within(municipality, async (run) => {
        await run(
          'visit-prove',
          'update visit set proof = $3 where municipality = $1 and visit_id = $2 and proof is null',
          [municipality, visitId, JSON.stringify(proof)],
        );
        return find(run, municipality, visitId);
      }),
    settleSecondProof: (municipality, visitId, proof) =>
      within(municipality, async (run) => {
        await run(
          'visit-prove-second',
          `update visit set second_proof = $3
           where municipality = $1 and visit_id = $2 and proof is not null and second_proof is null`,
          [municipality, visitId, JSON.stringify(proof)],
        );
        return find(run, municipality, visitId);
      }),
    forgetVisits: (municipality, beforeMs, limit) =>
      within(municipality, async (run) => {
        const rows = await run(
          'visit-forget',
          `delete from visit where municipality = $1 and visit_id in
             (select visit_id from visit where municipality = $1 and expires_at_ms < $2 limit $3) returning visit_id`,
          [municipality, beforeMs, limit],
        );
        return rows.length;
      }),
  };
}

type ApplicationsStore = Pick<
  IssuerStore,
  | 'recordApplication'
  | 'findApplication'
  | 'findByDocumentNumber'
  | 'changeState'
  | 'listApplications'
  | 'countApplications'
  | 'markUnheard'
>;

async function findApplication(
  run: Run,
  municipality: string,
  applicationId: string,
): Promise<Application | undefined> {
  const [row] = await run<ApplicationRow>(
    'application',
    `${selectApplication} where a.municipality = $1 and a.application_id = $2`,
    [municipality, applicationId],
  );
  return row && applicationOf(row);
}

/** True when this record is the first under its id. */
async function insertApplication(run: Run, application: Application): Promise<boolean> {
  const { municipality, applicationId, issue } = application;
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const inserted = await run(
    'application-record',
    `insert into application (municipality, application_id, visit_id, request, kind_id, state, at_ms, refusal, issue,
       reply, expires_at_ms) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict do nothing returning application_id`,
    [
      municipality,
      applicationId,
      application.visitId ?? null,
      application.request ?? null,
      application.kindId ?? null,
      application.state,
      application.at,
      json(application.refusal),
      json(issue),
      json(application.reply),
      issue?.expiresAt ?? null,
    ],
  );
  if (inserted.length === 0) return false;
  await run(
    'documents-record',
    `insert into document (municipality, document_number, application_id, copy)
     select $1, number, $2, copy from unnest($3::text[]) with ordinality as given (number, copy)`,
    [municipality, applicationId, issue?.documentNumbers ?? []],
  );
  for (const outcome of application.outcomes) await addOutcome(run, municipality, applicationId, outcome);
  return true;
}

async function addOutcome(run: Run, municipality: string, applicationId: string, outcome: Outcome): Promise<void> {
  await run(
    'outcome-add',
    `insert into outcome (municipality, application_id, ordinal, told)
     select $1, $2, coalesce(max(ordinal), 0) + 1, $3 from outcome where municipality = $1 and application_id = $2`,
    [municipality, applicationId, JSON.stringify(outcome)],
  );
}

function applicationsOf(within: Within): ApplicationsStore {
  return {
    recordApplication: (application) =>
      within(application.municipality, async (run) => {
        const kept = await insertApplication(run, application);
        const found = await findApplication(run, application.municipality, application.applicationId);
        if (found === undefined) throw new Error('the application was neither kept nor there');
        return { kept, application: found };
      }),
    findApplication: (municipality, applicationId) =>
      within(municipality, (run) => findApplication(run, municipality, applicationId)),
    findByDocumentNumber: (municipality, documentNumber) =>
      within(municipality, async (run) => {
        const [row] = await run<ApplicationRow>(
          'application-by-number',
          `${selectApplication} join document d using (municipality, application_id)
           where d.municipality = $1 and d.document_number = $2`,
          [municipality, documentNumber],
        );
        return row && applicationOf(row);
      }),
    changeState: (municipality, applicationId, from, change) =>
      within(municipality, async (run) => {
        const changed = await run(
          'application-change',
          `update application set state = $4, reply = case when $5 then null else reply end
           where municipality = $1 and application_id = $2 and state = $3 returning application_id`,
          [municipality, applicationId, from, change.state, change.forget],
        );
        if (changed.length === 0) return false;
        await addOutcome(run, municipality, applicationId, change.outcome);
        return true;
      }),
    listApplications: (municipality, { fromMs, untilMs, limit }) =>
      within(municipality, async (run) => {
        const rows = await run<ApplicationRow>(
          'application-list',
          `${selectApplication} where a.municipality = $1 and a.at_ms >= $2 and a.at_ms < $3
           order by a.at_ms desc, a.application_id limit $4`,
          [municipality, fromMs, untilMs, limit],
        );
        return rows.map(applicationOf);
      }),
    countApplications: (municipality, { fromMs, untilMs }) =>
      within(municipality, async (run) => {
        const rows = await run<{ kind_id: string; state: IssuanceState; code: string | null; count: number }>(
          'application-count',
          `select *, count(*)::int as count
           from (select coalesce(kind_id, '') as kind_id, state, refusal->>'code' as code from application
             where municipality = $1 and at_ms >= $2 and at_ms < $3) as asked
           group by kind_id, state, code order by kind_id collate "C", state collate "C", code collate "C"`,
          [municipality, fromMs, untilMs],
        );
        return rows.map(({ kind_id, state, code, count }) => ({
          kindId: kind_id,
          state,
          ...(code === null ? {} : { code }),
          count,
        }));
      }),
    markUnheard: (municipality, nowMs, limit) =>
      within(municipality, async (run) => {
        const rows = await run<{ application_id: string }>(
          'application-unheard',
          `update application set unheard_at_ms = $2, reply = null where municipality = $1 and application_id in
             (select application_id from application where municipality = $1 and state = 'prepared'
                and unheard_at_ms is null and expires_at_ms <= $2 order by expires_at_ms limit $3)
             and state = 'prepared' returning application_id`,
          [municipality, nowMs, limit],
        );
        return rows.map((row) => row.application_id);
      }),
  };
}
