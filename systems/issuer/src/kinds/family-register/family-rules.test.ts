import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FamilyRegisterSnapshot, municipalityCode, type RefusalCode, type RegisterDate } from '@dokodemo/domain';
import type { Policies } from '../../municipality.ts';
import { date, restriction, town } from '../../testing/people.ts';
import { historyRules } from '../register-history/rules.ts';
import { judgeBy } from '../rules.ts';
import { type FamilyFacts, familyRules } from './family-rules.ts';

const policies: Policies = {
  individualNumber: true,
  movingOut: 'refuse-household',
  restrictedMembers: 'any',
  alerts: 'refuse',
};
const resident: NonNullable<FamilyRegisterSnapshot['resident']> = {
  standing: 'present',
  becameResident: date('2010-04-01'),
  name: { text: '佐藤 花子' },
  isForeign: false,
  birth: date('1980-05-05'),
  sex: 'female',
  householdNumber: '5001',
  address: { text: '見本県どこでも市本町' },
};
const register = {
  familyRegisterId: 'k1',
  processing: false,
  persons: [
    { personNumber: 1, addresseeNumber: '101' },
    { personNumber: 2, addresseeNumber: '102' },
    { personNumber: 3 },
  ],
};

type Change = Partial<Omit<FamilyFacts, 'snapshot'>> & { readonly snapshot?: Partial<FamilyFacts['snapshot']> };

function facts({ snapshot = {}, ...change }: Change = {}): FamilyFacts {
  return {
    snapshot: {
      municipality: municipalityCode(town),
      asOf: '2026-11-23T10:00:00+09:00',
      holder: '101',
      restrictions: [],
      versions: {},
      resident,
      enrolled: false,
      ...snapshot,
    },
    register,
    birth: resident.birth,
    printed: [1],
    policies,
    day: '2026-11-23',
    ...change,
  };
}
const code = (change: Change): RefusalCode | undefined => judgeBy(historyRules, facts(change)).broken[0]?.code;
const away = { ...resident, standing: 'moved-out' as const };

test('somebody of the register who lives here, and somebody enrolled from elsewhere, break no rule', () => {
  assert.deepEqual(judgeBy(historyRules, facts()).broken, []);
  const { resident: _, ...frame } = facts().snapshot;
  assert.deepEqual(judgeBy(familyRules, { ...facts(), snapshot: { ...frame, enrolled: true } }).broken, []);
  assert.equal(code({ snapshot: { resident: away, enrolled: true } }), undefined);
});

/** One case for each rule of the tables, which breaks it. */
const breaking: Readonly<Record<string, Change>> = {
  'holder-lives-here-or-is-enrolled': { snapshot: { resident: away } },
  'holder-is-fifteen': { birth: date('2011-11-24') },
  'family-register-is-here': { register: undefined },
  'nothing-waits-to-be-recorded': { register: { ...register, processing: true } },
  'no-restriction-on-holder': { snapshot: { restrictions: [restriction({ addresseeNumber: '101' })] } },
  'no-restriction-on-a-household': { snapshot: { restrictions: [restriction({ householdNumber: '7' })] } },
  'no-restriction-on-those-printed': {
    printed: [1, 2],
    policies: { ...policies, restrictedMembers: 'shown' },
    snapshot: { restrictions: [restriction({ addresseeNumber: '102' })] },
  },
  'no-restriction-on-those-left-out': { snapshot: { restrictions: [restriction({ addresseeNumber: '102' })] } },
  'nothing-provisional': { snapshot: { resident: { ...resident, standing: 'provisional' } } },
  'no-change-in-progress': {
    policies: { ...policies, alerts: 'ignore' },
    snapshot: {
      restrictions: [restriction({ addresseeNumber: '101' }, { reason: 'change-in-progress', level: 'alert' })],
    },
  },
  'holder-is-not-moving-out': { snapshot: { resident: { ...resident, movingOutOn: date('2026-12-24') } } },
};

for (const { rule, code: expected } of historyRules) {
  test(`${rule} → ${expected}`, () => {
    const change = breaking[rule];
    assert.ok(change, 'a rule without a case that breaks it');
    assert.deepEqual(judgeBy(historyRules, facts(change)).broken[0], { rule, code: expected });
  });
}

test('a restriction on somebody left out stops it by policy only; 戸籍 itself does not mind a move', () => {
  const restrictions = [restriction({ addresseeNumber: '102' })];
  assert.equal(code({ snapshot: { restrictions }, policies: { ...policies, restrictedMembers: 'shown' } }), undefined);
  const moving = facts({ snapshot: { resident: { ...resident, movingOutOn: date('2026-12-24') } } });
  assert.deepEqual(judgeBy(familyRules, moving).broken, []);
});

test('the day of a move is the first on which an enrolment is needed', () => {
  const movingOutOn: RegisterDate = date('2026-11-23');
  const moved = {
    policies: { ...policies, movingOut: 'leave-out' as const },
    snapshot: { resident: { ...resident, movingOutOn } },
  };
  assert.equal(code(moved), 'ENROLMENT_MISSING');
  assert.equal(code({ ...moved, day: '2026-11-22' }), undefined);
});
