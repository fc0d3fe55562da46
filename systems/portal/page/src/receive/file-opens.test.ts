/** What a kiosk seals, a browser opens: with the key of its address, and in no other way. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fileAddress, sealFile } from '@dokodemo/protocol';
import { readAddress } from './address.ts';
import { openFile } from './open-file.ts';

const file = Buffer.from('%PDF-1.4 a certificate');
const depositId = randomBytes(16).toString('base64url');
const key = randomBytes(32);
const sealed = new Uint8Array(sealFile(file, key, randomBytes(12), depositId));
const read = (address: string) => readAddress(new URL(address).hash);

test('the address says all that is needed, behind its #', async () => {
  const address = fileAddress('https://portal.example', depositId, key);
  const found = read(address) ?? assert.fail();
  assert.deepEqual([found.depositId, Buffer.from(found.key)], [depositId, key]);
  assert.equal(new URL(address).pathname, '/receive');
  const opened = await openFile(sealed, found);
  assert.equal(opened?.type, 'application/pdf');
  assert.deepEqual(Buffer.from((await opened?.arrayBuffer()) ?? []), file);
});

test('another key, another id, any bit changed, anything cut: nothing is opened', async () => {
  const changed = (at: number) => sealed.map((byte, i) => (i === at ? byte ^ 1 : byte));
  const right = { depositId, key: new Uint8Array(key) };
  for (let at = 0; at < sealed.length; at++) assert.equal(await openFile(changed(at), right), undefined);
  for (const length of [0, 12, 28, sealed.length - 1]) {
    assert.equal(await openFile(sealed.slice(0, length), right), undefined);
  }
  assert.equal(await openFile(sealed, { ...right, key: new Uint8Array(randomBytes(32)) }), undefined);
  assert.equal(await openFile(sealed, { ...right, depositId: randomBytes(16).toString('base64url') }), undefined);
});

test('what is no address is none', () => {
  for (const hash of [
    '',
    '#',
    `#${depositId}`,
    `#${depositId}.`,
    `#${depositId}.${'a'.repeat(42)}`,
    `#${depositId}.${'a'.repeat(44)}`,
    `#x${depositId}.${'a'.repeat(43)}`,
    `#${depositId}.${'='.repeat(43)}`,
  ])
    assert.equal(readAddress(hash), undefined);
});
