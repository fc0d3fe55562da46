import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { TaxYear } from '@dokodemo/domain';
import { type Answers, answersKind, type Kind, nextQuestion } from '@dokodemo/protocol';
import type { TaxPolicy } from '../../municipality.ts';
import { restriction } from '../../testing/people.ts';
import { manyYears, offered, offeredFees, payment, taxYear, vehicle } from '../../testing/rolls.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  prepare,
  profileOf,
  refusedAs,
  value,
  type World,
  wishBody,
} from '../../testing/world.ts';
import { taxRules } from './rules.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

function worldWithTaxes(years: readonly TaxYear[], tax: TaxPolicy = manyYears): World {
  const { policies } = profileOf(keys, '482013');
  const world = createWorld(keys, { profile: { kinds: offered, fees: offeredFees, policies: { ...policies, tax } } });
  world.register.taxes.set('101', years);
  return world;
}

async function taxMenu(world: World) {
  const { session, menu } = await enter(world);
  const kind = menu.kinds.find(({ id }) => id === 'tax');
  assert.ok(kind);
  return { session, kind };
}

/** What a resident would be asked, answering in turn as given; the questions put, and all answers. */
function walk(kind: Kind, wanted: Answers): { readonly put: readonly string[]; readonly answers: Answers } {
  const put: string[] = [];
  let next = nextQuestion(kind, {});
  while (next.question !== undefined) {
    const { id } = next.question;
    const chosen = wanted[id] ?? assert.fail(`asked for ${id}`);
    put.push(id);
    next = nextQuestion(kind, { ...next.answers, [id]: chosen });
  }
  assert.ok(answersKind(kind, next.answers));
  return { put, answers: next.answers };
}

const closedOptions = (kind: Kind, questionId: string) =>
  kind.questions
    .find(({ id }) => id === questionId)
    ?.options.map(({ id, closed }) => (closed === undefined ? id : `${id} ${closed}`));

const valuation2007 = { certificate: ['fixed-asset'], 'fixed-asset': ['valuation'], 'year-valuation': ['y2007'] };

test('three levels, then the year: the overview’s 評価額証明書 of 平成19年度', async () => {
  const world = worldWithTaxes([taxYear(2026), taxYear(2025), taxYear(2007)]);
  const { session, kind } = await taxMenu(world);
  assert.deepEqual(closedOptions(kind, 'certificate'), ['income', 'payment', 'fixed-asset', 'vehicle']);
  assert.deepEqual(closedOptions(kind, 'year-valuation'), ['y2026', 'y2025', 'y2007']);
  const { put, answers } = walk(kind, valuation2007);
  assert.deepEqual(put, ['certificate', 'fixed-asset', 'year-valuation']);
  const wish = wishBody(world, { kindId: 'tax', answers });
  value(await prepare(world, session, wish));
  const record = await world.issuer.history.application('482013', wish.applicationId);
  assert.deepEqual(record?.issue?.shown, ['fixed-asset-valuation', '2007']);
});

test('a level with one choice left is not put, nor one that the municipality does not want', async () => {
  const few: TaxPolicy = {
    certificates: [{ certificate: 'tax-payment', years: 1, newYearFrom: '06-01' }],
    levels: 2,
    askItems: false,
  };
  const { kind } = await taxMenu(worldWithTaxes([taxYear(2026), taxYear(2025)], few));
  assert.deepEqual(walk(kind, {}), {
    put: [],
    answers: { certificate: ['payment'], 'year-payment': ['y2026'], holder: ['holder'] },
  });
  const two: TaxPolicy = { ...manyYears, levels: 2 };
  const flat = await taxMenu(worldWithTaxes([taxYear(2026)], two));
  assert.deepEqual(walk(flat.kind, { certificate: ['levy'] }).put, ['certificate']);
});

test('a new fiscal year opens on its day; before, it is shown with that day, and the old one is never taken unasked', async () => {
  const world = worldWithTaxes([taxYear(2027), taxYear(2026)]);
  world.clock.set('2027-05-31T12:00:00+09:00');
  const before = await taxMenu(world);
  assert.deepEqual(closedOptions(before.kind, 'year-income'), ['y2027 TAX_YEAR_SWITCH', 'y2026']);
  const [coming] = before.kind.questions.find(({ id }) => id === 'year-income')?.options ?? [];
  assert.deepEqual(coming?.note, { text: 'tax.year.opens', args: { month: 6, day: 1 } });
  const old = { certificate: ['income'], 'year-income': ['y2026'] };
  assert.deepEqual(walk(before.kind, old).put, ['certificate', 'year-income']);
  assert.deepEqual(closedOptions(before.kind, 'year-valuation'), ['y2027', 'y2026']);
  // January to March: neither the year to come nor a word of it.
  world.clock.set('2027-03-31T12:00:00+09:00');
  assert.deepEqual(closedOptions((await taxMenu(world)).kind, 'year-income'), ['y2026']);
  world.clock.set('2027-06-01T12:00:00+09:00');
  assert.deepEqual(closedOptions((await taxMenu(world)).kind, 'year-income'), ['y2027', 'y2026']);
});

test('a year that the rolls have not settled stays closed whatever the calendar says', async () => {
  const { residentTax: _, ...unsettled } = taxYear(2026);
  const { kind } = await taxMenu(worldWithTaxes([unsettled, taxYear(2025)]));
  assert.deepEqual(closedOptions(kind, 'year-income'), ['y2026 TAX_YEAR_SWITCH', 'y2025']);
});

test('as many years as the municipality offers, and of those only what the rolls have', async () => {
  const years = [2026, 2025, 2024, 2023, 2022, 2021, 2020].map((year) => taxYear(year));
  const { kind } = await taxMenu(worldWithTaxes(years));
  assert.equal(closedOptions(kind, 'year-income')?.length, 5);
  assert.equal(closedOptions(kind, 'year-valuation')?.length, 7);
});

test('who has not declared, or lived elsewhere on 1 January, reads so; a dependant is served', async () => {
  const undeclared = { declaration: 'undeclared', settledOn: '2026-06-01' } as const;
  const { kind } = await taxMenu(
    worldWithTaxes([taxYear(2026, { residentTax: undeclared }), taxYear(2025, { residentOnJanuary1: false })]),
  );
  assert.equal(closedOptions(kind, 'certificate')?.[0], 'income TAX_NOT_DECLARED');
  assert.ok(!kind.questions.some(({ id }) => id === 'year-income'));
  const elsewhere = taxYear(2026, { residentOnJanuary1: false });
  const newcomer = await taxMenu(worldWithTaxes([elsewhere, taxYear(2025)]));
  assert.deepEqual(closedOptions(newcomer.kind, 'year-income'), ['y2026 TAX_NOT_RESIDENT_JAN1', 'y2025']);
  const dependant = taxYear(2026, { residentTax: { ...undeclared, declaration: 'undeclared-dependant' } });
  const { kind: theirs } = await taxMenu(worldWithTaxes([dependant]));
  assert.deepEqual(closedOptions(theirs, 'year-income'), ['y2026']);
});

test('where nothing can be had the kind itself is closed, for the reason of the first', async () => {
  const { kind } = await taxMenu(worldWithTaxes([]));
  assert.deepEqual([kind.closed, kind.note], ['TAX_NOT_DECLARED', undefined]);
});

test('only what is on the roll of the year can be asked for: 税目, land, vehicles', async () => {
  const payments = [payment('resident-tax', 2026), payment('light-vehicle-tax', 2026)];
  const year = { ...taxYear(2026, { payments, vehicles: [] }) };
  const { fixedAssets: _, ...poor } = year;
  const { kind } = await taxMenu(worldWithTaxes([poor]));
  assert.deepEqual(closedOptions(kind, 'certificate'), [
    'income',
    'payment',
    'fixed-asset TAX_NOTHING_RECORDED',
    'vehicle TAX_NOTHING_RECORDED',
  ]);
  assert.deepEqual(closedOptions(kind, 'items-2026'), ['resident-tax', 'light-vehicle-tax']);
});

test('a vehicle whose tax is not paid is shown, and not given', async () => {
  const vehicles = [vehicle(1), vehicle(2, { paidYen: 0 }), vehicle(3, { arrears: true })];
  const { kind } = await taxMenu(worldWithTaxes([taxYear(2026, { vehicles })]));
  assert.deepEqual(closedOptions(kind, 'vehicle-2026'), ['v2026-1', 'v2026-2 TAX_UNPAID', 'v2026-3 TAX_UNPAID']);
  const owing = await taxMenu(worldWithTaxes([taxYear(2026, { vehicles: vehicles.slice(1) })]));
  assert.equal(closedOptions(owing.kind, 'certificate')?.at(-1), 'vehicle TAX_UNPAID');
});

test('each 税目 has its fee; what the schedule says now counts, not what the menu said', async () => {
  const world = worldWithTaxes([taxYear(2026)]);
  const base = [
    ...offeredFees.base,
    { kind: 'tax-payment', channel: 'kiosk' as const, amountYen: 250, from: '2020-04-01' },
  ];
  world.profile = { ...world.profile, fees: { base, deductions: [] } };
  const { session, kind } = await taxMenu(world);
  const { answers } = walk(kind, { certificate: ['payment'], 'items-2026': ['resident-tax', 'fixed-asset-tax'] });
  const wish = { kindId: 'tax', answers, copies: 2, feeYen: 1_000 };
  refusedAs(await prepare(world, session, wishBody(world, { ...wish, feeYen: 600 })), 'FEE_CHANGED');
  value(await prepare(world, session, wishBody(world, wish)));
  const dearer = { kind: 'tax-payment', channel: 'kiosk' as const, amountYen: 300, from: '2026-11-23' };
  world.profile = { ...world.profile, fees: { base: [...base, dearer], deductions: [] } };
  refusedAs(await prepare(world, session, wishBody(world, wish)), 'FEE_CHANGED');
});

test('years with the same 税目 share one question: another year keeps its answer', async () => {
  const { kind } = await taxMenu(worldWithTaxes([taxYear(2026), taxYear(2025), taxYear(2024, { payments: [] })]));
  const items = kind.questions.filter(({ id }) => id.startsWith('items-'));
  assert.deepEqual(
    items.map(({ id, when }) => [id, when]),
    [['items-2026', { question: 'year-payment', is: ['y2026', 'y2025'] }]],
  );
});

/** What becomes of the rolls between menu and document, and what PREPARE then says. */
const meanwhile: Readonly<Record<string, { code: string; wanted?: Answers; change: (world: World) => void }>> = {
  'resident-on-1-January': {
    code: 'TAX_NOT_RESIDENT_JAN1',
    change: ({ register }) => register.taxes.set('101', [taxYear(2026, { residentOnJanuary1: false })]),
  },
  'income-was-declared': {
    code: 'TAX_NOT_DECLARED',
    change: ({ register }) =>
      register.taxes.set('101', [
        taxYear(2026, { residentTax: { declaration: 'undeclared', settledOn: '2026-06-01' } }),
      ]),
  },
  'year-is-settled': {
    code: 'TAX_YEAR_SWITCH',
    change: ({ register }) => {
      const { residentTax: _, ...rest } = taxYear(2026);
      register.taxes.set('101', [rest]);
    },
  },
  'year-is-given-out': {
    code: 'TAX_YEAR_SWITCH',
    change: (world) => {
      const [first, ...others] = manyYears.certificates;
      assert.ok(first);
      const tax = { ...manyYears, certificates: [{ ...first, newYearFrom: '12-01' }, ...others] };
      world.profile = { ...world.profile, policies: { ...world.profile.policies, tax } };
    },
  },
  'certificate-and-year-are-offered': {
    code: 'KIND_NOT_OFFERED',
    change: (world) => {
      const tax = { ...manyYears, certificates: manyYears.certificates.slice(1) };
      world.profile = { ...world.profile, policies: { ...world.profile.policies, tax } };
    },
  },
  'something-is-on-the-roll': {
    code: 'TAX_NOTHING_RECORDED',
    wanted: { certificate: ['fixed-asset'], 'fixed-asset': ['levy'] },
    change: ({ register }) => {
      const { fixedAssets: _, ...rest } = taxYear(2026);
      register.taxes.set('101', [rest]);
    },
  },
  'vehicle-tax-is-paid': {
    code: 'TAX_UNPAID',
    wanted: { certificate: ['vehicle'] },
    change: ({ register }) => register.taxes.set('101', [taxYear(2026, { vehicles: [vehicle(1, { arrears: true })] })]),
  },
  'no-restriction': {
    code: 'SUPPRESSED',
    change: ({ register }) => register.restrictions.push(restriction({ addresseeNumber: '101' })),
  },
};

for (const [rule, { code, wanted = { certificate: ['income'] }, change }] of Object.entries(meanwhile)) {
  test(`${rule}: what was in the menu and holds no more is ${code}`, async () => {
    assert.ok(taxRules.some((it) => it.rule === rule));
    const world = worldWithTaxes([taxYear(2026)]);
    const { session, kind } = await taxMenu(world);
    const { answers } = walk(kind, wanted);
    change(world);
    const wish = wishBody(world, { kindId: 'tax', answers });
    refusedAs(await prepare(world, session, wish), code as 'SUPPRESSED');
    const record = await world.issuer.history.application('482013', wish.applicationId);
    assert.ok(record?.refusal?.rules.includes(rule));
    assert.equal(world.form.drawn, 0);
  });
}

test('a 税目 that has gone since the menu is no longer an answer', async () => {
  const world = worldWithTaxes([taxYear(2026)]);
  const { session, kind } = await taxMenu(world);
  const { answers } = walk(kind, { certificate: ['payment'], 'items-2026': ['resident-tax', 'health-insurance-tax'] });
  world.register.taxes.set('101', [taxYear(2026, { payments: [payment('resident-tax', 2026)] })]);
  const wish = wishBody(world, { kindId: 'tax', answers, feeYen: 600 });
  refusedAs(await prepare(world, session, wish), 'ANSWERS_WRONG');
});
