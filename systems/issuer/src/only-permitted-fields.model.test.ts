/** For any household and any answers to the menu: the paper holds exactly what was asked for and may be shown, about
 *  exactly those who were chosen, or there is a refusal. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Household, Resident } from '@dokodemo/domain';
import { type Answers, isAsked, type Kind, type Question } from '@dokodemo/protocol';
import fc from 'fast-check';
import { date, foreign, japanese, restriction } from './testing/people.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  openAtKiosk,
  prepare,
  readPaper,
  value,
  type World,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

const member = fc.record({
  foreign: fc.boolean(),
  // Mostly there; the holder always is when the visit begins.
  standing: fc.constantFrom('present', 'present', 'present', 'dead', 'moved-out') as fc.Arbitrary<Resident['standing']>,
  movingOut: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
const town = fc.record({
  members: fc.array(member, { minLength: 1, maxLength: 6 }),
  restricted: fc.option(fc.nat({ max: 5 }), { freq: 3 }),
  individualNumber: fc.boolean(),
  movingOut: fc.constantFrom('refuse-household', 'leave-out'),
  restrictedMembers: fc.constantFrom('any', 'shown'),
});
type Town = typeof town extends fc.Arbitrary<infer T> ? T : never;

function householdOf({ members }: Town): Household {
  return {
    householdNumber: '5001',
    address: { text: '見本県どこでも市本町' },
    headName: { text: '世帯主氏名' },
    members: members.map((it, i): Resident => {
      const number = String(101 + i);
      const more: Partial<Resident> = {
        standing: i === 0 ? 'present' : it.standing,
        relationship: `続柄${number}`,
        ...(it.movingOut ? { movingOutOn: date('2026-12-24') } : {}),
      };
      return it.foreign ? foreign(number, `PERSON ${number}`, more) : japanese(number, `氏名${number}`, more);
    }),
  };
}

/** Some of a question's options, chosen by the bits of a number; at least as many as it asks for. */
function pick(question: Question, bits: number): string[] {
  const ids = question.options.map(({ id }) => id);
  if (question.choose === 'one') return [ids[bits % ids.length] ?? ''];
  const some = ids.filter((_, i) => (bits >> i) & 1);
  return some.length >= question.atLeast ? some : ids.slice(0, question.atLeast);
}

function answersFrom(kind: Kind, bits: readonly number[]): Answers {
  const answers: Answers = {};
  for (const [i, question] of kind.questions.entries()) {
    if (isAsked(question, answers)) answers[question.id] = pick(question, bits[i] ?? 0);
  }
  return answers;
}

/** Said again, from the paper's side: what must stand on it. */
function expectedLines(household: Household, answers: Answers): string[] {
  const present = household.members.filter(({ standing }) => standing === 'present');
  const scope = answers.scope?.[0];
  const chosen = present.filter(
    (_, i) => scope === 'all' || (scope === 'holder' && i === 0) || answers.members?.includes(`m${i + 1}`),
  );
  const asked = new Set(answers.show);
  return chosen.flatMap((it) => {
    const { particulars: p } = it;
    const own = p.kind === 'japanese' && asked.has('domicile');
    return [
      `name ${it.name.text}`,
      ...(asked.has('head') ? [`head 世帯主氏名`, `relationship ${it.relationship}`] : []),
      ...(own ? [`domicile ${p.registeredDomicile.text}`, `register ${p.headOfFamilyRegister.text}`] : []),
      ...(asked.has('individual-number') ? [`number ${it.individualNumber}`] : []),
      ...(p.kind === 'foreign' && asked.has('nationality') ? [`nationality ${p.nationality}`] : []),
      ...(p.kind === 'foreign' && asked.has('status') ? [`status ${p.statusOfResidence}`] : []),
      ...(p.kind === 'foreign' && asked.has('card-number') ? [`card ${p.residenceCardNumber}`] : []),
    ];
  });
}

function mustRefuse(given: Town, household: Household, answers: Answers): boolean {
  const present = household.members.filter(({ standing }) => standing === 'present');
  const moving = present.some(({ movingOutOn }) => movingOutOn !== undefined);
  if (moving && given.movingOut === 'refuse-household') return true;
  const restricted = household.members[given.restricted ?? -1];
  if (restricted === undefined) return false;
  if (given.restrictedMembers === 'any' || restricted.addresseeNumber === '101') return true;
  const names = expectedLines(household, answers);
  return names.includes(`name ${restricted.name.text}`) && restricted.standing === 'present';
}

function worldOf(given: Town, household: Household): World {
  const { individualNumber, movingOut, restrictedMembers } = given;
  const world = createWorld(keys, {
    profile: { policies: { individualNumber, movingOut, restrictedMembers, alerts: 'refuse' } } as never,
  });
  world.register.households[0] = household;
  const restricted = household.members[given.restricted ?? -1];
  if (restricted) world.register.restrictions.push(restriction({ addresseeNumber: restricted.addresseeNumber }));
  return world;
}

test('the paper holds exactly the permitted fields of exactly those chosen, or there is a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(town, fc.array(fc.nat({ max: 63 }), { minLength: 3, maxLength: 3 }), async (given, bits) => {
      const household = householdOf(given);
      const world = worldOf(given, household);
      const { session, menu } = await enter(world);
      const kind = menu.kinds[0];
      assert.ok(kind);
      const offered = kind.questions.at(-1)?.options.map(({ id }) => id) ?? [];
      assert.equal(offered.includes('individual-number'), given.individualNumber);
      const wish = wishBody(world, { answers: answersFrom(kind, bits) });
      const reply = await prepare(world, session, wish);
      if (mustRefuse(given, household, wish.answers)) {
        assert.equal(reply.ok ? 'answered' : reply.failure.code, 'SUPPRESSED');
        assert.equal(world.form.drawn, 0);
        return;
      }
      const { sheets } = value(openAtKiosk(world, session, wish, value(reply)));
      assert.deepEqual(
        readPaper(sheets).flatMap(({ lines }) => lines),
        expectedLines(household, wish.answers),
      );
    }),
    { numRuns: 150 },
  );
});

test('what was not asked for does not even reach the form', async () => {
  await fc.assert(
    fc.asyncProperty(town, fc.array(fc.nat({ max: 63 }), { minLength: 3, maxLength: 3 }), async (given, bits) => {
      const household = householdOf(given);
      const world = worldOf({ ...given, movingOut: 'leave-out', restricted: null }, household);
      const seen: string[] = [];
      const { renderResidenceCertificate } = world.form;
      world.form.renderResidenceCertificate = (order) => {
        seen.push(JSON.stringify(order.snapshot));
        return renderResidenceCertificate(order);
      };
      const { session, menu } = await enter(world);
      const kind = menu.kinds[0];
      assert.ok(kind);
      const answers = answersFrom(kind, bits);
      value(await prepare(world, session, wishBody(world, { answers })));
      const text = seen.join();
      const named = expectedLines(household, answers);
      for (const it of household.members) {
        assert.equal(text.includes(it.name.text), named.includes(`name ${it.name.text}`));
        if (!answers.show?.includes('individual-number')) assert.ok(!text.includes(it.individualNumber ?? '-'));
        const card = it.particulars.kind === 'foreign' ? it.particulars.residenceCardNumber : undefined;
        if (!answers.show?.includes('card-number')) assert.ok(card === undefined || !text.includes(card));
      }
      assert.ok(!text.includes('2026-12-24'), 'a move out that is notified is nobody’s business yet');
    }),
    { numRuns: 60 },
  );
});
