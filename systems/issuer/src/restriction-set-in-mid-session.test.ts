/** S7: what is printed is the register's state at PREPARE. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { before, test } from 'node:test';
import type { Household, Resident } from '@dokodemo/domain';
import { certificateDer, certify } from '@dokodemo/protocol/authority';
import { date, japanese, restriction, town } from './testing/people.ts';
import {
  cardOf,
  createWorld,
  enter,
  type Keys,
  makeKeys,
  openAtKiosk,
  prepare,
  readPaper,
  refusedAs,
  value,
  type World,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

function change(world: World, edit: (household: Household) => Household) {
  const [household] = world.register.households;
  assert.ok(household);
  world.register.households[0] = edit(household);
}
const member = (number: string, more: Partial<Resident>) => (household: Household) => ({
  ...household,
  members: household.members.map((it) => (it.addresseeNumber === number ? { ...it, ...more } : it)),
});

test('a restriction that comes after the menu stops the document, and nothing is drawn', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  world.register.restrictions.push(restriction({ addresseeNumber: '101' }));
  const wish = wishBody(world);
  assert.equal(refusedAs(await prepare(world, session, wish), 'SUPPRESSED'), '');
  assert.equal(world.form.drawn, 0);
  const record = await world.issuer.history.application(town, wish.applicationId);
  assert.deepEqual([record?.state, record?.refusal?.rules[0]], ['refused', 'no-restriction-on-holder']);
});

test('a protected person is given the same menu as everybody', async () => {
  const open = createWorld(keys);
  const guarded = createWorld(keys);
  guarded.register.restrictions.push(
    restriction({ addresseeNumber: '101' }),
    restriction({ householdNumber: '5001' }, { restrictionId: 'r-2' }),
  );
  const [a, b] = [await enter(open), await enter(guarded)];
  assert.deepEqual(b.menu, a.menu);
  assert.deepEqual(b.labels, a.labels);
});

test('every refusal by rule leaves on the same beat, whatever the rule', async () => {
  const times: number[] = [];
  for (const edit of [
    (world: World) => world.register.restrictions.push(restriction({ addresseeNumber: '101' })),
    (world: World) => change(world, member('101', { standing: 'dead' })),
    (world: World) => change(world, member('102', { movingOutOn: date('2026-12-24') })),
  ]) {
    const world = createWorld(keys, { limits: { refusalBeatMs: 250 } });
    const { session } = await enter(world);
    edit(world);
    const waits: number[] = [];
    const { setTimer } = world.clock;
    world.clock.setTimer = (delayMs, callback) => {
      waits.push(delayMs);
      return setTimer(delayMs, callback);
    };
    assert.equal((await prepare(world, session)).ok, false);
    assert.equal(waits.length, 1);
    times.push(waits[0] ?? 0);
  }
  assert.deepEqual(times, [250, 250, 250]);
});

test('a death, a move, a card handed in: all count at once', async () => {
  const cases: [(world: World) => unknown, 'NOT_RESIDENT' | 'SUPPRESSED'][] = [
    [(world) => change(world, member('101', { standing: 'dead' })), 'NOT_RESIDENT'],
    [(world) => change(world, member('101', { standing: 'moved-out' })), 'NOT_RESIDENT'],
    [(world) => world.register.holders.delete(cardOf(keys, 0).serialHex), 'NOT_RESIDENT'],
    [(world) => world.register.holders.set(cardOf(keys, 0).serialHex, '201'), 'NOT_RESIDENT'],
    [(world) => change(world, member('103', { standing: 'provisional' })), 'SUPPRESSED'],
  ];
  for (const [edit, code] of cases) {
    const world = createWorld(keys);
    const { session } = await enter(world);
    edit(world);
    refusedAs(await prepare(world, session), code);
    assert.equal(world.form.drawn, 0);
  }
});

test('a chosen member who is gone is chosen again; “everyone” is everyone who is there now', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  change(world, member('103', { standing: 'dead' }));
  const some = wishBody(world, { answers: { scope: ['some'], members: ['m1', 'm3'], show: [] } });
  refusedAs(await prepare(world, session, some), 'ANSWERS_WRONG');
  change(world, (household) => ({ ...household, members: [...household.members, japanese('104', '佐藤 二郎')] }));
  const all = wishBody(world, { answers: { scope: ['all'], show: [] } });
  const { sheets } = value(openAtKiosk(world, session, all, value(await prepare(world, session, all))));
  assert.deepEqual(
    readPaper(sheets).flatMap(({ lines }) => lines),
    ['name 佐藤 花子', 'name SMITH JOHN', 'name 佐藤 二郎'],
  );
});

test('a snapshot of unknown or too great age is refused, and may be asked again', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  for (const behindMs of [60_001, -5_001]) {
    world.register.behindMs = behindMs;
    refusedAs(await prepare(world, session, wish), 'STALE_SOURCE');
  }
  world.register.behindMs = 60_000;
  value(await prepare(world, session, wish));
});

test('a registry that cannot be reached is said so, and nothing is kept of it', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wish = wishBody(world);
  world.register.failure = { code: 'UPSTREAM_DOWN' };
  refusedAs(await prepare(world, session, wish), 'UPSTREAM_DOWN');
  world.register.failure = undefined;
  value(await prepare(world, session, wish));
});

test('the hours are those of PREPARE, not of the menu', async () => {
  const world = createWorld(keys, { profile: { visitSeconds: 86_400 } });
  world.clock.set('2026-11-23T22:59:30+09:00');
  const { session } = await enter(world);
  world.clock.set('2026-11-23T23:00:00+09:00');
  refusedAs(await prepare(world, session), 'HOURS');
  world.profile = { ...world.profile, calendar: { ...world.profile.calendar, closedDays: [{ day: '2026-11-24' }] } };
  world.clock.set('2026-11-24T10:00:00+09:00');
  refusedAs(await prepare(world, session), 'CALENDAR');
});

test('a campaign that ends at midnight ends for an open session: the new fee is said, nobody pays a surprise', async () => {
  const night = { opens: '00:00', closes: '24:00' };
  const world = createWorld(keys);
  const week = Object.fromEntries(
    Object.keys(world.profile.calendar.weeks[0]?.week ?? {}).map((name) => [name, night]),
  ) as never;
  world.profile = {
    ...world.profile,
    calendar: { ...world.profile.calendar, weeks: [{ from: '2020-01-01', week }] },
    fees: {
      ...world.profile.fees,
      deductions: [{ kind: 'residence', channel: 'kiosk', amountYen: 290, from: '2026-04-01', until: '2026-11-23' }],
    },
  };
  world.clock.set('2026-11-23T23:59:00+09:00');
  const { session, menu } = await enter(world);
  assert.equal(menu.kinds[0]?.feeYen, 10);
  world.clock.set('2026-11-24T00:00:00+09:00');
  const detail = refusedAs(await prepare(world, session, wishBody(world, { feeYen: 20, copies: 2 })), 'FEE_CHANGED');
  assert.equal(detail, 'feeYen=600');
});

test('certifier and seal follow their days; where one is missing nothing is issued', async () => {
  const certifiers = [
    { from: '2022-04-01', capacity: 'mayor' as const, title: '市長', name: '甲' },
    { from: '2026-11-24', until: '2026-11-30', capacity: 'deputy' as const, title: '市長職務代理者', name: '乙' },
  ];
  const world = createWorld(keys, { profile: { certifiers, visitSeconds: 864_000 } });
  const { session } = await enter(world);
  value(await prepare(world, session));
  world.clock.set('2026-11-24T10:00:00+09:00');
  // The deputy is in office and has no seal yet.
  refusedAs(await prepare(world, session), 'FORM_INCOMPLETE');
  const [seal] = world.profile.seals;
  assert.ok(seal);
  world.profile = {
    ...world.profile,
    seals: [seal, { ...seal, sealId: 'deputy-1', capacity: 'deputy', from: '2026-11-24' }],
  };
  const wish = wishBody(world);
  value(await prepare(world, session, wish));
  assert.equal(
    (await world.issuer.history.application(town, wish.applicationId))?.issue?.certifier,
    '市長職務代理者 乙',
  );
  world.clock.set('2026-12-01T10:00:00+09:00');
  value(await prepare(world, session));
  world.profile = { ...world.profile, certifiers: [] };
  refusedAs(await prepare(world, session), 'FORM_INCOMPLETE');
});

test('a character that cannot be printed is refused before money', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  world.form.refuseWith = 'GLYPH_MISSING';
  const wish = wishBody(world);
  refusedAs(await prepare(world, session, wish), 'GLYPH_MISSING');
  assert.equal((await world.issuer.history.application(town, wish.applicationId))?.state, 'refused');
});

test('a document larger than the wire carries is refused before money', async () => {
  const world = createWorld(keys, { limits: { documentMaxBytes: 50 } });
  const { session } = await enter(world);
  refusedAs(await prepare(world, session), 'PAGE_LIMIT');
});

test('a signing certificate that has run out signs nothing', async () => {
  const [notBefore, notAfter] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-11-23T01:00:30Z')];
  const made = await certify(keys.documents, { use: 'document-signing', id: town, notBefore, notAfter });
  const signer = { key: createPrivateKey(made.key), certificate: certificateDer(made.certificate) };
  const world = createWorld(keys, { profile: { signer } });
  const { session } = await enter(world);
  value(await prepare(world, session));
  world.clock.advance(30_001);
  refusedAs(await prepare(world, session), 'FORM_INCOMPLETE');
});

test('a restriction on somebody left out may be seen by the rules, never by the form', async () => {
  const policies = {
    individualNumber: true,
    movingOut: 'leave-out',
    restrictedMembers: 'shown',
    alerts: 'refuse',
  } as const;
  const world = createWorld(keys, { profile: { policies } });
  const { session } = await enter(world);
  world.register.restrictions.push(restriction({ addresseeNumber: '103' }));
  const seen: string[] = [];
  const { renderResidenceCertificate } = world.form;
  world.form.renderResidenceCertificate = (order) => {
    seen.push(JSON.stringify(order));
    return renderResidenceCertificate(order);
  };
  const wish = wishBody(world);
  value(await prepare(world, session, wish));
  assert.equal(seen.length, 1);
  assert.ok(!seen[0]?.includes('protection-measure') && !seen[0]?.includes('103'));
  assert.deepEqual((await world.issuer.history.application(town, wish.applicationId))?.issue?.restrictionsSeen, [
    'r-1',
  ]);
});
