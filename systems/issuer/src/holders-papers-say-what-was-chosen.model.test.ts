/** Seal and tax certificates with the house's own forms, read back from the PDF: whatever the rolls hold and whatever is
 *  chosen of what the menu permits, exactly that stands on the paper, and nothing else that the rolls know. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { before, test } from 'node:test';
import { type FormEngine, openFormEngine } from '@dokodemo/documents';
import type { TaxYear } from '@dokodemo/domain';
import { type Answers, type Kind, nextQuestion, type Question } from '@dokodemo/protocol';
import fc from 'fast-check';
import type { TaxPolicy } from './municipality.ts';
import { allItems, manyYears, offered, offeredFees, payment, seal, taxYear, vehicle } from './testing/rolls.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  openAtKiosk,
  prepare,
  profileOf,
  value,
  type World,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
let engine: FormEngine;
before(async () => {
  keys = await makeKeys();
  engine = openFormEngine();
});
const poppler = { skip: spawnSync('pdftotext', ['-v']).error !== undefined };

function textOf(pdf: Uint8Array): string {
  const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  assert.equal(read.status, 0, read.stderr);
  return read.stdout;
}

function worldWith(tax: TaxPolicy): World {
  const profile = profileOf(keys, '482013');
  const [official] = profile.seals;
  assert.ok(official);
  const image = engine.drawSeal('どこでも市長之印', 21);
  return createWorld(keys, {
    engine,
    profile: {
      kinds: offered,
      fees: offeredFees,
      policies: { ...profile.policies, tax },
      seals: [{ ...official, image }],
    },
  });
}

/** Each part of a year there or not, by a bit. */
function yearOf(fiscalYear: number, bits: number): TaxYear {
  const full = taxYear(fiscalYear);
  const has = (bit: number) => ((bits >> bit) & 1) === 1;
  const { residentTax, fixedAssets, ...rest } = full;
  return {
    ...rest,
    residentOnJanuary1: has(0),
    payments: allItems.filter((_, i) => has(4 + i)).map((item) => payment(item, fiscalYear)),
    vehicles: [vehicle(1), vehicle(2, has(8) ? {} : { paidYen: 0 })].slice(0, has(3) ? 2 : 1),
    ...(has(0) && residentTax !== undefined
      ? { residentTax: has(1) ? residentTax : { declaration: 'undeclared', settledOn: '2026-06-01' } }
      : {}),
    ...(has(2) && fixedAssets !== undefined ? { fixedAssets } : {}),
  };
}

const yen = (amount: number) => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

/** What only this part of a year has on paper, as words between spaces. */
function marksOf(year: TaxYear): readonly (readonly [string, string])[] {
  const tax = year.residentTax?.declaration === 'declared' ? year.residentTax : undefined;
  const assets = [...(year.fixedAssets?.land ?? []), ...(year.fixedAssets?.buildings ?? [])];
  return [
    ...(tax === undefined ? [] : [yen(tax.annualYen), yen(tax.totalIncomeYen)]).map((it) => ['income', it] as const),
    ...year.payments.map((it) => [it.item, yen(it.annualYen)] as const),
    ...assets.map((it) => ['assets', yen(it.valueYen)] as const),
    ...assets.map((it) => ['levy', yen(it.taxYen)] as const),
    ...year.vehicles.map((it) => [it.plate.text, it.frameNumber] as const),
  ];
}

/** Which parts these answers ask for. */
function wantedParts(certificate: string, items: readonly string[], plate: string): readonly string[] {
  if (certificate === 'income') return ['income'];
  if (certificate === 'payment') return items;
  if (certificate === 'vehicle') return [plate];
  return certificate === 'levy' ? ['assets', 'levy'] : ['assets'];
}

function pick(question: Question, bits: number): string[] {
  const open = question.options.filter(({ closed }) => closed === undefined).map(({ id }) => id);
  if (question.choose === 'one') return [open[bits % open.length] ?? assert.fail(`${question.id} has no answer`)];
  const some = open.filter((_, i) => (bits >> i) & 1);
  return some.length >= question.atLeast ? some : open.slice(0, question.atLeast);
}

function answersFrom(kind: Kind, bits: readonly number[]): Answers {
  let next = nextQuestion(kind, {});
  for (let i = 0; next.question !== undefined; i++) {
    const { question, answers } = next;
    next = nextQuestion(kind, { ...answers, [question.id]: pick(question, bits[i] ?? 0) });
  }
  return next.answers;
}

/** Each 税目 has its fee. */
function feeOf(answers: Answers): number {
  const items = Object.entries(answers).find(([id]) => id.startsWith('items-'))?.[1].length ?? 1;
  return 300 * items;
}

test('a tax certificate holds the part of the year that was chosen, and no other', poppler, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 511 }), { minLength: 3, maxLength: 3 }),
      fc.array(fc.nat({ max: 63 }), { minLength: 5, maxLength: 5 }),
      fc.constantFrom<2 | 3>(2, 3),
      fc.boolean(),
      async (rolls, bits, levels, askItems) => {
        const world = worldWith({ ...manyYears, levels, askItems });
        const years = rolls.map((roll, i) => yearOf(2026 - i, roll));
        world.register.taxes.set('101', years);
        const { session, menu, labels } = await enter(world);
        const kind = menu.kinds.find(({ id }) => id === 'tax');
        assert.ok(kind);
        // A vehicle whose tax is paid is always there.
        assert.equal(kind.closed, undefined);
        const answers = answersFrom(kind, bits);
        const first = answers.certificate?.[0];
        const certificate = first === 'fixed-asset' ? answers['fixed-asset']?.[0] : first;
        assert.ok(certificate);
        const chosenYear = Number(answers[`year-${certificate}`]?.[0]?.slice(1));
        const year = years.find(({ fiscalYear }) => fiscalYear === chosenYear);
        assert.ok(year);
        const items = Object.entries(answers).find(([id]) => id.startsWith('items-'))?.[1];
        const vehicleId = Object.entries(answers).find(([id]) => id.startsWith('vehicle-'))?.[1][0];
        const label = kind.questions.flatMap(({ options }) => options).find(({ id }) => id === vehicleId)?.label;
        const plate = label !== undefined && 'sealed' in label ? (labels?.[label.sealed] ?? '') : '';
        const wanted = wantedParts(certificate, items ?? year.payments.map(({ item }) => item), plate);

        const wish = wishBody(world, { kindId: 'tax', answers, feeYen: feeOf(answers) });
        const { sheets } = value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
        const words = new Set(sheets.map(textOf).join(' ').split(/\s+/));
        for (const other of years) {
          for (const [part, mark] of marksOf(other)) {
            const expected: boolean = other === year && wanted.includes(part);
            // A vehicle's number is the same in every year: of another year it says nothing.
            if (!expected && certificate === 'vehicle' && part === plate) continue;
            assert.equal(
              words.has(mark),
              expected,
              `${certificate} ${chosenYear}: ${part} ${mark} of ${other.fiscalYear}`,
            );
          }
        }
        assert.ok(words.has('花子') && !words.has('SMITH') && !words.has('一郎'));
      },
    ),
    { numRuns: 60 },
  );
});

test('a seal certificate holds the holder and nobody else of the household', poppler, async () => {
  const world = worldWith(manyYears);
  world.register.seals.set('101', seal());
  const { session } = await enter(world);
  const wish = wishBody(world, { kindId: 'seal', answers: { holder: ['holder'] }, copies: 2, feeYen: 600 });
  const { sheets, binding } = value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
  assert.equal(sheets.length, 2);
  for (const [i, sheet] of sheets.entries()) {
    const text = textOf(sheet);
    for (const said of [
      /佐藤\s+花子/,
      /昭和55年5月5日/,
      /本町一丁目2番3号/,
      new RegExp(binding.documentNumbers[i] ?? '-'),
    ])
      assert.match(text, said);
    for (const unsaid of [/SMITH/, /一郎/, /世帯主/, /女/, /000001/])
      assert.doesNotMatch(text.replace(/発行番号.*/, ''), unsaid);
  }
});

test('記載事項証明書 is drawn on its own form and asks as 住民票の写し does', poppler, async () => {
  const world = worldWith(manyYears);
  const { session, menu } = await enter(world);
  const [residence, items] = ['residence', 'residence-items'].map((id) => menu.kinds.find((it) => it.id === id));
  assert.ok(residence && items);
  const asked = ({ questions }: Kind) => questions.map(({ id, options }) => [id, options.map((it) => it.id)]);
  assert.deepEqual(asked(items), asked(residence));
  const answers = { scope: ['holder'], show: ['head'] };
  const wish = wishBody(world, { kindId: 'residence-items', answers });
  const { sheets } = value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
  const text = sheets.map(textOf).join();
  assert.match(text, /上記の事項は、世帯の一部の住民票に記載されている事項と相違ないことを証明する/);
  assert.match(text, /世帯主/);
  assert.doesNotMatch(text, /SMITH|一郎|見本県どこでも市本町101番地/);
});
