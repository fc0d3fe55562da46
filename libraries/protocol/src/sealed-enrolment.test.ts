/** An application for enrolment: readable where it is addressed, by nobody else, and only as it was signed. */
import assert from 'node:assert/strict';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { certificateDer, certify, createAuthority } from './authority.ts';
import { x25519PrivateKey, x25519PublicBytes } from './hpke.ts';
import { type EnrolmentBinding, openEnrolment, sealEnrolment, signEnrolmentKey } from './sealed-enrolment.ts';

const [from, until] = [new Date('2020-01-01'), new Date('2046-01-01')];
const nowMs = Date.parse('2026-11-23T10:00:00+09:00');
const authority = await createAuthority('documents', from, until);
const signerOf = async (id: string, by = authority) => {
  const made = await certify(by, { use: 'document-signing', id, notBefore: from, notAfter: until });
  return { key: createPrivateKey(made.key), certificate: certificateDer(made.certificate) };
};
const [home, there] = [await signerOf('483028'), await signerOf('482013')];
const trust = { documentAuthority: certificateDer(authority.certificate), nowMs };
const key = x25519PrivateKey(randomBytes(32));
const toKey = signEnrolmentKey('482013', x25519PublicBytes(key), there);
const binding: EnrolmentBinding = {
  enrolmentId: 'e',
  from: '483028',
  to: '482013',
  sessionId: 's',
  visitId: 'v',
  terminalId: 'DEMO-0001',
};
const text = (it: string) => ({ text: it });
const content = {
  claim: {
    name: text('町田　見本'),
    birth: text('昭和55年4月12日'),
    registeredDomicile: text('見本県どこでも市'),
    headOfFamilyRegister: text('町田　見本'),
  },
  proof: {
    certificate: randomBytes(9),
    issuerNonce: randomBytes(32),
    kioskKey: randomBytes(32),
    signature: randomBytes(9),
  },
};
const seal = (changed: Partial<EnrolmentBinding> = {}, signer = home, given = toKey) =>
  sealEnrolment({ ...binding, ...changed }, content, given, signer, randomBytes(32), trust);
function sealed(...given: Parameters<typeof seal>) {
  const made = seal(...given);
  assert.ok(made.ok);
  return made.value;
}

test('what was sealed is what is opened, and nothing of the claim stands in the open', () => {
  const made = sealed();
  const opened = openEnrolment(key, made, trust);
  assert.ok(opened.ok);
  assert.deepEqual(opened.value.claim, content.claim);
  assert.deepEqual(opened.value.binding, binding);
  assert.deepEqual(Buffer.from(opened.value.proof.signature), content.proof.signature);
  for (const bytes of [made.aad, made.sealed]) assert.ok(!Buffer.from(bytes).includes(Buffer.from('町田')));
});

test('another key, another binding, one bit more or less: it does not open', () => {
  const made = sealed();
  assert.ok(!openEnrolment(x25519PrivateKey(randomBytes(32)), made, trust).ok);
  assert.ok(!openEnrolment(key, { ...made, aad: sealed({ enrolmentId: 'f' }).aad }, trust).ok);
  for (const name of ['aad', 'sealed'] as const) {
    const bytes = Uint8Array.from(made[name]);
    bytes[5] = (bytes[5] ?? 0) ^ 1;
    assert.ok(!openEnrolment(key, { ...made, [name]: bytes }, trust).ok, name);
  }
});

test('a municipality speaks for its own people: signed by another one, or by nobody the authority knows, it is nothing', async () => {
  assert.ok(!openEnrolment(key, sealed({}, there), trust).ok);
  const stranger = await createAuthority('strangers', from, until);
  assert.ok(!openEnrolment(key, sealed({}, await signerOf('483028', stranger)), trust).ok);
  assert.ok(!openEnrolment(key, sealed(), { ...trust, nowMs: until.getTime() + 1 }).ok);
});

test('it is sealed to a key that the addressed municipality has signed, and to no other', () => {
  const own = x25519PublicBytes(x25519PrivateKey(randomBytes(32)));
  assert.ok(!seal({}, home, { ...toKey, key: own }).ok, 'the key was exchanged on the way');
  assert.ok(!seal({}, home, signEnrolmentKey('482013', own, home)).ok, 'signed by somebody else');
  assert.ok(!seal({ to: '483028' }).ok, 'of another municipality');
});
