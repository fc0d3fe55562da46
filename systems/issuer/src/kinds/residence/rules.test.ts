import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Household, RefusalCode, Resident, Restriction } from '@dokodemo/domain';
import { municipalityCode } from '@dokodemo/domain';
import type { Policies } from '../../municipality.ts';
import { date, japanese, restriction, satoFamily, town } from '../../testing/people.ts';
import { hasCompletedYears } from '../age.ts';
import { judgeResidence, residenceRules } from './rules.ts';

const policies: Policies = {
  individualNumber: true,
  movingOut: 'refuse-household',
  restrictedMembers: 'any',
  alerts: 'refuse',
};
type Case = {
  readonly members?: (members: readonly Resident[]) => readonly Resident[];
  readonly restrictions?: readonly Restriction[];
  readonly policies?: Partial<Policies>;
  readonly printed?: readonly string[];
};

function judged(change: Case = {}): readonly { rule: string; code: RefusalCode }[] {
  const family = satoFamily();
  const household: Household = { ...family, members: change.members?.(family.members) ?? family.members };
  return judgeResidence({
    snapshot: {
      municipality: municipalityCode(town),
      asOf: '2026-11-23T10:00:00+09:00',
      holder: '101',
      household,
      restrictions: change.restrictions ?? [],
      versions: {},
    },
    choice: {
      options: {
        scope: 'some',
        headAndRelationship: false,
        domicile: false,
        individualNumber: false,
        nationality: false,
        residenceStatus: false,
        residenceCardNumber: false,
      },
      memberNumbers: change.printed ?? ['101'],
    },
    policies: { ...policies, ...change.policies },
    day: '2026-11-23',
  }).broken;
}
const changed = (number: string, more: Partial<Resident>) => (members: readonly Resident[]) =>
  members.map((member) => (member.addresseeNumber === number ? { ...member, ...more } : member));
const rules = (change: Case) => judged(change).map(({ rule }) => rule);
const code = (change: Case) => judged(change)[0]?.code;

test('an ordinary household breaks no rule', () => assert.deepEqual(judged(), []));

/** One case for each rule of the table, which breaks it. */
const breaking: Readonly<Record<string, Case>> = {
  'holder-is-present': { members: changed('101', { standing: 'dead' }) },
  'holder-has-not-moved-out': { members: changed('101', { movingOutOn: date('2026-11-23') }) },
  'holder-is-fifteen': { members: changed('101', { birth: date('2011-11-24') }) },
  'no-restriction-on-holder': { restrictions: [restriction({ addresseeNumber: '101' })] },
  'no-restriction-on-household': { restrictions: [restriction({ householdNumber: '5001' })] },
  'no-restriction-on-those-printed': {
    restrictions: [restriction({ addresseeNumber: '102' })],
    printed: ['101', '102'],
    policies: { restrictedMembers: 'shown' },
  },
  'no-restriction-on-those-left-out': { restrictions: [restriction({ addresseeNumber: '103' })] },
  'nothing-provisional': { members: changed('102', { standing: 'provisional' }) },
  'no-change-in-progress': {
    restrictions: [restriction({ addresseeNumber: '102' }, { reason: 'change-in-progress', level: 'alert' })],
    policies: { alerts: 'ignore', restrictedMembers: 'shown' },
  },
  'nobody-is-moving-out': { members: changed('102', { movingOutOn: date('2026-12-01') }) },
  'no-move-out-overdue': {
    members: changed('102', { movingOutOn: date('2026-11-23') }),
    policies: { movingOut: 'leave-out' },
  },
};

for (const { rule, code: expected } of residenceRules) {
  test(`${rule} → ${expected}`, () => {
    const change = breaking[rule];
    assert.ok(change, 'a rule without a case that breaks it');
    assert.ok(rules(change).includes(rule));
    assert.equal(code(change), expected);
  });
}

test('a restriction past its end date still holds; one that has not begun does not', () => {
  const past = restriction({ addresseeNumber: '101' }, { until: '2026-02-01' });
  assert.equal(code({ restrictions: [past] }), 'SUPPRESSED');
  assert.equal(code({ restrictions: [restriction({ addresseeNumber: '101' }, { from: '2026-11-24' })] }), undefined);
});

test('every reason of a restriction reads the same', () => {
  const reasons = ['protection-measure', 'provisional-protection', 'court-order', 'guardianship', 'other'] as const;
  for (const reason of reasons) {
    assert.equal(code({ restrictions: [restriction({ addresseeNumber: '101' }, { reason })] }), 'SUPPRESSED');
  }
});

test('an alert stops a machine, unless the municipality says that it does not', () => {
  const alert = restriction({ addresseeNumber: '101' }, { level: 'alert' });
  assert.equal(code({ restrictions: [alert] }), 'SUPPRESSED');
  assert.equal(code({ restrictions: [alert], policies: { alerts: 'ignore' } }), undefined);
});

test('a restricted member who is left out stops it by policy only', () => {
  const restrictions = [restriction({ addresseeNumber: '103' })];
  assert.equal(code({ restrictions, policies: { restrictedMembers: 'shown' } }), undefined);
});

test('a move that was notified is left out of the paper where the municipality says so', () => {
  const members = changed('102', { movingOutOn: date('2026-12-01') });
  assert.equal(code({ members, policies: { movingOut: 'leave-out' } }), undefined);
});

test('fifteen on the birthday; those of 29 February on 1 March; unknown days by their era', () => {
  assert.equal(hasCompletedYears(date('2011-11-23'), 15, '2026-11-23'), true);
  assert.equal(hasCompletedYears(date('2011-11-24'), 15, '2026-11-23'), false);
  assert.equal(hasCompletedYears(date('2012-02-29'), 15, '2027-02-28'), false);
  assert.equal(hasCompletedYears(date('2012-02-29'), 15, '2027-03-01'), true);
  assert.equal(hasCompletedYears({ text: '昭和20年月日不詳' }, 15, '2026-11-23'), true);
  assert.equal(hasCompletedYears({ text: '2010年月日不詳' }, 15, '2026-11-23'), true);
  assert.equal(hasCompletedYears({ text: '2011年月日不詳' }, 15, '2026-11-23'), undefined);
  assert.equal(hasCompletedYears({ text: '平成年月日不詳' }, 15, '2026-11-23'), undefined);
});

test('a holder of unknown age is not served', () =>
  assert.equal(code({ members: changed('101', { birth: { text: '年月日不詳' } }) }), 'UNDER_15'));

test('a holder who is not in the household that came back is nobody', () =>
  assert.equal(code({ members: () => [japanese('999', '別人')] }), 'NOT_RESIDENT'));
