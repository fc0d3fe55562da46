/** Restrictions: a clerk of the municipality, and nobody else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock, systemEntropy, uuidV7 } from '@dokodemo/domain';
import { answerRequest, type Peer, type PeerRole } from '@dokodemo/protocol';
import { registryOperatorEndpoints } from './operator-endpoints.ts';
import { createBaseRegistry } from './registry.ts';
import { createMemoryRegister } from './store/memory-register.ts';
import { makeTown } from './town/town.ts';

const town = makeTown({ municipality: '482013', name: '見本県どこでも市', residents: 60, seed: 5 });
const taro = town.named.taro ?? '';
const hanako = town.named.hanako ?? '';
const store = createMemoryRegister(systemClock);
await store.load(town);
const registry = createBaseRegistry({ store, issuers: {}, operators: { '482013': ['clerk-1'] } });
const clerk: Peer = { role: 'operator', id: 'clerk-1' };
const newId = () => uuidV7(systemClock, systemEntropy);

async function ask(peer: Peer, name: keyof typeof registryOperatorEndpoints, params: object, body: object | null) {
  const reply = await answerRequest(
    registryOperatorEndpoints,
    registry.operatorHandlers,
    name,
    {
      peer,
      params: { municipality: '482013', ...params },
      body: body === null ? null : Buffer.from(JSON.stringify(body)),
    },
    () => undefined,
  );
  return { status: reply.status, said: JSON.parse(Buffer.from(reply.body).toString()) };
}

const measure = () => ({ actId: newId(), reason: 'protection-measure', level: 'error', from: '2026-04-01' });
const inForce = async (addresseeNumber: string) =>
  (await ask(clerk, 'listRestrictions', { addresseeNumber }, null)).said.restrictions;

test('a clerk sets a protection measure, everybody at home is concerned, and it is lifted again', async () => {
  const body = measure();
  const set = await ask(clerk, 'setRestriction', { addresseeNumber: hanako }, body);
  assert.deepEqual(set, { status: 200, said: { restrictionId: body.actId } });
  const { actId, ...rest } = body;
  assert.deepEqual(await inForce(hanako), [{ restrictionId: actId, own: true, ...rest }]);
  assert.deepEqual(await inForce(taro), [{ restrictionId: actId, own: false, ...rest }]);
  assert.equal((await store.snapshot('482013', taro))?.restrictions.length, 1);
  const lift = { actId: newId() };
  for (const _ of [1, 2])
    assert.equal((await ask(clerk, 'liftRestriction', { restrictionId: actId }, lift)).status, 200);
  assert.deepEqual(await inForce(taro), []);
});

test('the same id with another body is refused, and so is what is not there', async () => {
  const body = measure();
  await ask(clerk, 'setRestriction', { addresseeNumber: taro }, body);
  const other = await ask(clerk, 'setRestriction', { addresseeNumber: taro }, { ...body, level: 'alert' });
  assert.equal(other.said.code, 'SAME_ID_OTHER_BODY');
  assert.equal((await ask(clerk, 'setRestriction', { addresseeNumber: '1' }, measure())).said.code, 'UNKNOWN');
  assert.equal((await ask(clerk, 'listRestrictions', { addresseeNumber: '1' }, null)).said.code, 'UNKNOWN');
  assert.equal(
    (await ask(clerk, 'liftRestriction', { restrictionId: 'none' }, { actId: newId() })).said.code,
    'UNKNOWN',
  );
  await ask(clerk, 'liftRestriction', { restrictionId: body.actId }, { actId: newId() });
});

test('every other role, and a clerk of another municipality, reads and changes nothing', async () => {
  const { actId } = measure();
  await ask(clerk, 'setRestriction', { addresseeNumber: taro }, { ...measure(), actId });
  const strangers: Peer[] = [
    ...(['kiosk', 'center', 'issuer', 'base-registry'] satisfies PeerRole[]).map((role) => ({ role, id: 'clerk-1' })),
    { role: 'operator', id: 'clerk-2' },
  ];
  for (const peer of strangers) {
    const replies = [
      await ask(peer, 'listRestrictions', { addresseeNumber: taro }, null),
      await ask(peer, 'setRestriction', { addresseeNumber: taro }, measure()),
      await ask(peer, 'liftRestriction', { restrictionId: actId }, { actId: newId() }),
    ];
    for (const { status, said } of replies) assert.deepEqual([status, said.code], [403, 'NOT_ALLOWED'], peer.role);
  }
  const elsewhere = await ask(clerk, 'listRestrictions', { municipality: '483028', addresseeNumber: taro }, null);
  assert.equal(elsewhere.said.code, 'NOT_ALLOWED');
  assert.equal((await inForce(taro)).length, 1);
});
