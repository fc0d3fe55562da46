/** Papers get the ground that the configuration names for the terminal they are printed at. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import { drawGround, groundProfiles } from '@dokodemo/proof';
import { checkConfig, profileOfConfig } from '../config/read-config.ts';
import { configOf } from '../testing/config.ts';
import { countingEntropy, type Keys, makeKeys } from '../testing/world.ts';
import { groundAt, paperProver } from './prove-paper.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

async function configWith(grounds: unknown) {
  const config = await configOf(keys, { registryUrl: 'https://127.0.0.1:1', database: { url: 'postgres://127.0.0.1/none' } }); // biome-ignore format: one thought
  return { ...config, municipalities: config.municipalities.map((it) => ({ ...it, grounds })) };
}

test('the terminal’s own, else the municipality’s, else the usual one', async () => {
  const [own] = checkConfig(await configWith({ default: 'thin', terminals: { 'KIOSK-0012': 'fat' } })).municipalities;
  assert.ok(own);
  const profile = profileOfConfig(own, false, openFormEngine());
  assert.equal(groundAt(profile, 'KIOSK-0012'), 'fat');
  assert.equal(groundAt(profile, 'KIOSK-0013'), 'thin');
  assert.equal(groundAt(profile, 'constructor'), 'thin');
  assert.equal(groundAt({}, 'KIOSK-0012'), 'usual');
});

test('a name that no profile has, or a misspelt key, does not start', async () => {
  const terminals = (of: object) => ({ terminals: of });
  for (const wrong of [
    { default: 'bold' },
    terminals({ 'KIOSK-0012': 'none' }),
    terminals({ x: 'fat' }),
    { terminal: {} },
  ]) {
    const config = await configWith(wrong);
    assert.throws(() => checkConfig(config), /grounds/, JSON.stringify(wrong));
  }
});

test('every profile can be named, and is what is drawn on the front', () => {
  const prover = paperProver(openFormEngine().backs);
  for (const name of ['thin', 'usual', 'medium', 'fat', 'heavy'] as const) {
    const profile = groundProfiles.find((it) => it.name === name);
    assert.ok(profile);
    const { ground } = prover.begin(countingEntropy(), name).front;
    assert.deepEqual(ground?.bits, drawGround(profile).bits);
    assert.equal(prover.begin(countingEntropy(), name).front.ground, ground, 'made once');
  }
  assert.equal(groundProfiles.length, 5);
});
