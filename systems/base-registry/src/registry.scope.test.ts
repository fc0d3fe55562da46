import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@dokodemo/domain';
import { answerRequest, type Peer, type PeerRole, registerEndpoints } from '@dokodemo/protocol';
import { createBaseRegistry } from './registry.ts';
import { createMemoryRegister } from './store/memory-register.ts';
import { makeTown } from './town/town.ts';

const town = makeTown({ municipality: '482013', name: '見本県どこでも市', residents: 60, seed: 5 });
const store = createMemoryRegister(systemClock);
await store.load(town);
const registry = createBaseRegistry({ store, issuers: { '482013': ['482013'] } });

async function ask(peer: Peer, municipality: string, body: object): Promise<{ status: number; text: string }> {
  const reply = await answerRequest(
    registerEndpoints,
    registry.handlers,
    'residenceSnapshot',
    { peer, params: { municipality }, body: Buffer.from(JSON.stringify(body)) },
    () => undefined,
  );
  return { status: reply.status, text: Buffer.from(reply.body).toString() };
}

test('the issuer of a municipality is answered', async () => {
  const reply = await ask({ role: 'issuer', id: '482013' }, '482013', { holder: town.named.taro });
  assert.equal(reply.status, 200);
  assert.ok(reply.text.includes('見本　太郎'));
});

test('every other role, and an issuer of another municipality, learns nothing', async () => {
  for (const role of ['kiosk', 'center', 'base-registry', 'operator'] satisfies PeerRole[]) {
    const reply = await ask({ role, id: '482013' }, '482013', { holder: town.named.taro });
    assert.equal(reply.status, 403, role);
    assert.ok(!reply.text.includes('見本'));
  }
  for (const [id, municipality] of [
    ['483028', '482013'],
    ['482013', '483028'],
  ] as const) {
    const reply = await ask({ role: 'issuer', id }, municipality, { holder: town.named.taro });
    assert.equal(reply.status, 403);
    assert.ok(!reply.text.includes('見本'));
  }
});

test('unknown fields are refused', async () => {
  assert.equal(
    (await ask({ role: 'issuer', id: '482013' }, '482013', { holder: town.named.taro, also: 1 })).status,
    400,
  );
});
