import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openDatabase } from '@dokodemo/database';
import { type TestDatabase, testDatabase } from '@dokodemo/database/testing';
import {
  type DeclaredResidentTax,
  type EnrolmentClaim,
  type RegisterDate,
  type Restriction,
  type SealImpression,
  sealSizeMm,
  systemClock,
} from '@dokodemo/domain';
import { directoryDigest } from '@dokodemo/protocol';
import type pg from 'pg';
import type { RecordChange, StoredFamilyRegister } from '../records/rows.ts';
import { cutSeal } from '../records/seal-cutting.ts';
import { makeTown, type Town } from '../town/town.ts';
import { createMemoryRegister } from './memory-register.ts';
import { createPostgresRegister, registerAppendOnlyTables, registerMigrations } from './postgres-register.ts';
import type { RegisterStore } from './register-store.ts';

const city = '482013';
const made = makeTown({ municipality: city, name: '見本県どこでも市', residents: 60, seed: 5 });
const taroGone = made.named.taro ?? assert.fail();
const sisterGone = '7999999990';
/** Taro's parents keep him in their register, marked 除籍, and his sister: he is in two, and in one of them now; she is in
 *  one that is kept elsewhere. */
const parentsRegister = (own: StoredFamilyRegister): StoredFamilyRegister => ({
  ...own,
  register: { ...own.register, familyRegisterId: 'parents' },
  persons: [taroGone, sisterGone].map((addresseeNumber, i) => {
    const it = own.persons[0] ?? assert.fail();
    return { ...it, person: { ...it.person, personNumber: i + 1, addresseeNumber, removed: true } };
  }),
});
const town: Town = {
  ...made,
  records: {
    ...made.records,
    *familyRegisters() {
      const all = [...made.records.familyRegisters()];
      const own = all.find(({ persons }) => persons.some(({ person }) => person.addresseeNumber === made.named.taro));
      yield* all;
      if (own !== undefined) yield parentsRegister(own);
    },
  },
};
const who = (key: string) => town.named[key] ?? town.enrollable[key] ?? assert.fail(`nobody is called ${key}`);
const [taro, hanako, machi] = [who('taro'), who('hanako'), who('machi')];
let database: TestDatabase | undefined;
let pool: pg.Pool | undefined;
after(async () => {
  await pool?.end();
  await database?.drop();
});

async function onPostgres(): Promise<RegisterStore> {
  database ??= await testDatabase({ migrations: registerMigrations, appendOnlyTables: registerAppendOnlyTables });
  pool ??= openDatabase(database.address, { applicationName: 'test' });
  return createPostgresRegister(pool);
}

const day = (text: string, iso: string): RegisterDate => ({ text, iso });
const today = day('令和8年11月25日', '2026-11-25');
const impression: SealImpression = cutSeal({
  legend: '見本',
  sizeMm: 13.5,
  dpi: 400,
  shape: 'round',
  nickDegrees: 10,
});
const registering = (more: Partial<Extract<RecordChange, { kind: 'register-seal' }>> = {}): RecordChange => ({
  kind: 'register-seal',
  addresseeNumber: taro,
  registrationNumber: '900001',
  registeredOn: today,
  impression,
  ...more,
});
const cancelling: RecordChange = { kind: 'cancel-seal', addresseeNumber: taro, on: today, reason: 'lost' };
const restriction = (restrictionId: string, on: Restriction['on'], from = '2020-01-01'): Restriction => ({
  restrictionId,
  on,
  reason: 'protection-measure',
  level: 'error',
  from,
});
const claim: EnrolmentClaim = {
  name: { text: '町田　見本' },
  birth: day('昭和55年4月12日', '1980-04-12'),
  registeredDomicile: { text: '見本県どこでも市港町二丁目5番地' },
  headOfFamilyRegister: { text: '町田　見本' },
};
const applying = (enrolmentId: string, serialHex = 'aa01'): RecordChange => ({
  kind: 'apply-for-enrolment',
  enrolmentId,
  serialHex,
  from: '483028',
  claim,
});

for (const [name, open] of [
  ['in memory', async (): Promise<RegisterStore> => createMemoryRegister(systemClock)],
  ['on PostgreSQL', onPostgres],
] as const) {
  describe(`registers behind other certificates, ${name}`, () => {
    const loaded = async () => {
      const store = await open();
      await store.load(town);
      return { store, change: (it: RecordChange) => store.change(city, 'clerk', it) };
    };

    test('a seal at its true size; cancelled, its impression is in no snapshot; registered again, it is another', async () => {
      const { store, change } = await loaded();
      const read = async () => (await store.sealSnapshot(city, taro)) ?? assert.fail();
      const first = await read();
      assert.equal(first.registration?.state, 'registered');
      assert.ok(first.registration?.state === 'registered');
      assert.equal(Math.round(sealSizeMm(first.registration.impression).widthMm), 18);
      assert.equal(first.resident?.name.text, '見本　太郎');
      assert.equal(first.resident?.addressDetail?.text, 'どこでもハイツ101号室');
      const number = first.registration.registrationNumber;
      assert.equal(await change(registering()), false, 'one seal a person');
      assert.equal(await change(cancelling), true);
      const cancelled = await read();
      assert.deepEqual(cancelled.registration, {
        registrationNumber: number,
        registeredOn: first.registration.registeredOn,
        state: 'cancelled',
        cancelledOn: today,
        reason: 'lost',
      });
      assert.equal(cancelled.versions[`seal/${number}`], 2);
      assert.equal(await change(cancelling), false);
      assert.equal(await change(registering({ registrationNumber: number })), false, 'a number is given once');
      assert.equal(await change(registering({ impression: { ...impression, dpi: 300 } })), false);
      assert.equal(await change(registering({ addresseeNumber: who('moved') })), false, 'not a resident any more');
      assert.equal(await change(registering()), true);
      const again = await read();
      assert.ok(again.registration?.state === 'registered');
      assert.equal(again.registration.registrationNumber, '900001');
      assert.deepEqual(again.registration.impression, impression);
    });

    test('who has no seal, a cancelled one, one registered anew on the same day', async () => {
      const { store } = await loaded();
      const state = async (key: string) => (await store.sealSnapshot(city, who(key)))?.registration?.state;
      assert.equal(await state('sealless'), undefined);
      assert.equal(await state('sealgone'), 'cancelled');
      assert.equal(await state('moved'), 'cancelled');
      assert.equal(await state('landowner'), 'registered');
      assert.equal(await store.sealSnapshot(city, 'nobody'), undefined);
      assert.equal(
        await store.sealSnapshot('483028', taro),
        undefined,
        'another municipality knows nobody of this one',
      );
      assert.equal(await store.sealSnapshot(city, machi), undefined, 'not a resident');
    });

    test('S7: restrictions of the resident register are in every reading at once, and so is who is no resident any more', async () => {
      const { store } = await loaded();
      const all = async () => [
        await store.sealSnapshot(city, taro),
        await store.taxSnapshot(city, taro),
        await store.familyRegisterSnapshot(city, taro),
        await store.registerHistorySnapshot(city, taro),
      ];
      const ids = async () => (await all()).map((it) => it?.restrictions.map(({ restrictionId }) => restrictionId));
      const set = (it: Restriction) => store.change(city, 'clerk', { kind: 'set-restriction', restriction: it });
      assert.deepEqual(await ids(), [[], [], [], []]);
      await set(restriction('own', { addresseeNumber: taro }));
      await set(restriction('later', { addresseeNumber: taro }, '2999-01-01'));
      assert.deepEqual(await ids(), [['own'], ['own'], ['own'], ['own']]);
      await store.change(city, 'clerk', { kind: 'clear-restriction', restrictionId: 'own' });
      const householdNumber = (await store.sealSnapshot(city, taro))?.resident?.householdNumber ?? '';
      await set(restriction('home', { householdNumber }));
      assert.deepEqual(await ids(), [['home'], ['home'], ['home'], ['home']]);
      await store.change(city, 'clerk', { kind: 'clear-restriction', restrictionId: 'home' });
      // Her address stands on his 附票, her name on his family register; his seal and his taxes say nothing of her.
      await set(restriction('wife', { addresseeNumber: hanako }));
      assert.deepEqual(await ids(), [[], [], ['wife'], ['wife']]);
      await store.change(city, 'clerk', {
        kind: 'amend-resident',
        addresseeNumber: taro,
        amendment: { standing: 'moved-out' },
      });
      assert.deepEqual(
        (await all()).map((it) => it?.resident?.standing),
        ['moved-out', 'moved-out', 'moved-out', 'moved-out'],
      );
      assert.deepEqual(
        (await all()).map((it) => it?.versions[`resident/${taro}`]),
        [2, 2, 2, 2],
      );
    });

    test('a restriction on somebody of the family register who lives elsewhere holds too', async () => {
      const { store } = await loaded();
      await store.change(city, 'clerk', {
        kind: 'set-restriction',
        restriction: restriction('far', { addresseeNumber: machi }),
      });
      const snapshot = await store.registerHistorySnapshot(city, machi);
      assert.deepEqual(
        snapshot?.restrictions.map((it) => it.restrictionId),
        ['far'],
      );
      assert.equal(snapshot?.resident, undefined);
    });

    test('taxes of the years wanted, or of all; a year that is not there is not invented', async () => {
      const { store } = await loaded();
      const all = await store.taxSnapshot(city, taro);
      assert.deepEqual(all?.fiscalYears, [2026, 2025, 2007]);
      assert.deepEqual(
        all?.years.map(({ fiscalYear }) => fiscalYear),
        [2026, 2025, 2007],
      );
      const some = await store.taxSnapshot(city, taro, [2007, 1999]);
      assert.deepEqual(some?.fiscalYears, [2026, 2025, 2007]);
      assert.deepEqual(
        some?.years.map(({ fiscalYear }) => fiscalYear),
        [2007],
      );
      assert.equal(some?.versions[`tax/${taro}/2007`], 1);
      assert.equal(some?.versions[`tax/${taro}/2026`], undefined);
      assert.deepEqual((await store.taxSnapshot(city, who('child')))?.fiscalYears, []);
      assert.equal((await store.taxSnapshot(city, who('landowner')))?.years.length, 8);
    });

    test('a declaration that comes in is in the next reading with a new version; sums that do not add up are refused', async () => {
      const { store, change } = await loaded();
      const read = async () => (await store.taxSnapshot(city, who('sealless'), [2026]))?.years[0];
      assert.equal((await read())?.residentTax?.declaration, 'undeclared');
      const tax = (await store.taxSnapshot(city, taro, [2026]))?.years[0]?.residentTax as DeclaredResidentTax;
      const declare = (residentTax: DeclaredResidentTax, addresseeNumber = who('sealless')) =>
        change({ kind: 'declare-tax', addresseeNumber, fiscalYear: 2026, residentTax });
      assert.equal(await declare({ ...tax, taxBaseYen: tax.taxBaseYen + 1_000 }), false);
      assert.equal(await declare(tax, who('newcomer')), false, 'did not live here on 1 January');
      assert.equal(await declare(tax, 'nobody'), false);
      assert.equal(await declare(tax), true);
      assert.deepEqual((await read())?.residentTax, tax);
      const again = await store.taxSnapshot(city, who('sealless'), [2026]);
      assert.equal(again?.versions[`tax/${who('sealless')}/2026`], 2);
    });

    test('a part of a year that is not settled yet is left out, with its payments', async () => {
      const { store, change } = await loaded();
      const tax = (await store.taxSnapshot(city, taro, [2026]))?.years[0]?.residentTax as DeclaredResidentTax;
      const residentTax = { ...tax, settledOn: '2999-06-01' };
      await change({ kind: 'declare-tax', addresseeNumber: taro, fiscalYear: 2026, residentTax });
      const year = (await store.taxSnapshot(city, taro, [2026]))?.years[0];
      assert.equal(year?.residentTax, undefined);
      assert.ok(year?.fixedAssets !== undefined);
      assert.ok(year.payments.every(({ item }) => item !== 'resident-tax'));
      await change({ kind: 'declare-tax', addresseeNumber: hanako, fiscalYear: 2026, residentTax });
      assert.deepEqual((await store.taxSnapshot(city, hanako))?.fiscalYears, [2025], 'the year before holds');
    });

    test('the family register that the holder is in now, whole and in order; none for whom none is kept here', async () => {
      const { store } = await loaded();
      const snapshot = await store.familyRegisterSnapshot(city, hanako);
      const register = snapshot?.familyRegister;
      assert.deepEqual(
        register?.persons.map(({ personNumber, givenName }) => [personNumber, givenName.text]),
        [
          [1, '太郎'],
          [2, '花子'],
          [3, '一郎'],
          [4, 'さくら'],
        ],
      );
      assert.equal(snapshot?.holderPersonNumber, 2);
      assert.equal(Object.keys(snapshot?.versions ?? {}).length, 2 + 1 + 4);
      const history = await store.registerHistorySnapshot(city, hanako);
      assert.equal(history?.history?.familyRegisterId, register?.familyRegisterId);
      assert.equal(history?.history?.persons[1]?.addresses.at(-1)?.address.text, '見本県どこでも市本町一丁目2番3号');
      const own = await store.familyRegisterSnapshot(city, taro);
      assert.equal(
        own?.familyRegister?.familyRegisterId,
        register?.familyRegisterId,
        'not the one he was removed from',
      );
      assert.equal(own?.familyRegister?.persons.length, 4);
      assert.equal(own?.holderPersonNumber, 1);
      assert.equal(await store.familyRegisterSnapshot(city, sisterGone), undefined);
      const nguyen = await store.familyRegisterSnapshot(city, who('nguyen'));
      assert.ok(nguyen !== undefined && nguyen.familyRegister === undefined && nguyen.resident?.isForeign === true);
      const newcomer = await store.familyRegisterSnapshot(city, who('newcomer'));
      assert.ok(newcomer !== undefined && newcomer.familyRegister === undefined, '本籍 elsewhere');
      assert.equal(await store.familyRegisterSnapshot(city, 'nobody'), undefined);
      assert.equal(await store.registerHistorySnapshot(city, 'nobody'), undefined);
      assert.equal((await store.familyRegisterSnapshot(city, machi))?.familyRegister?.surname.text, '町田');
    });

    test('a notification that is being processed is in the next reading of everybody of the register', async () => {
      const { store, change } = await loaded();
      const id = (await store.familyRegisterSnapshot(city, taro))?.familyRegister?.familyRegisterId ?? '';
      const set = (processing: boolean, familyRegisterId = id) =>
        change({ kind: 'set-family-register-processing', familyRegisterId, processing });
      assert.equal(await set(true, 'none'), false);
      assert.equal(await set(true), true);
      const during = await store.familyRegisterSnapshot(city, hanako);
      assert.equal(during?.familyRegister?.processing, true);
      assert.equal(during?.versions[`family-register/${id}`], 2);
      assert.equal((await store.registerHistorySnapshot(city, hanako))?.history?.processing, true);
      await set(false);
      assert.equal((await store.familyRegisterSnapshot(city, taro))?.familyRegister?.processing, false);
    });

    test('enrolment: applied for, approved by staff, then the certificate is known here, until it is revoked', async () => {
      const { store, change } = await loaded();
      assert.equal(await store.findEnrolment(city, 'aa01'), undefined);
      assert.equal(await change(applying('e1')), true);
      assert.equal(await change(applying('e2')), false, 'one is open');
      assert.equal(await change(applying('e1', 'bb02')), false, 'an id is used once');
      assert.deepEqual(
        { ...(await store.findEnrolment(city, 'aa01')), at: '' },
        { enrolmentId: 'e1', serialHex: 'aa01', from: '483028', claim, state: 'applied', at: '' },
      );
      assert.equal(await store.findHolder(city, 'aa01'), undefined, 'not before staff have approved');
      const approve = (addresseeNumber: string, enrolmentId = 'e1') =>
        change({ kind: 'approve-enrolment', enrolmentId, addresseeNumber });
      assert.equal(await approve('nobody'), false);
      assert.equal(await approve(who('nguyen')), false, 'in no family register');
      assert.equal(await approve(sisterGone), false, 'removed from the one that is kept here');
      assert.equal(await approve(machi), true);
      assert.equal(await approve(machi), false, 'once');
      assert.equal(await change({ kind: 'reject-enrolment', enrolmentId: 'e1' }), false);
      const approved = await store.findEnrolment(city, 'aa01');
      assert.equal(approved?.state, 'approved');
      assert.equal(approved?.person?.addresseeNumber, machi);
      assert.equal(await store.findHolder(city, 'aa01'), machi);
      assert.equal(await store.findHolder('483028', 'aa01'), undefined);
      const { digests } = await store.credentialDigests(city, 0);
      assert.ok(!digests.includes(directoryDigest('aa01')), 'the directory of the home leads there, not this one');
      assert.equal(await store.change(city, 'office', { kind: 'revoke-credential', serialHex: 'aa01' }), true);
      assert.equal(await store.findHolder(city, 'aa01'), undefined);
      assert.equal((await store.findEnrolment(city, 'aa01'))?.state, 'ended');
      assert.equal(await store.change(city, 'office', { kind: 'revoke-credential', serialHex: 'aa01' }), false);
    });

    test('enrolment: who was rejected applies anew; what has ended stays ended', async () => {
      const { store, change } = await loaded();
      await change(applying('e1'));
      assert.equal(await change({ kind: 'reject-enrolment', enrolmentId: 'e1' }), true);
      assert.equal(
        await change({ kind: 'approve-enrolment', enrolmentId: 'e1', addresseeNumber: machi }),
        false,
        'rejected is final',
      );
      assert.equal(await change(applying('e2')), true);
      assert.equal((await store.findEnrolment(city, 'aa01'))?.enrolmentId, 'e2', 'the last one counts');
      assert.equal(await change({ kind: 'end-enrolment', enrolmentId: 'e2' }), true);
      assert.equal(await change({ kind: 'end-enrolment', enrolmentId: 'e2' }), false);
      assert.equal(await change({ kind: 'reject-enrolment', enrolmentId: 'none' }), false);
    });

    test('a resident’s own certificate comes before an enrolment with it', async () => {
      const { store, change } = await loaded();
      await change(applying('e1'));
      await change({ kind: 'approve-enrolment', enrolmentId: 'e1', addresseeNumber: machi });
      await store.change(city, 'office', { kind: 'assign-credential', addresseeNumber: taro, serialHex: 'aa01' });
      assert.equal(await store.findHolder(city, 'aa01'), taro);
    });

    test('what was handed out does not change with the register', async () => {
      const { store, change } = await loaded();
      const [seal, family] = [await store.sealSnapshot(city, taro), await store.familyRegisterSnapshot(city, taro)];
      const before = JSON.stringify([seal, family]);
      await change(cancelling);
      const id = family?.familyRegister?.familyRegisterId ?? '';
      await change({ kind: 'set-family-register-processing', familyRegisterId: id, processing: true });
      assert.equal(JSON.stringify([seal, family]), before);
    });
  });
}

test('both stores say the same of everybody', async () => {
  const stores = [createMemoryRegister(systemClock), await onPostgres()];
  for (const store of stores) await store.load(town);
  const everybody = [
    ...town.households.flatMap(({ household }) => household.members.map((it) => it.addresseeNumber)),
    machi,
  ];
  const without = (it: object | undefined) => (it === undefined ? undefined : { ...it, asOf: '' });
  for (const holder of everybody) {
    const [memory, postgres] = await Promise.all(
      stores.map(async (store) => [
        without(await store.sealSnapshot(city, holder)),
        without(await store.taxSnapshot(city, holder)),
        without(await store.familyRegisterSnapshot(city, holder)),
        without(await store.registerHistorySnapshot(city, holder)),
      ]),
    );
    assert.deepEqual(postgres, memory, holder);
  }
});

test('every change of a record leaves one line in the log: who, when, which row, and nothing of a person', async () => {
  const store = await onPostgres();
  await store.load(town);
  for (const it of [cancelling, registering(), cancelling, cancelling, applying('logged', 'cc03')])
    await store.change(city, 'clerk-8', it);
  const { rows } = await (pool as pg.Pool).query(
    "select kind, row_key from change_log where by = 'clerk-8' order by change_id",
  );
  assert.deepEqual(rows, [
    { kind: 'cancel-seal', row_key: taro },
    { kind: 'register-seal', row_key: '900001' },
    { kind: 'cancel-seal', row_key: taro },
    { kind: 'apply-for-enrolment', row_key: 'logged' },
  ]);
});

test('a reading sees all of a transaction or nothing of it', async () => {
  const store = await onPostgres();
  await store.load(town);
  const clerk = await (pool as pg.Pool).connect();
  await clerk.query('begin');
  await clerk.query(
    'update resident set body = body || \'{"standing":"moved-out"}\', version = version + 1 where addressee_number = $1',
    [taro],
  );
  await clerk.query(
    `update seal_registration set in_force = false, version = version + 1,
     body = (body::jsonb || '{"cancelled":{"on":{"text":"x"},"reason":"moved-out"}}')::json where addressee_number = $1`,
    [taro],
  );
  const states = async () => {
    const snapshot = await store.sealSnapshot(city, taro);
    return [snapshot?.resident?.standing, snapshot?.registration?.state];
  };
  assert.deepEqual(await states(), ['present', 'registered']);
  await clerk.query('commit');
  clerk.release();
  assert.deepEqual(await states(), ['moved-out', 'cancelled']);
});

test('two clerks who register a seal for one person at once: one is in force', async () => {
  const store = await onPostgres();
  await store.load(town);
  const holder = who('sealless');
  const done = await Promise.all(
    ['910001', '910002', '910003', '910004'].map((registrationNumber) =>
      store.change(city, 'clerk', registering({ addresseeNumber: holder, registrationNumber })),
    ),
  );
  assert.equal(done.filter(Boolean).length, 1);
});
