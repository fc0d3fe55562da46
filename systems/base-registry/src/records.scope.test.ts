import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@dokodemo/domain';
import { answerRequest, type Peer, type PeerRole, registerEndpoints, validatorOf } from '@dokodemo/protocol';
import { createBaseRegistry } from './registry.ts';
import { createMemoryRegister } from './store/memory-register.ts';
import { makeTown } from './town/town.ts';

const city = '482013';
const town = makeTown({ municipality: city, name: '見本県どこでも市', residents: 150, seed: 5 });
const store = createMemoryRegister(systemClock);
await store.load(town);
const looks: string[] = [];
const registry = createBaseRegistry({
  store,
  issuers: { [city]: [city] },
  note: ({ what, by, ...rest }) => looks.push(`${what} ${by} ${Object.keys(rest).join()}`),
});
const issuer: Peer = { role: 'issuer', id: city };
const taro = town.named.taro;
const serialHex = 'ab12';
const claim = {
  name: { text: '町田　見本' },
  birth: { text: '昭和55年4月12日', iso: '1980-04-12' },
  registeredDomicile: { text: '見本県どこでも市港町二丁目5番地' },
  headOfFamilyRegister: { text: '町田　見本' },
};
const enrolmentId = '01900000-0000-7000-8000-000000000001';
const application = { enrolmentId, serialHex, from: '483028', claim };

type Name = keyof typeof registerEndpoints;

async function ask(name: Name, peer: Peer, body: object, municipality = city) {
  const request = { peer, params: { municipality }, body: Buffer.from(JSON.stringify(body)) };
  const reply = await answerRequest(registerEndpoints, registry.handlers, name, request, () => undefined);
  const text = Buffer.from(reply.body).toString();
  return { status: reply.status, text, json: JSON.parse(text) };
}

const snapshots = [
  'sealRegistrationSnapshot',
  'taxSnapshot',
  'familyRegisterSnapshot',
  'registerHistorySnapshot',
] as const satisfies readonly Name[];
const questions: readonly (readonly [Name, object])[] = [
  ...snapshots.map((name) => [name, { holder: taro }] as const),
  ['applyForEnrolment', application],
  ['findEnrolment', { serialHex }],
];

test('the issuer of a municipality is answered, and each look at a person is on record without what was seen', async () => {
  for (const name of snapshots) {
    const { status, text } = await ask(name, issuer, { holder: taro });
    assert.equal(status, 200, name);
    assert.ok(text.includes('見本'), name);
  }
  assert.deepEqual(looks.splice(0), [
    `seal-snapshot ${city} municipality`,
    `tax-snapshot ${city} municipality`,
    `family-register-snapshot ${city} municipality`,
    `register-history-snapshot ${city} municipality`,
  ]);
});

test('every other role, and an issuer of another municipality, learns and changes nothing', async () => {
  const strangers: readonly (readonly [Peer, string])[] = [
    ...(['kiosk', 'center', 'base-registry', 'operator'] satisfies PeerRole[]).map(
      (role) => [{ role, id: city }, city] as const,
    ),
    [{ role: 'issuer', id: '483028' }, city],
    [issuer, '483028'],
  ];
  for (const [name, body] of questions) {
    for (const [peer, municipality] of strangers) {
      const { status, text } = await ask(name, peer, body, municipality);
      assert.equal(status, 403, `${name} ${peer.role} ${peer.id} ${municipality}`);
      assert.ok(!text.includes('見本'));
    }
  }
  assert.equal(await store.findEnrolment(city, serialHex), undefined);
});

test('unknown fields, wrong years and wrong serial numbers are refused', async () => {
  for (const [name, body] of questions) assert.equal((await ask(name, issuer, { ...body, also: 1 })).status, 400, name);
  const years = (fiscalYears: unknown) => ask('taxSnapshot', issuer, { holder: taro, fiscalYears });
  assert.equal((await years(['2026'])).status, 400);
  assert.equal((await years(Array.from({ length: 21 }, (_, i) => 2000 + i))).status, 400);
  assert.equal((await ask('findEnrolment', issuer, { serialHex: 'AB12' })).status, 400);
  assert.equal((await ask('applyForEnrolment', issuer, { ...application, enrolmentId: 'mine' })).status, 400);
});

test('who is nobody here is null, and who has no family register here is told apart from that', async () => {
  for (const name of snapshots) assert.equal((await ask(name, issuer, { holder: 'nobody' })).json.snapshot, null);
  const { snapshot } = (await ask('familyRegisterSnapshot', issuer, { holder: town.named.newcomer })).json;
  assert.equal(snapshot.holder, town.named.newcomer);
  assert.equal(snapshot.familyRegister, undefined);
});

test('everybody’s registers fit the words of the wire', async () => {
  const everybody = town.households.flatMap(({ household }) => household.members.map((it) => it.addresseeNumber));
  for (const name of snapshots) {
    const validator = validatorOf(registerEndpoints[name].reply);
    for (const holder of [...everybody, town.enrollable.machi ?? '']) {
      const { json, text } = await ask(name, issuer, { holder });
      assert.ok(validator.Check(json), `${name} ${holder} ${JSON.stringify([...validator.Errors(json)].slice(0, 2))}`);
      assert.ok(Buffer.byteLength(text) <= registerEndpoints[name].maxReplyBytes);
    }
  }
  looks.length = 0;
});

test('applying twice is applying once; another body under the id is refused; the answer names nobody', async () => {
  const first = await ask('applyForEnrolment', issuer, application);
  assert.equal(first.status, 200);
  assert.equal(first.json.enrolment.state, 'applied');
  assert.deepEqual((await ask('applyForEnrolment', issuer, application)).json, first.json);
  const other = await ask('applyForEnrolment', issuer, { ...application, serialHex: 'cd34' });
  assert.equal(other.json.code, 'SAME_ID_OTHER_BODY');
  const second = await ask('applyForEnrolment', issuer, {
    ...application,
    enrolmentId: '01900000-0000-7000-8000-000000000002',
  });
  assert.equal(second.json.enrolment.enrolmentId, enrolmentId, 'the one that is open already');
  const machi = town.enrollable.machi ?? '';
  await store.change(city, 'clerk', { kind: 'approve-enrolment', enrolmentId, addresseeNumber: machi });
  const found = await ask('findEnrolment', issuer, { serialHex });
  assert.deepEqual(Object.keys(found.json.enrolment).toSorted(), ['at', 'enrolmentId', 'state']);
  assert.equal(found.json.enrolment.state, 'approved');
  assert.equal((await ask('findHolder', issuer, { serialHex })).json.holder, machi);
  assert.equal((await ask('findEnrolment', issuer, { serialHex: 'ee' })).json.enrolment, null);
});
