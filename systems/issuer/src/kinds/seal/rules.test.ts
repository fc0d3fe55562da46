import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { SealCancellation } from '@dokodemo/domain';
import { date, japanese, restriction } from '../../testing/people.ts';
import { offered, offeredFees, seal } from '../../testing/rolls.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  prepare,
  refusedAs,
  value,
  type World,
  wishBody,
} from '../../testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

const wish = (world: World) => wishBody(world, { kindId: 'seal', answers: { holder: ['holder'] } });

function worldWithSeal(): World {
  const world = createWorld(keys, { profile: { kinds: offered, fees: offeredFees } });
  world.register.seals.set('101', seal());
  return world;
}

async function sealMenu(world: World) {
  const { session, menu, labels } = await enter(world);
  return { session, labels, kind: menu.kinds.find(({ id }) => id === 'seal') };
}

const cancelled = (reason: SealCancellation) => {
  const { impression: _, ...entry } = seal();
  return { ...entry, state: 'cancelled' as const, cancelledOn: date('2026-11-23'), reason };
};

test('the holder’s own, nothing is asked but how many; the screen to confirm says whose', async () => {
  const world = worldWithSeal();
  const { session, labels, kind } = await sealMenu(world);
  assert.deepEqual([kind?.closed, kind?.questions.length], [undefined, 1]);
  const label = kind?.questions[0]?.options[0]?.label;
  assert.ok(label !== undefined && 'sealed' in label);
  assert.equal(labels?.[label.sealed], '佐藤 花子');
  value(await prepare(world, session, wish(world)));
});

test('who has no seal registered is told so before choosing; a cancelled one reads the same whatever ended it', async () => {
  const none = worldWithSeal();
  none.register.seals.clear();
  assert.equal((await sealMenu(none)).kind?.closed, 'SEAL_NONE');
  for (const reason of ['lost', 'changed-seal', 'guardianship', 'name-changed'] as const) {
    const world = worldWithSeal();
    world.register.seals.set('101', cancelled(reason));
    const { session, kind } = await sealMenu(world);
    assert.deepEqual([kind?.closed, kind?.note], ['SEAL_CANCELLED', undefined]);
    refusedAs(await prepare(world, session, wish(world)), 'SEAL_CANCELLED');
  }
});

test('a registration that ends between menu and document is not certified, nor one that is taken away', async () => {
  const world = worldWithSeal();
  const { session } = await sealMenu(world);
  world.register.seals.set('101', cancelled('lost'));
  refusedAs(await prepare(world, session, wish(world)), 'SEAL_CANCELLED');
  world.register.seals.clear();
  refusedAs(await prepare(world, session, wish(world)), 'SEAL_NONE');
  assert.equal(world.form.drawn, 0);
});

test('a restriction, a guardianship, a change in progress, a move that was notified: one answer, and none in the menu', async () => {
  const cases: ((world: World) => void)[] = [
    ({ register }) => register.restrictions.push(restriction({ addresseeNumber: '101' })),
    ({ register }) => register.restrictions.push(restriction({ householdNumber: '5001' })),
    ({ register }) => register.restrictions.push(restriction({ addresseeNumber: '101' }, { reason: 'guardianship' })),
    ({ register }) =>
      register.restrictions.push(restriction({ addresseeNumber: '101' }, { reason: 'change-in-progress' })),
    ({ register }) => {
      const [home] = register.households;
      assert.ok(home);
      register.households[0] = {
        ...home,
        members: [japanese('101', '佐藤 花子', { movingOutOn: date('2026-12-24') })],
      };
    },
  ];
  for (const [i, change] of cases.entries()) {
    const world = worldWithSeal();
    change(world);
    const { session, kind } = await sealMenu(world);
    assert.equal(kind?.closed, undefined, `case ${i}`);
    refusedAs(await prepare(world, session, wish(world)), 'SUPPRESSED');
  }
});

test('a restriction on somebody else at home does not stop the holder’s own seal', async () => {
  const world = worldWithSeal();
  world.register.restrictions.push(restriction({ addresseeNumber: '103' }));
  const { session } = await sealMenu(world);
  value(await prepare(world, session, wish(world)));
});

test('a child has none here, and a policy that leaves moves out serves until the day', async () => {
  const world = worldWithSeal();
  const home = world.register.households[0];
  assert.ok(home);
  const holder = (more: Parameters<typeof japanese>[2]) => {
    world.register.households[0] = { ...home, members: [japanese('101', '佐藤 花子', more)] };
  };
  holder({ birth: date('2012-01-01') });
  assert.equal((await sealMenu(world)).kind?.closed, 'UNDER_15');
  world.profile = { ...world.profile, policies: { ...world.profile.policies, movingOut: 'leave-out' } };
  holder({ movingOutOn: date('2026-11-24') });
  const { session } = await sealMenu(world);
  value(await prepare(world, session, wish(world)));
  holder({ movingOutOn: date('2026-11-23') });
  refusedAs(await prepare(world, session, wish(world)), 'NOT_RESIDENT');
});
