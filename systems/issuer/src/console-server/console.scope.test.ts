/** Who of the staff may what; and what a form goes through before it prints. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type FormEngine, openFormEngine } from '@dokodemo/documents';
import { type Clerk, consoleOfATown } from '../testing/console-of-a-town.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { otherTown, town } from '../testing/people.ts';
import { makeKeys, profileOf } from '../testing/world.ts';
import { linesOf } from './json-places.ts';
import { roles } from './roles.ts';
import { routes } from './routes.ts';

let engine: FormEngine;
let at: Awaited<ReturnType<typeof consoleOfATown>>;
const clerks = new Map<string, Clerk>();
const clerk = (id: string): Clerk => clerks.get(id) ?? assert.fail(id);
before(async () => {
  engine = openFormEngine();
  const keys = await makeKeys(2);
  const clock = createManualClock('2026-11-25T10:00:00+09:00', false);
  at = await consoleOfATown(engine, [profileOf(keys, town), profileOf(keys, otherTown)], clock);
  for (const id of [...roles, 'both', 'neighbour'] as const) clerks.set(id, await at.signIn(id));
});
after(() => at.close());

const content = (own: object = {}) => JSON.stringify({ texts: {}, leftOut: [], ...own }, null, 2);
const numberOf = '20261125-482013-0000001';
const nobodys = '019a0000-0000-7000-8000-00000000000f';
/** A body that fits, so that only the role decides. */
const bodies: Readonly<Record<string, object>> = {
  version: { version: 1 },
  preview: { content: content(), sampleId: 'one' },
  draft: { revision: 0, content: content() },
  'drop-draft': { revision: 999 },
  propose: { revision: 0, content: content(), from: '2026-12-01', reason: '改正' },
  decide: { version: 999, decided: 0, decision: 'returned', note: '' },
  issue: { documentNumber: numberOf },
  enrolment: { enrolmentId: nobodys },
  'decide-enrolment': { enrolmentId: nobodys, actId: nobodys, decision: { reject: 'other' } },
};
const placeOf = (municipality: string, { name, aboutSetting }: (typeof routes)[number]) =>
  aboutSetting ? `${municipality}/residence/${name}` : `${municipality}/${name}`;

test('each route answers those with its roles and nobody else', async () => {
  for (const route of routes) {
    for (const role of roles) {
      const { status } = await clerk(role).ask(placeOf(town, route), bodies[route.name]);
      const may = route.anyOf.includes(role);
      assert.equal(status !== 403 || (may && route.name === 'decide'), may, `${role} ${route.name}: ${status}`);
    }
    const nobody = await fetch(`${at.url}/api/${placeOf(town, route)}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(nobody.status, 401, route.name);
  }
});

test('staff of another municipality see nothing, whatever their roles there', async () => {
  for (const route of routes) {
    const { status, body } = await clerk('neighbour').ask(placeOf(town, route), bodies[route.name]);
    assert.deepEqual([status, body], [403, { code: 'NOT_ALLOWED' }], route.name);
    const { status: nowhere } = await clerk('neighbour').ask(placeOf('999993', route), bodies[route.name]);
    assert.equal(nowhere, 403);
  }
  const { body } = await clerk('neighbour').ask(`${otherTown}/settings`);
  assert.ok((body as { settings: unknown[] }).settings.length > 10);
});

test('unknown fields, other shapes, things that are not there, and pages of others are refused', async () => {
  const editor = clerk('form-editor');
  for (const [to, body, status] of [
    [`${town}/today`, { more: 1 }, 400],
    [`${town}/residence/draft`, { revision: 0, content: '{}', force: true }, 400],
    [`${town}/residence/draft`, { revision: -1, content: '{}' }, 400],
    [`${town}/residence/draft`, { revision: 0, content: 'x'.repeat(400_001) }, 400],
    [`${town}/residence/draft`, { revision: 0, content: 'x'.repeat(700_000) }, 413],
    [`${town}/nosuch/look`, {}, 404],
    [`${town}/residence/version`, { version: 99 }, 404],
    [`${town}/residence/propose`, { ...bodies.propose, from: '2026-13-01' }, 400],
    [`${town}/residence/propose`, { ...bodies.propose, from: '2026-11-24' }, 409],
  ] as const)
    assert.equal((await editor.ask(to, body)).status, status, `${to} ${JSON.stringify(body).slice(0, 80)}`);
  assert.equal((await editor.ask(`${town}/today`, {}, { 'x-csrf-token': 'x' })).status, 403);
  assert.equal((await editor.ask(`${town}/today`, {}, { origin: 'https://evil.example' })).status, 403);
});

test('a form is proposed by one and taken into use by another; the author cannot, not even as an approver', async () => {
  const both = clerk('both');
  const own = content({ texts: { certifyAll: '改正後の認証文であることを証明する。' } });
  const proposed = await both.ask(`${town}/residence/propose`, {
    revision: 0,
    content: own,
    from: '2026-11-25',
    reason: '改正',
  });
  const { version } = proposed.body as { version: number };
  const decision = { version, decided: 0, decision: 'taken-into-use', note: '' };
  assert.equal((await both.ask(`${town}/residence/decide`, decision)).status, 403);
  assert.equal((await clerk('form-editor').ask(`${town}/residence/decide`, decision)).status, 403);
  assert.equal(
    (await clerk('form-approver').ask(`${town}/residence/decide`, { ...decision, from: '2026-11-24' })).status,
    409,
  );
  assert.equal((await clerk('form-approver').ask(`${town}/residence/decide`, decision)).status, 200);
  assert.equal((await clerk('form-approver').ask(`${town}/residence/decide`, decision)).status, 409, 'decided already');
  const withdraw = { version, decided: 1, decision: 'withdrawn', note: '' };
  assert.equal((await clerk('form-approver').ask(`${town}/residence/decide`, withdraw)).status, 409, 'in force');
  assert.deepEqual(
    (await at.store.holdingOn(town, '2026-11-25')).map((it) => [it.settingId, it.version]),
    [['residence', version]],
  );
});

test('a version that is not in force yet can be withdrawn', async () => {
  const { body } = await clerk('form-editor').ask(`${town}/seal-registration/propose`, {
    revision: 0,
    content: content({ leftOut: ['sex'] }),
    from: '2026-12-01',
    reason: '条例',
  });
  const { version } = body as { version: number };
  const decide = (id: string, more: object) =>
    clerk(id).ask(`${town}/seal-registration/decide`, { version, note: '', ...more });
  assert.equal((await decide('form-approver', { decided: 0, decision: 'taken-into-use' })).status, 200);
  assert.equal((await at.store.holdingOn(town, '2026-12-01')).length, 2);
  assert.equal((await decide('both', { decided: 1, decision: 'withdrawn' })).status, 200);
  assert.equal((await at.store.holdingOn(town, '2026-12-01')).length, 1);
});

test('a preview is the real paper, marked as a specimen; faults come with their line', async () => {
  const preview = async (typed: string, sampleId = 'twelve') =>
    (await clerk('form-editor').ask(`${town}/residence/preview`, { content: typed, sampleId })).body as {
      ok: boolean;
      sheets: string[];
      faults: { what: string; line: number }[];
    };
  const good = await preview(content({ note: 'お知らせ' }));
  assert.equal(good.sheets.length, 3);
  assert.match(Buffer.from(good.sheets[0] ?? '', 'base64').toString('latin1'), /^%PDF-1\.7/);
  const broken = await preview('{\n  "texts": {},\n  "leftOut": [\n}');
  assert.deepEqual([broken.ok, broken.faults[0]?.line], [false, 4]);
  const wrong = content({ texts: { certifyAll: 'よい', nosuch: 'x' } });
  assert.equal((await preview(wrong)).faults[0]?.line, wrong.split('\n').findIndex((it) => it.includes('nosuch')) + 1);
  const long = await preview(content({ texts: { certifyAll: '長'.repeat(300) } }));
  assert.match(long.faults[0]?.what ?? '', /TEXT_OVERFLOW/);
  const refused = await clerk('form-editor').ask(`${town}/residence/propose`, {
    revision: 0,
    content: content({ texts: { certifyAll: '長'.repeat(300) } }),
    from: '2026-12-01',
    reason: 'x',
  });
  assert.ok('faults' in (refused.body as object), 'and nothing of the kind can be proposed');
});

test('lines of places, through every kind of value', () => {
  const text = '{\n "a/b": [1,\n  {"c": "x\\"}"},\n  null],\n "d": true\n}';
  assert.deepEqual(Object.fromEntries(linesOf(text)), {
    '': 1,
    '/a~1b': 2,
    '/a~1b/0': 2,
    '/a~1b/1': 3,
    '/a~1b/1/c': 3,
    '/a~1b/2': 4,
    '/d': 5,
  });
});

test('of two who save the same draft the second is told', async () => {
  const save = (id: string, revision: number) =>
    clerk(id).ask(`${town}/tax-payment/draft`, { revision, content: '{ not yet' });
  assert.equal((await save('form-editor', 0)).status, 200);
  assert.equal((await save('both', 0)).status, 409);
  assert.equal((await save('both', 1)).status, 200);
  const { body } = await clerk('auditor').ask(`${town}/tax-payment/look`);
  assert.deepEqual((body as { draft: { revision: number; content: string; by: unknown } }).draft.by, {
    subject: 'both',
    name: 'both',
  });
});

test('every look at an issue is in the audit log, also the one that finds nothing', async () => {
  const looked = await clerk('history-reader').ask(`${town}/issue`, { documentNumber: numberOf });
  assert.equal(looked.status, 404);
  const { body } = await clerk('auditor').ask(`${town}/audit`);
  const { entries } = body as { entries: { act: string; about: object; by: { subject: string } }[] };
  const entry = entries.find(({ act }) => act === 'looked-at-issue');
  assert.deepEqual([entry?.about, entry?.by.subject], [{ documentNumber: numberOf }, 'history-reader']);
  for (const act of ['signed-in', 'draft-saved', 'proposed', 'taken-into-use', 'withdrawn', 'looked-at-audit'])
    assert.ok(
      entries.some((it) => it.act === act),
      act,
    );
});
