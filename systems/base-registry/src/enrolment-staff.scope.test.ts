/** 利用登録 in the hands of staff: clerks of the municipality and its issuer, and nobody else; decided once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock, systemEntropy, uuidV7 } from '@dokodemo/domain';
import { answerRequest, enrolmentStaffEndpoints, type Peer } from '@dokodemo/protocol';
import { createBaseRegistry } from './registry.ts';
import { createMemoryRegister } from './store/memory-register.ts';
import { makeTown } from './town/town.ts';

const city = '482013';
const town = makeTown({ municipality: city, name: '見本県どこでも市', residents: 60, seed: 5 });
const machi = town.enrollable.machi ?? '';
const store = createMemoryRegister(systemClock);
await store.load(town);
const registry = createBaseRegistry({ store, issuers: { [city]: ['issuer-1'] }, operators: { [city]: ['clerk-1'] } });
const newId = () => uuidV7(systemClock, systemEntropy);
const clerk: Peer = { role: 'operator', id: 'clerk-1' };
const staff: readonly Peer[] = [clerk, { role: 'issuer', id: 'issuer-1' }];
const strangers: readonly Peer[] = [
  { role: 'operator', id: 'clerk-2' },
  { role: 'issuer', id: 'issuer-2' },
  { role: 'operator', id: 'issuer-1' },
  { role: 'center', id: 'clerk-1' },
  { role: 'kiosk', id: 'clerk-1' },
];
const claim = {
  name: { text: '町田　見本' },
  birth: { text: '昭和55年4月12日' },
  registeredDomicile: { text: '見本県どこでも市港町二丁目5番地' },
  headOfFamilyRegister: { text: '町田　見本' },
};

async function applied(serialHex: string): Promise<string> {
  const enrolmentId = newId();
  const change = { kind: 'apply-for-enrolment', enrolmentId, serialHex, from: '483028', claim } as const;
  assert.ok(await store.change(city, 'issuer-1', change));
  return enrolmentId;
}

async function ask(peer: Peer, name: keyof typeof enrolmentStaffEndpoints, more: object, body: object = {}) {
  const request = {
    peer,
    params: { municipality: city, ...more },
    body: Buffer.from(JSON.stringify({ by: 'hanako@example', ...body })),
  };
  const handlers = registry.enrolmentStaffHandlers;
  const reply = await answerRequest(enrolmentStaffEndpoints, handlers, name, request, () => undefined);
  return { status: reply.status, said: JSON.parse(Buffer.from(reply.body).toString()) };
}

test('staff see what waits, beside who stands in the register, and approve it once', async () => {
  for (const [i, peer] of staff.entries()) {
    const serialHex = `ab${i}`;
    const enrolmentId = await applied(serialHex);
    const waiting = await ask(peer, 'waitingEnrolments', {});
    assert.deepEqual(
      waiting.said.enrolments.map((it: { enrolmentId: string }) => it.enrolmentId),
      [enrolmentId],
    );
    const { said } = await ask(peer, 'enrolmentBesideRegister', { enrolmentId });
    assert.deepEqual([said.enrolment.claim, said.candidates[0].addresseeNumber], [claim, machi]);
    const act = { actId: newId(), decision: { approve: { addresseeNumber: machi } } };
    for (const _ of [1, 2]) assert.equal((await ask(peer, 'decideEnrolment', { enrolmentId }, act)).status, 200);
    assert.equal(await store.findHolder(city, serialHex), machi);
    const again = { actId: newId(), decision: { reject: true } };
    assert.equal((await ask(peer, 'decideEnrolment', { enrolmentId }, again)).said.code, 'UNKNOWN');
    const other = { ...act, decision: { reject: true } };
    assert.equal((await ask(peer, 'decideEnrolment', { enrolmentId }, other)).said.code, 'SAME_ID_OTHER_BODY');
  }
});

test('a rejected application opens nothing; nobody is approved who is not in a register here', async () => {
  const enrolmentId = await applied('cd1');
  const nobody = { actId: newId(), decision: { approve: { addresseeNumber: '1' } } };
  assert.equal((await ask(clerk, 'decideEnrolment', { enrolmentId }, nobody)).said.code, 'UNKNOWN');
  const reject = { actId: newId(), decision: { reject: true } };
  assert.equal((await ask(clerk, 'decideEnrolment', { enrolmentId }, reject)).status, 200);
  assert.equal(await store.findHolder(city, 'cd1'), undefined);
});

test('everybody else reads and decides nothing', async () => {
  const enrolmentId = await applied('ef1');
  const act = () => ({ actId: newId(), decision: { approve: { addresseeNumber: machi } } });
  for (const peer of strangers) {
    const replies = [
      await ask(peer, 'waitingEnrolments', {}),
      await ask(peer, 'enrolmentBesideRegister', { enrolmentId }),
      await ask(peer, 'decideEnrolment', { enrolmentId }, act()),
    ];
    for (const { status, said } of replies) assert.deepEqual([status, said.code], [403, 'NOT_ALLOWED'], peer.id);
  }
  const elsewhere = await ask(clerk, 'waitingEnrolments', { municipality: '483028' });
  assert.equal(elsewhere.said.code, 'NOT_ALLOWED');
  assert.equal(await store.findHolder(city, 'ef1'), undefined);
});
