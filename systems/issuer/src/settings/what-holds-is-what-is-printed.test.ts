/** The paper is printed with the version that holds at PREPARE; one that cannot be used stops the issue. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type FormEngine, openFormEngine } from '@dokodemo/documents';
import { samplesOf } from '@dokodemo/documents/samples';
import { documentFrame } from '../kinds/document-frame.ts';
import { formInForce } from '../prepare/form-in-force.ts';
import { town } from '../testing/people.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  prepare,
  profileOf,
  refusedAs,
  value,
  wishBody,
} from '../testing/world.ts';
import { certificationId } from './certification.ts';
import { settleFrom } from './in-force.ts';
import { createMemorySettingStore } from './memory-setting-store.ts';
import { faultsOfOwnForm, houseForm, type OwnForm, placeOf } from './own-form.ts';

let engine: FormEngine;
let keys: Keys;
before(async () => {
  engine = openFormEngine();
  keys = await makeKeys(2);
});

const by = { subject: 's', name: 'n' };
const plain: OwnForm = { texts: {}, leftOut: [] };

async function lay(
  store: ReturnType<typeof createMemorySettingStore>,
  settingId: string,
  content: unknown,
  from: string,
  until?: string,
) {
  const days = until === undefined ? { from } : { from, until };
  const { version } = await store.propose({ municipality: town, settingId, content, ...days, reason: 'r', by, at: 1 });
  await store.decide(town, settingId, version, 0, { decision: 'taken-into-use', from, note: '', by, at: 2 });
  return version;
}

async function sheetOn(store: ReturnType<typeof createMemorySettingStore>, day: string) {
  const settled = value(await settleFrom(store, engine)(profileOf(keys, town), day));
  const { certifier, seal } = value(formInForce(settled.profile, day, Date.parse(`${day}T03:00:00Z`)));
  const issuedAtMs = Date.parse(`${day}T03:00:00Z`);
  const frame = documentFrame({
    profile: settled.profile,
    certifier,
    seal,
    documentNumber: '20261201-482013-0000001' as never,
    issuedAtMs,
    specimen: true,
  });
  const rendered = samplesOf('residence')[2]?.render(engine, frame);
  assert.ok(rendered?.ok, JSON.stringify(rendered));
  return { said: rendered.sheets[0]?.said ?? [], versions: settled.versions, certifier };
}

test('words, note and what is left out come with their day, and go when they are over', async () => {
  const store = createMemorySettingStore();
  await lay(
    store,
    'residence',
    { texts: { certifyAll: 'これは改正後の認証文である。' }, leftOut: ['remarks'], note: '窓口は一階です。' },
    '2026-12-01',
  );
  const before = await sheetOn(store, '2026-11-30');
  const after = await sheetOn(store, '2026-12-01');
  assert.deepEqual([before.versions, after.versions], [{}, { residence: 1 }]);
  for (const words of ['これは改正後の認証文である。', '窓口は一階です。']) {
    assert.ok(after.said.includes(words), words);
    assert.ok(!before.said.includes(words));
  }
  const remark = '昭和64年1月7日　職権により記載';
  assert.ok(before.said.includes(remark) && !after.said.includes(remark));
});

test('a deputy certifies with the deputy’s seal for as long as it was said; then the mayor again', async () => {
  const store = createMemorySettingStore();
  const content = {
    capacity: 'deputy',
    title: '見本県どこでも市長職務代理者　副市長',
    name: '代理　次郎',
    seal: { sealId: 'deputy-1', widthMm: 21, impression: { specimen: '職務代理者印' } },
  };
  await lay(store, certificationId, content, '2026-12-01', '2026-12-31');
  const names = await Promise.all(
    ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'].map(
      async (day) => (await sheetOn(store, day)).certifier.name === content.name,
    ),
  );
  assert.deepEqual(names, [false, true, true, false]);
});

test('a version that cannot be used stops the issue and says which it is; the house’s form is no silent substitute', async () => {
  const store = createMemorySettingStore();
  await lay(store, 'residence', { texts: { nosuch: 'x' }, leftOut: [] }, '2020-01-01');
  const world = createWorld(keys, { settle: settleFrom(store, engine) });
  const { session } = await enter(world);
  refusedAs(await prepare(world, session, wishBody(world)), 'FORM_INCOMPLETE');
});

test('the record of an issue says which versions held', async () => {
  const store = createMemorySettingStore();
  await lay(store, 'residence', { texts: { sealNote: '黒い印です。' }, leftOut: [] }, '2020-01-01');
  const world = createWorld(keys, { settle: settleFrom(store, engine) });
  const { session } = await enter(world);
  const reply = value(await prepare(world, session, wishBody(world)));
  const record = await world.issuer.history.byDocumentNumber(town, reply.documentNumbers[0] ?? '');
  assert.deepEqual(record?.issue?.settings, { residence: 1 });
});

test('what the law lays down is not the municipality’s to change', () => {
  const faults = (formId: string, own: Partial<OwnForm>) => faultsOfOwnForm(engine, formId, { ...plain, ...own });
  assert.deepEqual(faults('residence', {}), []);
  for (const [formId, own] of [
    ['residence', { texts: { specimen: '　' } }],
    ['residence', { leftOut: ['name'] }],
    ['residence', { leftOut: ['kana'] }],
    ['family-register', { texts: { certify: '別の文' } }],
    [
      'family-register',
      {
        form: { ...houseForm('family-register'), texts: { ...houseForm('family-register')?.texts, certify: '別の文' } },
      },
    ],
    ['residence', { form: houseForm('residence-items') }],
    ['constructor', {}],
  ] as [string, Partial<OwnForm>][])
    assert.notDeepEqual(faults(formId, own), [], `${formId} ${JSON.stringify(own).slice(0, 60)}`);
  assert.deepEqual(faults('residence-items', { leftOut: ['kana'] }), []);
});

test('a fault is told at its place in the form', () => {
  const house = houseForm('residence');
  assert.ok(house);
  const broken = { ...house, furniture: house.furniture.map((it, i) => (i === 4 ? { ...it, fit: 'nosuch' } : it)) };
  const [fault] = faultsOfOwnForm(engine, 'residence', { ...plain, form: broken });
  assert.ok(fault?.at?.startsWith('/form/furniture/'), JSON.stringify(fault));
  assert.equal(placeOf('section 1, japanese, row 2: x', house), '/form/flow/sections/0/blocks/japanese/rows/1');
  assert.equal(placeOf('fit name: x', house), '/form/fits/name');
  const [glyph] = faultsOfOwnForm(engine, 'residence', { ...plain, texts: { end: '終\u{10FFFD}' } });
  assert.equal(glyph?.at, '/texts/end', JSON.stringify(glyph));
});
