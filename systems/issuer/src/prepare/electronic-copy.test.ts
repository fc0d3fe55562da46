/** Who is asked whether it shall be a file, and what comes of it. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import { samplesOf } from '@dokodemo/documents/samples';
import { checkSignedPdf, readCheckCode, sha256 } from '@dokodemo/proof';
import { certificateDer, certify, createAuthority, privateKeyOf } from '@dokodemo/protocol/authority';
import { profileOfConfig } from '../config/read-config.ts';
import { configOf } from '../testing/config.ts';
import { town } from '../testing/people.ts';
import {
  countingEntropy,
  createWorld,
  enter,
  type Keys,
  makeKeys,
  openAtKiosk,
  prepare,
  profileOf,
  refusedAs,
  terminalIds,
  value,
  wishBody,
} from '../testing/world.ts';
import { electronicProver } from './electronic-copy.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

/** A municipality that offers residence certificates as files, at these terminals. */
function offering(terminals: readonly string[], isOffered = true) {
  const { kinds } = profileOf(keys, town);
  return {
    kinds: kinds.map((kind) => (kind.kindId === 'residence' ? { ...kind, electronicCopies: isOffered } : kind)),
    electronicCopies: { authority: new Uint8Array(0), terminals },
  };
}

const answers = { scope: ['all'], show: [], medium: ['electronic'] };

describe('the question', () => {
  const lastQuestion = async (profile: ReturnType<typeof offering> | undefined) => {
    const world = createWorld(keys, profile === undefined ? {} : { profile });
    const { session, menu } = await enter(world);
    return { world, session, last: menu.kinds[0]?.questions.at(-1)?.id };
  };

  test('is put last, where the kind is offered so and the terminal can hand over a file; nowhere else', async () => {
    const { session, last } = await lastQuestion(undefined);
    assert.equal(last, 'show');
    assert.equal((await lastQuestion(offering([session.terminalId]))).last, 'medium');
    assert.equal((await lastQuestion(offering(['OTHER-0001']))).last, 'show');
    assert.equal((await lastQuestion(offering([session.terminalId], false))).last, 'show');
  });

  test('answered where it was not put, or offered no more: refused', async () => {
    const at = await lastQuestion(offering(['OTHER-0001']));
    refusedAs(await prepare(at.world, at.session, wishBody(at.world, { answers })), 'ANSWERS_WRONG');
    const then = await lastQuestion(offering([at.session.terminalId]));
    then.world.profile = { ...then.world.profile, ...offering([at.session.terminalId], false) };
    refusedAs(await prepare(then.world, then.session, wishBody(then.world, { answers })), 'ANSWERS_WRONG');
  });

  test('answered with paper: paper, and the seal is bound to that answer', async () => {
    const { world, session } = await lastQuestion(offering([terminalIds[0]]));
    const wish = wishBody(world, { answers: { ...answers, medium: ['paper'] } });
    const { binding } = value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
    assert.deepEqual(binding.answers.medium, ['paper']);
  });
});

test('a configuration that would make copies nobody believes is refused before anything listens', async () => {
  const database = { url: 'postgres://127.0.0.1/none' };
  const [config] = (await configOf(keys, { registryUrl: 'http://127.0.0.1:1', database })).municipalities;
  assert.ok(config);
  const engine = openFormEngine();
  const kinds = config.kinds.map((kind) => ({ ...kind, electronicCopies: true }));
  const read = (authority?: string) => {
    const electronicCopies = authority === undefined ? {} : { electronicCopies: { authority: { pem: authority }, terminals: [...terminalIds] } }; // biome-ignore format: one thought
    return profileOfConfig({ ...config, kinds, ...electronicCopies }, false, engine);
  };
  assert.throws(() => read(), /residence offers electronic copies, and electronicCopies is not set/);
  assert.throws(() => read(keys.systems.certificate), /has not certified the document-signing keys/);
  const { electronicCopies } = read(keys.documents.certificate);
  assert.deepEqual(electronicCopies?.authority, certificateDer(keys.documents.certificate));
});

test('a copy is one file, whatever its sheets, and is what was signed to whoever checks it', async () => {
  const period = { notBefore: new Date('2026-01-01'), notAfter: new Date('2027-01-01') };
  const authority = await createAuthority('documents', new Date('2025-01-01'), new Date('2031-01-01'));
  const made = await certify(authority, { use: 'document-signing', id: town, ...period });
  const engine = openFormEngine();
  const copy = electronicProver(certificateDer(authority.certificate)).begin(countingEntropy());
  const rendered = samplesOf('family-register')[1]?.render(engine, {
    municipality: profileOf(keys, town).code,
    municipalityName: '見本県どこでも市',
    documentNumber: '20261123-482013-0000001',
    issuedOn: '2026-11-23',
    issuedAt: '2026-11-23T10:00:00.000+09:00',
    certifier: { title: '見本県どこでも市長', name: { text: '例示　明子' }, seal: engine.drawSeal('見本之印', 18) },
    specimen: true,
    proof: copy.front,
  });
  assert.ok(rendered?.ok);
  const signer = { key: privateKeyOf(made.key), certificate: certificateDer(made.certificate) };
  const of = {
    profile: { ...profileOf(keys, town), signer },
    kindId: 'family-register',
    documentNumber: '20261123-482013-0000001',
    specimen: true,
    issuedAtMs: Date.parse('2026-11-23T10:00:00.000+09:00'),
  } as const;
  const sheets = rendered.sheets.map(({ pdf }) => pdf);
  const files = value(await copy.finish(sheets, of));
  assert.equal(files.length, 1);
  // The log is told of the file that a verifier is given, under the code that stands on it.
  const code = readCheckCode(copy.front.checkCode) ?? '';
  assert.deepEqual(copy.coded(sheets, files), { code, fronts: files.map((file) => sha256(file)) });
  const trust = {
    format: 'dokodemo/trust/v1' as const,
    madeAt: '2026-11-23T00:00:00Z',
    authorities: [authority.certificate],
    revoked: [],
  };
  const found = checkSignedPdf(files[0] as Uint8Array, trust);
  assert.ok(found.kind === 'signed', JSON.stringify(found));
  assert.deepEqual([found.facts.sheets, found.facts.issuer], [sheets.length, town]);
  assert.ok(sheets.length > 10);
  refusedAs(await copy.finish([new Uint8Array(100)], of), 'DEFECT');
  refusedAs(await copy.finish(sheets, { ...of, issuedAtMs: Date.parse('2029-01-01') }), 'DEFECT');
});
