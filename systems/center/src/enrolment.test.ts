/** 利用登録: asked whether of home or of elsewhere only when it matters; the application goes from the home's issuer to the
 *  other one, and the center reads nothing of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, answer } from '@dokodemo/domain';
import type { Input, Kind, Turn } from '@dokodemo/protocol';
import { createCenter } from './center.ts';
import { eventsOf, makeWorld, TestKiosk } from './testing/world.ts';

const home = '482013';
const there = '483028';
const presented: Input = {
  kind: 'credential',
  credential: { kind: 'jpki', certificate: Buffer.from('a certificate').toString('base64') },
  triesLeft: 3,
};
const chosen = (questionId: string, id: string): Input => ({ kind: 'chosen', questionId, optionIds: [id] });
const application: Kind = {
  id: 'enrolment',
  label: { text: 'kind.enrolment' },
  feeYen: 0,
  maxCopies: 1,
  secondPin: false,
  appliesTo: there,
  questions: [],
};

/** A card of the home; `elsewhere`: with a family register that is kept by another municipality. */
async function atCard(elsewhere: boolean): Promise<TestKiosk> {
  const world = await makeWorld();
  if (elsewhere) await world.store.changeDirectory(home, [`e${'a'.repeat(63)}`], []);
  const { client } = world.issuer;
  const issuer = {
    ...client,
    proveVisit: async (...args: Parameters<typeof client.proveVisit>) => {
      const given = await client.proveVisit(...args);
      return given.ok ? answer({ ...given.value, menu: { kinds: [...given.value.menu.kinds, application] } }) : given;
    },
  };
  const kiosk = new TestKiosk({ ...world, center: createCenter({ ...world.options, issuers: () => issuer }) });
  await kiosk.open();
  await kiosk.give({ kind: 'agree' });
  return kiosk;
}

async function atConfirm(): Promise<TestKiosk> {
  const kiosk = await atCard(true);
  for (const input of [presented, chosen('@place', 'home'), { kind: 'proof', signature: 'AAAA' } as const])
    await kiosk.give(input);
  await kiosk.give({ kind: 'card-removed' });
  const { screen } = await kiosk.give(chosen('@kind', 'enrolment'));
  assert.ok(screen.kind === 'confirm' && screen.what === 'application' && screen.feeYen === 0);
  return kiosk;
}
const confirmed: Input = { kind: 'confirmed', feeYen: 0 };
const line = ({ screen }: Turn) => (screen.kind === 'notice' ? screen.lines[0] : screen.kind);
const called = (kiosk: TestKiosk) => kiosk.world.issuer.calls.map(({ name }) => name);

test('who has everything at home is asked nothing; who has not is asked, and no place is named before the PIN', async () => {
  const plain = await (await atCard(false)).give(presented);
  assert.equal(plain.screen.kind, 'enter-pin');
  const { screen } = await (await atCard(true)).give(presented);
  assert.ok(screen.kind === 'choose');
  assert.deepEqual(
    screen.options.map(({ label }) => label),
    [{ text: 'center.place.home' }, { text: 'center.place.other' }],
  );
});

test('elsewhere: all municipalities but the home, and back', async () => {
  const kiosk = await atCard(true);
  await kiosk.give(presented);
  const { screen } = await kiosk.give(chosen('@place', 'other'));
  assert.ok(screen.kind === 'choose');
  assert.deepEqual(
    screen.options.map(({ id }) => id),
    [`m-${there}`],
  );
  const wrong = await kiosk.ask(chosen('@municipality', `m-${home}`));
  assert.ok(!wrong.ok && wrong.failure.code === 'ANSWERS_WRONG');
  const back = await kiosk.give({ kind: 'back' });
  assert.ok(back.screen.kind === 'choose' && back.screen.questionId === '@place');
  await kiosk.give(chosen('@place', 'other'));
  const pin = await kiosk.give(chosen('@municipality', `m-${there}`));
  assert.ok(pin.screen.kind === 'enter-pin' && pin.screen.municipality === there);
});

test('not enrolled there: said, the card is read once more, and home can be chosen', async () => {
  for (const code of ['ENROLMENT_MISSING', 'ENROLMENT_PENDING'] as const) {
    const kiosk = await atCard(true);
    kiosk.world.issuer.script = (name) => (name === 'proveVisit' ? code : undefined);
    for (const input of [presented, chosen('@place', 'other'), chosen('@municipality', `m-${there}`)])
      await kiosk.give(input);
    const told = await kiosk.give({ kind: 'proof', signature: 'AAAA' });
    assert.deepEqual(line(told), { text: `refusal.${code}` });
    assert.equal(line(await kiosk.give({ kind: 'agree' })), 'present-card');
    kiosk.world.issuer.script = () => undefined;
    await kiosk.give(presented);
    const pin = await kiosk.give(chosen('@place', 'home'));
    assert.ok(pin.screen.kind === 'enter-pin' && pin.screen.municipality === home);
  }
});

test('confirmed, it goes from one issuer to the other; nothing is prepared, charged, or kept of what is claimed', async () => {
  const kiosk = await atConfirm();
  const taken = await kiosk.give(confirmed);
  assert.deepEqual(line(taken), { text: 'center.applied.line' });
  assert.deepEqual(called(kiosk).slice(-3), ['enrolmentKey', 'sealEnrolment', 'receiveEnrolment']);
  assert.ok(!called(kiosk).includes('prepareDocument'));
  const menu = await kiosk.give({ kind: 'agree' });
  assert.ok(menu.screen.kind === 'choose' && menu.screen.questionId === '@kind');
  const kinds = (await eventsOf(kiosk.world.journal)).map(({ body }) => body.kind);
  assert.deepEqual(
    kinds.filter((kind) => kind.startsWith('Enrolment')),
    ['EnrolmentAsked', 'EnrolmentTaken'],
  );
  assert.ok(!JSON.stringify(await eventsOf(kiosk.world.journal)).includes(Buffer.from('sealed').toString('base64')));
});

test('a step that got no answer is asked again under the same id; a refusal is said, and other things can be chosen', async () => {
  const lost = await atConfirm();
  let times = 0;
  lost.world.issuer.script = (name) => (name === 'receiveEnrolment' && times++ === 0 ? 'LOSE_REPLY' : undefined);
  assert.deepEqual(line(await lost.give(confirmed)), { text: 'center.applied.line' });
  const ids = lost.world.issuer.calls.flatMap(({ name, body }) =>
    name === 'receiveEnrolment' ? [(body as { enrolmentId: string }).enrolmentId] : [],
  );
  assert.deepEqual([ids.length, new Set(ids).size], [2, 1]);
  const refused = await atConfirm();
  refused.world.issuer.script = (name) => (name === 'sealEnrolment' ? 'SUPPRESSED' : undefined);
  assert.deepEqual(line(await refused.give(confirmed)), { text: 'refusal.SUPPRESSED' });
  assert.equal(line(await refused.give({ kind: 'agree' })), 'choose');
});

test('an application bound to another session or place goes no further', async () => {
  const kiosk = await atConfirm();
  const { client } = kiosk.world.issuer;
  const other = kiosk.opening().sessionId.replace(/.$/, '0');
  const twisted = {
    ...client,
    sealEnrolment: async (
      ...[params, body]: Parameters<typeof client.sealEnrolment>
    ): ReturnType<typeof client.sealEnrolment> => {
      const given: Answer<{ aad: string; sealed: string }> = await client.sealEnrolment(params, body);
      if (!given.ok) return given;
      const aad = Buffer.from(given.value.aad, 'base64').toString('latin1').replace(kiosk.sessionId, other);
      return answer({ ...given.value, aad: Buffer.from(aad, 'latin1').toString('base64') });
    },
  };
  kiosk.center = createCenter({ ...kiosk.world.options, issuers: () => twisted });
  assert.deepEqual(line(await kiosk.give(confirmed)), { text: 'refusal.MISMATCH_STOP' });
  assert.ok(!called(kiosk).includes('receiveEnrolment'));
});
