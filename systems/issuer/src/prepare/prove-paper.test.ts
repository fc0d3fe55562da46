/** What stands on the back of every sheet is what stands on its front, signed by the key that is in force. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type BackMaker, type FormEngine, openFormEngine, readPages } from '@dokodemo/documents';
import { type DocumentNumber, municipalityCode } from '@dokodemo/domain';
import {
  grayOf,
  joinTiles,
  openBack,
  openCodeReader,
  readCheckCode,
  readTile,
  sha256,
  type TrustBundle,
} from '@dokodemo/proof';
import { type Authority, certificateDer, certify, createAuthority } from '@dokodemo/protocol/authority';
import { satoFamily, town } from '../testing/people.ts';
import { countingEntropy } from '../testing/world.ts';
import { type PaperSigner, paperSigner, signerInForce, softwareSigner } from './paper-signer.ts';
import { pkcs11Signer, SigningFailed } from './pkcs11-signer.ts';
import { paperProver } from './prove-paper.ts';

const issuedAtMs = Date.parse('2026-11-23T10:00:00.000+09:00');
const period = { notBefore: new Date('2026-01-01'), notAfter: new Date('2027-01-01') };
const entropy = countingEntropy();

type Made = { readonly key: string; readonly certificate: string };
let engine: FormEngine;
let authority: Authority;
let trust: TrustBundle;
let own: Made;
const makeSigner = (given: Partial<typeof period> = {}) =>
  certify(authority, { use: 'document-signing', id: town, ...period, ...given });
const software = ({ key, certificate }: Made) => softwareSigner(createPrivateKey(key), certificateDer(certificate));
const keyOf = ({ key, certificate }: Made): { key: KeyObject; certificate: Uint8Array } => ({
  key: createPrivateKey(key),
  certificate: certificateDer(certificate),
});

before(async () => {
  engine = openFormEngine();
  authority = await createAuthority('documents', new Date('2025-01-01'), new Date('2031-01-01'));
  trust = {
    format: 'dokodemo/trust/v1',
    madeAt: '2026-11-23T00:00:00Z',
    authorities: [authority.certificate],
    revoked: [],
  };
  own = await makeSigner();
});

/** A family's certificate, with all its members several times over where a sheet is not enough. */
function frontsOf(proof: object, times = 1): readonly Uint8Array[] {
  const household = satoFamily();
  const members = Array.from({ length: times }, (_, i) =>
    household.members.map((it) => ({ ...it, addresseeNumber: `${it.addresseeNumber}${i}` })),
  ).flat();
  const rendered = engine.renderResidenceCertificate({
    snapshot: {
      municipality: municipalityCode(town),
      asOf: '2026-11-23T10:00:00.000+09:00',
      holder: members[0]?.addresseeNumber ?? '',
      household: { ...household, members },
      restrictions: [],
      versions: {},
    },
    options: {
      scope: 'all', headAndRelationship: true, domicile: true, individualNumber: true, nationality: true,
      residenceStatus: true, residenceCardNumber: true,
    }, // biome-ignore format: one thought
    memberNumbers: members.map(({ addresseeNumber }) => addresseeNumber),
    frame: {
      municipality: municipalityCode(town),
      municipalityName: '見本県どこでも市',
      documentNumber: '20261123-482013-0000001',
      issuedOn: '2026-11-23',
      issuedAt: '2026-11-23T10:00:00.000+09:00',
      certifier: {
        title: '見本県どこでも市長',
        name: { text: '見本　一郎' },
        seal: engine.drawSeal('どこでも市長之印', 22),
      },
      specimen: true,
      ...proof,
    },
  });
  assert.ok(rendered.ok, JSON.stringify(rendered));
  return rendered.sheets.map(({ pdf }) => pdf);
}

type Copy = { readonly code: string; readonly fronts: readonly Uint8Array[]; readonly sheets: readonly Uint8Array[] };

async function makeCopy(signers: readonly PaperSigner[] | undefined, times = 1, backs: BackMaker = engine.backs) {
  const begun = paperProver(backs).begin(entropy);
  const fronts = frontsOf({ proof: begun.front }, times);
  const finished = await begun.finish(fronts, {
    profile: {
      code: municipalityCode(town),
      name: '見本県どこでも市',
      signer: keyOf(own),
      ...(signers === undefined ? {} : { paperSigners: signers }),
    },
    kindId: 'residence',
    documentNumber: '20261123-482013-0000001' as DocumentNumber,
    specimen: true,
    issuedAtMs,
  });
  const code = readCheckCode(begun.front.checkCode) ?? '';
  const coded = { code, fronts: fronts.map((front) => sha256(front)) };
  assert.deepEqual(begun.coded(fronts, finished.ok ? finished.value : []), coded);
  return { code, fronts, finished };
}

async function madeCopy(signers?: readonly PaperSigner[], times = 1): Promise<Copy> {
  const { finished, ...copy } = await makeCopy(signers, times);
  assert.ok(finished.ok, JSON.stringify(finished));
  return { ...copy, sheets: finished.value };
}

async function messageOf(sheet: Uint8Array): Promise<Uint8Array> {
  const field = engine.backs.takeApart(sheet)?.field;
  assert.ok(field);
  const codes = await (await openCodeReader())(grayOf(field, 3, 12));
  const tiles = codes.map(({ bytes }) => readTile(bytes)).filter((it) => it !== undefined);
  const message = joinTiles(tiles, sha256)[0]?.message;
  assert.ok(message);
  return message;
}

async function opened(copy: Copy, sheet: number, bundle = trust) {
  const result = openBack(await messageOf(copy.sheets[sheet] as Uint8Array), copy.code, bundle);
  assert.ok(result.opened);
  return result;
}

describe('a copy of several sheets', () => {
  let copies: readonly Copy[];
  before(async () => {
    copies = [await madeCopy(undefined, 5), await madeCopy(undefined, 5)];
  });

  test('says on each back which sheet it is, and the digests of the very bytes that are printed', async () => {
    const [copy] = copies as [Copy];
    assert.ok(copy.sheets.length >= 2);
    for (const [i, sheet] of copy.sheets.entries()) {
      const front = copy.fronts[i] as Uint8Array;
      assert.deepEqual(Buffer.from(sheet.subarray(0, front.length)), Buffer.from(front));
      const { facts, signature, signer } = await opened(copy, i);
      assert.deepEqual([facts.sheet, facts.sheets, signature, signer.trusted], [i + 1, copy.sheets.length, true, true]);
      assert.deepEqual(
        facts.fronts.map((it) => Buffer.from(it)),
        copy.fronts.map((it) => Buffer.from(sha256(it))),
      );
      const [page] = readPages(front);
      assert.deepEqual(facts.words, page?.words());
      assert.deepEqual(facts.picture, page?.draw(facts.pictureDpi).blackerThan(96, 40));
    }
  });

  test('has a code of its own, which opens no other copy', async () => {
    const [one, other] = copies as [Copy, Copy];
    assert.notEqual(one.code, other.code);
    const message = await messageOf(other.sheets[0] as Uint8Array);
    assert.deepEqual(openBack(message, one.code, trust), { opened: false, why: 'other-code' });
  });

  test('has a coarser picture where the finest leaves too little parity', async () => {
    const dpis: number[] = [];
    for (const more of [0, 5_000, 8_000, 11_000]) {
      // A longer certificate stands for a denser front.
      const { certificate, ...signer } = software(own);
      const copy = await madeCopy([{ ...signer, certificate: Buffer.concat([certificate, Buffer.alloc(more)]) }]);
      dpis.push((await opened(copy, 0)).facts.pictureDpi);
    }
    assert.deepEqual([dpis[0], dpis.at(-1)], [150, 100]);
    assert.deepEqual(
      dpis,
      dpis.toSorted((a, b) => b - a),
    );
  });
});

test('a front that fits on no back is refused, not printed without one', async () => {
  // A certificate so long that no picture leaves room beside it.
  const huge = paperSigner(keyOf(own).certificate, software(own).sign);
  const { finished } = await makeCopy([{ ...huge, certificate: new Uint8Array(30_000) }]);
  assert.deepEqual(finished.ok ? 'printed' : finished.failure.code, 'PAGE_LIMIT');
});

describe('keys change with the years', () => {
  test('the one in force that began last signs; none in force: nothing is issued', async () => {
    const old = software(await makeSigner({ notBefore: new Date('2025-06-01'), notAfter: new Date('2026-12-31') }));
    const current = software(await makeSigner({ notBefore: new Date('2026-10-01'), notAfter: new Date('2028-01-01') }));
    const coming = software(await makeSigner({ notBefore: new Date('2026-12-01'), notAfter: new Date('2029-01-01') }));
    assert.equal(signerInForce([old, current, coming], issuedAtMs), current);
    assert.equal(signerInForce([coming, old], issuedAtMs), old);
    const copy = await madeCopy([old, current, coming]);
    const { signer } = await opened(copy, 0);
    const serial = new X509Certificate(current.certificate).serialNumber.toLowerCase();
    assert.deepEqual(signer.trusted && BigInt(`0x${signer.serial}`), BigInt(`0x${serial}`));
    const { finished } = await makeCopy([coming]);
    assert.equal(finished.ok ? 'issued' : finished.failure.code, 'DEFECT');
  });

  test('a paper of the old key still holds; of one that was taken back it is said', async () => {
    const old = software(await makeSigner({ notAfter: new Date('2026-11-30') }));
    const copy = await madeCopy([old]);
    assert.ok((await opened(copy, 0)).signer.trusted);
    const serial = new X509Certificate(old.certificate).serialNumber;
    const revoked = { ...trust, revoked: [{ serial, from: '2026-11-01T00:00:00Z' }] };
    assert.deepEqual((await opened(copy, 0, revoked)).signer, { trusted: false, why: 'signer-revoked' });
  });
});

const softhsm = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'].find(
  existsSync,
);
const hasTools = ['/usr/bin/pkcs11-tool', '/usr/bin/softhsm2-util'].every((it) => existsSync(it));
const missing = softhsm !== undefined && hasTools ? false : 'softhsm2 and opensc are not installed';

describe('a key that never leaves its module', { skip: missing }, () => {
  const module = softhsm ?? '';
  let folder = '';
  let inModule: Made;
  const before11 = process.env.SOFTHSM2_CONF;
  const place = (name: string) => path.join(folder, name);
  const run = (program: string, ...args: string[]) => {
    const done = spawnSync(program, args, { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
  };
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'softhsm-'));
    writeFileSync(
      place('softhsm2.conf'),
      `directories.tokendir = ${folder}\nobjectstore.backend = file\nlog.level = ERROR\n`,
    );
    process.env.SOFTHSM2_CONF = place('softhsm2.conf');
    run('softhsm2-util', '--init-token', '--free', '--label', 'town', '--so-pin', '12345678', '--pin', '8642');
    inModule = await makeSigner();
    writeFileSync(place('key.pem'), inModule.key);
    run(
      'softhsm2-util',
      '--import',
      place('key.pem'),
      '--token',
      'town',
      '--label',
      'documents',
      '--id',
      '01',
      '--pin',
      '8642',
    );
    rmSync(place('key.pem'));
    writeFileSync(place('pin'), '8642\n');
  });
  after(() => {
    if (before11 === undefined) delete process.env.SOFTHSM2_CONF;
    else process.env.SOFTHSM2_CONF = before11;
    rmSync(folder, { recursive: true, force: true });
  });
  const key = (more = {}) => ({ module, token: 'town', id: '01', pinFile: place('pin'), ...more });

  test('signs the back of a paper', async () => {
    const copy = await madeCopy([pkcs11Signer(key(), certificateDer(inModule.certificate))]);
    const { signature, signer } = await opened(copy, 0);
    assert.deepEqual([signature, signer.trusted], [true, true]);
  });

  test('many signatures at once come all, each of its own statement', async () => {
    const signer = pkcs11Signer(key(), certificateDer(inModule.certificate));
    const all = await Promise.all(Array.from({ length: 9 }, (_, i) => signer.sign(Uint8Array.of(i))));
    assert.equal(new Set(all.map((it) => Buffer.from(it).toString('hex'))).size, 9);
  });

  test('with a wrong PIN, key, token or certificate nothing is issued, and it is said why', async () => {
    writeFileSync(place('wrong-pin'), '0000');
    const certificate = certificateDer(inModule.certificate);
    for (const signer of [
      pkcs11Signer(key({ pinFile: place('wrong-pin') }), certificate),
      pkcs11Signer(key({ id: '0f' }), certificate),
      pkcs11Signer(key({ token: 'other' }), certificate),
      pkcs11Signer(key({ pinFile: place('absent') }), certificate),
      pkcs11Signer(key(), certificateDer(own.certificate)),
    ])
      await assert.rejects(signer.sign(Uint8Array.of(1)), SigningFailed);
    const { finished } = await makeCopy([pkcs11Signer(key({ id: '0f' }), certificate)]);
    assert.equal(finished.ok ? 'issued' : finished.failure.code, 'UPSTREAM_DOWN');
  });
});
