import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { texts, type Weekday, weekdays } from '@dokodemo/domain';
import { answersKind, Menu, nextQuestion, validatorOf } from '@dokodemo/protocol';
import { date, japanese } from '../testing/people.ts';
import { offered, offeredFees, seal, taxYear } from '../testing/rolls.ts';
import {
  cardOf,
  createWorld,
  enter,
  type Keys,
  makeKeys,
  prepare,
  profileOf,
  refusedAs,
  wishBody,
} from '../testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

test('no name stands in the menu: only numbers of the sealed dictionary', async () => {
  const world = createWorld(keys);
  const { menu, labels } = await enter(world);
  assert.ok(validatorOf(Menu).Check(menu));
  const text = JSON.stringify(menu);
  for (const secret of ['佐藤', 'SMITH', '101', '102', '103', '5001']) assert.ok(!text.includes(secret), secret);
  assert.deepEqual(menu.kinds[0]?.questions[1]?.options, [
    { id: 'm1', label: { sealed: 0 } },
    { id: 'm2', label: { sealed: 1 } },
    { id: 'm3', label: { sealed: 2 } },
  ]);
  assert.equal(labels?.length, 3);
});

test('every text that a menu names is there in every language', async () => {
  const world = createWorld(keys, { profile: { kinds: offered, fees: offeredFees } });
  world.register.taxes.set('101', [taxYear(2026), taxYear(2025)]);
  const { menu } = await enter(world);
  const ids = [...JSON.stringify(menu).matchAll(/"text":"([^"]+)"/g)].map(([, id]) => id ?? '');
  assert.ok(ids.some((id) => id.startsWith('tax.item.')));
  for (const id of ids) assert.ok(Object.hasOwn(texts, id), id);
});

test('who lives alone is not asked whose certificate', async () => {
  const world = createWorld(keys);
  const { menu } = await enter(world, { card: cardOf(keys, 1) });
  const [kind] = menu.kinds;
  assert.ok(kind);
  const { answers, question } = nextQuestion(kind, {});
  assert.deepEqual([answers, question?.id], [{ scope: ['all'] }, 'show']);
  assert.ok(answersKind(kind, { ...answers, show: ['head', 'domicile'] }));
  assert.ok(!kind.questions.at(-1)?.options.some(({ id }) => ['nationality', 'status', 'card-number'].includes(id)));
});

test('items of the family register only where somebody has one, foreign residents’ only where one is', async () => {
  const world = createWorld(keys);
  const [sato] = world.register.households;
  assert.ok(sato);
  world.register.households[0] = { ...sato, members: sato.members.filter((it) => it.particulars.kind === 'foreign') };
  world.register.holders.set(cardOf(keys, 0).serialHex, '102');
  const { menu } = await enter(world);
  assert.deepEqual(
    menu.kinds[0]?.questions.at(-1)?.options.map(({ id }) => id),
    ['head', 'individual-number', 'nationality', 'status', 'card-number'],
  );
});

test('a kind closed at this hour or today is shown closed, and says when it opens', async () => {
  const world = createWorld(keys);
  world.clock.set('2026-11-24T05:00:00+09:00');
  const early = (await enter(world)).menu.kinds[0];
  assert.equal(early?.closed, 'HOURS');
  assert.deepEqual(early?.note, { text: 'kind.opens-again', args: { day: '2026-11-24', time: '06:30' } });
  world.clock.set('2026-12-31T12:00:00+09:00');
  const newYear = (await enter(world)).menu.kinds[0];
  assert.equal(newYear?.closed, 'CALENDAR');
  assert.deepEqual(newYear?.note, { text: 'kind.opens-again', args: { day: '2027-01-04', time: '06:30' } });
});

test('a child is told before choosing, and not served if it chooses all the same', async () => {
  const world = createWorld(keys);
  world.register.households[0] = {
    householdNumber: '5001',
    address: { text: '本町' },
    members: [japanese('101', '子', { birth: date('2012-01-01') })],
  };
  const { session, menu } = await enter(world);
  assert.equal(menu.kinds[0]?.closed, 'UNDER_15');
  refusedAs(await prepare(world, session, wishBody(world, { answers: { scope: ['all'], show: [] } })), 'UNDER_15');
});

test('the municipality’s own machine has its own fee', async () => {
  const world = createWorld(keys, { profile: { ownTerminals: ['DEMO-0002'] } });
  assert.equal((await enter(world)).menu.kinds[0]?.feeYen, 300);
  assert.equal((await enter(world, { terminalId: 'DEMO-0002' })).menu.kinds[0]?.feeYen, 200);
});

test('answers that are not of this menu are refused', async () => {
  const world = createWorld(keys);
  const { session } = await enter(world);
  const wrong = [
    {},
    { scope: ['some'], show: [] },
    { scope: ['some'], members: ['m4'], show: [] },
    { scope: ['holder'], members: ['m1'], show: [] },
    { scope: ['holder'], show: ['residence-code'] },
    { scope: ['all', 'holder'], show: [] },
    { scope: ['holder'], show: [], year: ['2026'] },
  ];
  for (const answers of wrong) {
    refusedAs(await prepare(world, session, wishBody(world, { answers: answers as never })), 'ANSWERS_WRONG');
  }
  refusedAs(await prepare(world, session, wishBody(world, { copies: 6 })), 'COPIES_LIMIT');
  refusedAs(await prepare(world, session, wishBody(world, { kindId: 'seal' })), 'KIND_NOT_OFFERED');
});

test('where マイナンバー is not offered, asking for it is no answer', async () => {
  const world = createWorld(keys);
  world.profile = { ...world.profile, policies: { ...world.profile.policies, individualNumber: false } };
  const { session } = await enter(world);
  const answers = { scope: ['holder'], show: ['individual-number'] };
  refusedAs(await prepare(world, session, wishBody(world, { answers })), 'ANSWERS_WRONG');
});

test('the municipality’s own words stand above the certificates on their days, and under each as it says', async () => {
  const kinds = offered.map((it) => (it.kindId === 'seal' ? { ...it, note: '8時から18時まで' } : it));
  const notices = [
    { from: '2026-04-01', words: '平日のみ' },
    { from: '2026-11-23', until: '2026-11-24', words: '11月25日は休止します' },
  ];
  const world = createWorld(keys, { profile: { kinds, fees: offeredFees, notices } });
  world.register.seals.set('101', seal());
  const today = (await enter(world)).menu;
  assert.deepEqual(today.notice, { plain: '11月25日は休止します' });
  assert.deepEqual(today.kinds.find(({ id }) => id === 'seal')?.note, { plain: '8時から18時まで' });
  world.clock.set('2026-11-25T12:00:00+09:00');
  assert.deepEqual((await enter(world)).menu.notice, { plain: '平日のみ' });
});

test('beside a reason of the holder’s own stand no hours; beside closed hours does when it opens', async () => {
  const world = createWorld(keys, { profile: { kinds: offered, fees: offeredFees } });
  const of = (menu: Menu) => menu.kinds.find(({ id }) => id === 'seal');
  const open = of((await enter(world)).menu);
  assert.deepEqual([open?.closed, open?.note], ['SEAL_NONE', undefined]);
  world.clock.set('2026-11-24T05:00:00+09:00');
  const early = of((await enter(world)).menu);
  assert.deepEqual(
    [early?.closed, early?.note],
    ['HOURS', { text: 'kind.opens-again', args: { day: '2026-11-24', time: '06:30' } }],
  );
});

test('hours, fees and copies are each kind’s own, by day and weekday', async () => {
  const never = Object.fromEntries(weekdays.map((day) => [day, null])) as Record<Weekday, null>;
  const hours = { opens: '08:00', closes: '18:00' };
  const { calendar } = profileOf(keys, '482013');
  const world = createWorld(keys, {
    profile: {
      kinds: offered.map((it) => (it.kindId === 'seal' ? { ...it, maxCopies: 2 } : it)),
      calendar: {
        ...calendar,
        weeks: [...calendar.weeks, { kinds: ['seal'], from: '2020-01-01', week: { ...never, tuesday: hours } }],
      },
      fees: {
        ...offeredFees,
        deductions: [{ kind: 'seal', channel: 'kiosk', amountYen: 290, from: '2026-11-24', until: '2026-11-24' }],
      },
    },
  });
  world.register.seals.set('101', seal());
  const menu = async () => {
    const { kinds } = (await enter(world)).menu;
    return ['residence', 'seal'].map((id) => kinds.find((it) => it.id === id));
  };
  const [residence, monday] = await menu();
  assert.deepEqual(
    [residence?.closed, monday?.closed, monday?.feeYen, monday?.maxCopies],
    [undefined, 'CALENDAR', 300, 2],
  );
  world.clock.set('2026-11-24T10:00:00+09:00');
  const [always, tuesday] = await menu();
  assert.deepEqual([always?.feeYen, tuesday?.closed, tuesday?.feeYen], [300, undefined, 10]);
  world.clock.set('2026-11-24T18:00:00+09:00');
  assert.equal((await menu())[1]?.closed, 'HOURS');
});
