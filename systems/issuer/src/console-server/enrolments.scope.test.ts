/** 利用登録 at the console: who may see and decide, what may be decided, and that every look and decision is written down. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import { type Clerk, consoleOfATown } from '../testing/console-of-a-town.ts';
import { enrolmentId } from '../testing/enrolments-of-a-town.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { otherTown, town } from '../testing/people.ts';
import { makeKeys, profileOf } from '../testing/world.ts';
import { nameForRegistry } from './enrolments.ts';

type Beside = {
  readonly from: string;
  readonly actId: string;
  readonly candidates: readonly { addresseeNumber: string; likeness: { name: string }; removed: boolean }[];
};

let at: Awaited<ReturnType<typeof consoleOfATown>>;
let officer: Clerk;
let auditor: Clerk;
let neighbour: Clerk;
before(async () => {
  const keys = await makeKeys(2);
  const enrolment = (code: string) => ({
    key: generateKeyPairSync('x25519').privateKey,
    documentAuthority: new Uint8Array(),
    neighbours: [{ code, name: code === town ? '見本県どこでも市' : '見本県いつでも町' }],
  });
  const profiles = [
    profileOf(keys, town, { enrolment: enrolment(otherTown) }),
    profileOf(keys, otherTown, { enrolment: enrolment(town) }),
  ];
  const clock = createManualClock('2026-11-25T10:00:00+09:00', false);
  at = await consoleOfATown(openFormEngine(), profiles, clock);
  officer = await at.signIn('enrolment-officer');
  auditor = await at.signIn('auditor');
  neighbour = await at.signIn('neighbour');
});
after(() => at.close());

const look = async (clerk = officer, municipality = town) => clerk.ask(`${municipality}/enrolment`, { enrolmentId });
const decide = (actId: string, decision: object, clerk = officer) =>
  clerk.ask(`${town}/decide-enrolment`, { enrolmentId, actId, decision });
const approve = (addresseeNumber: string) => ({ approve: { addresseeNumber } });

async function audited(): Promise<readonly [string, string, Readonly<Record<string, string>>][]> {
  const { body } = await auditor.ask(`${town}/audit`);
  const { entries } = body as { entries: { act: string; by: { subject: string }; about: Record<string, string> }[] };
  return entries
    .filter(({ act }) => act.includes('enrolment'))
    .map(({ act, by, about }) => [act, by.subject, about] as const)
    .toReversed() as never;
}

test('the claim stands beside the register, differences named, and each look is written down', async () => {
  const listed = await officer.ask(`${town}/enrolments`);
  const [first] = (listed.body as { enrolments: { name: string; from: string }[] }).enrolments;
  assert.deepEqual([first?.name, first?.from], ['町田　見本', '見本県いつでも町']);
  const { candidates } = (await look()).body as Beside;
  assert.deepEqual(
    candidates.map((it) => [it.addresseeNumber, it.likeness.name, it.removed]),
    [
      ['901', 'same', false],
      ['902', 'differs', false],
      ['903', 'differs', true],
    ],
  );
  const nobodys = '019a0000-0000-7000-8000-00000000000f';
  assert.equal((await officer.ask(`${town}/enrolment`, { enrolmentId: nobodys })).status, 404);
  assert.deepEqual(await audited(), [
    ['looked-at-enrolment', 'enrolment-officer', {}],
    ['looked-at-enrolment', 'enrolment-officer', { enrolment: enrolmentId }],
    ['looked-at-enrolment', 'enrolment-officer', { enrolment: nobodys }],
  ]);
});

test('staff of another municipality see nothing of it, not even under their own', async () => {
  const { actId } = (await look()).body as Beside;
  assert.equal((await neighbour.ask(`${town}/enrolments`)).status, 403);
  assert.equal((await look(neighbour)).status, 403);
  assert.equal((await decide(actId, approve('901'), neighbour)).status, 403);
  assert.deepEqual((await neighbour.ask(`${otherTown}/enrolments`)).body, { enrolments: [] });
  assert.equal((await look(neighbour, otherTown)).status, 404);
  const own = { enrolmentId, actId, decision: approve('901') };
  assert.equal((await neighbour.ask(`${otherTown}/decide-enrolment`, own)).status, 404);
  assert.deepEqual(at.enrolments.decisions(), []);
});

test('nobody is approved who does not stand in that family register today; other shapes are refused', async () => {
  const { actId } = (await look()).body as Beside;
  for (const [decision, status] of [
    [approve('903'), 409],
    [approve('999'), 409],
    [approve(''), 400],
    [{ ...approve('901'), reject: 'other' }, 400],
    [{ reject: 'because' }, 400],
    [{ reject: true }, 400],
    [{}, 400],
  ] as const)
    assert.equal((await decide(actId, decision)).status, status, JSON.stringify(decision));
  assert.equal((await decide('not-an-id', approve('901'))).status, 400);
  assert.deepEqual(at.enrolments.decisions(), []);
  assert.ok((await audited()).every(([act]) => act === 'looked-at-enrolment'));
});

test('approved once: sent again it is the same decision, and another one comes too late', async () => {
  const { actId } = (await look()).body as Beside;
  const { actId: later } = (await look()).body as Beside;
  for (const _ of ['sent', 'its answer was lost']) assert.equal((await decide(actId, approve('901'))).status, 200);
  assert.equal((await decide(actId, { reject: 'other' })).status, 409);
  assert.equal((await decide(later, { reject: 'other' })).status, 404);
  assert.deepEqual(at.enrolments.decisions(), [['enrolment-officer', approve('901')]]);
  const decided = (await audited()).filter(([act]) => act !== 'looked-at-enrolment');
  assert.deepEqual(decided[0], ['enrolment-approved', 'enrolment-officer', { enrolment: enrolmentId }]);
});

test('a rejection is written down with its reason, and without a name', async () => {
  at.enrolments.applyAgain();
  const { actId } = (await look()).body as Beside;
  assert.equal((await decide(actId, { reject: 'claim-differs' })).status, 200);
  assert.deepEqual((await audited()).at(-1), [
    'enrolment-rejected',
    'enrolment-officer',
    { enrolment: enrolmentId, reason: 'claim-differs' },
  ]);
  assert.doesNotMatch(JSON.stringify(await audited()), /町田|90\d/);
});

test('the registry hears who it was, in a name that it takes', () => {
  assert.ok(at.enrolments.seen.every((by) => by === 'enrolment-officer' || by === 'neighbour'));
  assert.equal(nameForRegistry({ subject: 'hanako@example' }), 'hanako@example');
  const long = nameForRegistry({ subject: 'auth0|7/8' });
  assert.match(long, /^sha256-[0-9a-f]{57}$/);
  assert.notEqual(long, nameForRegistry({ subject: 'auth0|7/9' }));
});
