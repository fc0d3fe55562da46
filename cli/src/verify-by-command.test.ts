/** `dokodemo verify` as a process: what it answers, and by which exit status, about papers, pictures and other things. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openFormEngine } from '@dokodemo/documents';
import {
  encodeEntry,
  inclusionProof,
  leafHash,
  nodesFromTiles,
  paperDigest,
  rootOf,
  writeProof,
} from '@dokodemo/issue-log';
import { originalityCodes, paperKeys, printedCheckCode, sha256 } from '@dokodemo/proof';
import { copyFactsOf, type IssuedCopy, issueCopy, sheetsOf, signedCopy, testAuthority } from '@dokodemo/proof/testing';
import { dokodemoIn } from './testing/by-command.ts';
import { makeLogKey } from './testing/log-key.ts';
import { openSmallServer } from './testing/small-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'verify-'));
const place = (name: string) => path.join(folder, name);
const dokodemo = dokodemoIn(folder);
const verify = (...args: string[]) => dokodemo('verify', '--trust', 'bundle.json', ...args);
const logKey = makeLogKey('log.example');
let one: IssuedCopy;

function run(program: string, ...args: string[]): void {
  const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}

before(async () => {
  const authority = await testAuthority();
  const signer = await authority.signerOf('482013');
  const engine = openFormEngine();
  one = issueCopy(engine, signer, 'residence');
  const two = issueCopy(engine, signer, 'residence', 0, 2);
  const [one1, two1] = [one.sheets[0], two.sheets[0]];
  assert.ok(one1 !== undefined && two1 !== undefined);
  writeFileSync(place('one.pdf'), one1);
  writeFileSync(place('two.pdf'), two1);
  for (const name of ['one', 'two']) run('pdftoppm', '-r', '300', '-gray', '-png', `${name}.pdf`, name);
  writeFileSync(place('bundle.json'), JSON.stringify({ ...authority.trust, logs: [logKey.verifier] }));
  writeFileSync(place('other.json'), JSON.stringify((await testAuthority()).trust));
  const [sheets = []] = sheetsOf('residence', engine);
  writeFileSync(place('copy.pdf'), signedCopy(sheets, copyFactsOf(sheets.length), signer, authority.pem));
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('papers', () => {
  test('the issued file: all that can be proven holds, status 0', async () => {
    const done = await verify('one.pdf');
    assert.equal(done.status, 0, done.err);
    assert.match(done.out, /✔ Is it as it was issued\? +holds +byte for byte/);
    assert.match(done.out, /\? Does it still count\? +unproven +not asked/);
  });

  test('one bit of its front changed: false, status 3', async () => {
    const bytes = readFileSync(place('one.pdf'));
    bytes.writeUInt8(bytes.readUInt8(4_000) ^ 1, 4_000);
    writeFileSync(place('changed.pdf'), bytes);
    const done = await verify('changed.pdf', '--offline', '--json');
    assert.equal(done.status, 3, done.err);
    assert.equal(JSON.parse(done.out).sheets[0].integrity.answer, 'false');
  });

  test('the front of one person with the back of another is false, status 3', async () => {
    const mixed = await verify('one-1.png', 'two-2.png');
    assert.equal(mixed.status, 3, mixed.err);
    assert.match(mixed.out, /they do not belong together/);
  });

  test('a back alone: with the check code typed the issuer is known, with another nothing is', async () => {
    const typed = await verify('one-2.png', '--code', printedCheckCode(one.code));
    assert.equal(typed.status, 0, typed.err);
    assert.match(typed.out, /✔ Who issued it\?/);
    const mistyped = await verify('one-2.png', '--code', '0000-0000-0000-0000');
    assert.ok(!mistyped.out.includes('✔'), mistyped.out);
  });

  test('for machines: four answers with their codes, and no pictures', async () => {
    const done = await verify('one-1.png', 'one-2.png', '--json');
    const said = JSON.parse(done.out);
    assert.deepEqual(
      [done.status, said.files, said.portal, said.readable],
      [0, ['one-1.png', 'one-2.png'], null, true],
    );
    const [sheet] = said.sheets;
    const answers = ['integrity', 'issuer', 'status'].map((it) => [sheet[it].answer, sheet[it].code]);
    assert.deepEqual(answers, [
      ['holds', 'looks-as-issued'],
      ['holds', 'signed-by'],
      ['unproven', 'not-asked-offline'],
    ]);
    // A scan never proves the paper itself; whether the word shows in this one is for others to test.
    assert.notEqual(sheet.originality.answer, 'holds');
    assert.ok(originalityCodes.includes(sheet.originality.code), sheet.originality.code);
    assert.equal(sheet.facts.documentNumber, one.documentNumber);
    assert.ok(!('pictures' in sheet) && done.out.length < 20_000, String(done.out.length));
  });

  test('an authority that is not believed: false, and nothing is said of the front', async () => {
    const done = await dokodemo('verify', '--trust', 'other.json', 'one.pdf');
    assert.equal(done.status, 3, done.err);
    assert.match(done.out, /no authority of the trust bundle vouches/);
  });
});

describe('what cannot be read: status 1, and a line that says why', () => {
  test('files of many kinds', async () => {
    run('qpdf', '--encrypt', 'user', 'owner', '256', '--', 'one.pdf', 'locked.pdf');
    writeFileSync(place('empty.pdf'), '');
    writeFileSync(place('text.png'), 'no picture');
    mkdirSync(place('folder'));
    const huge = readFileSync(place('one-1.png'));
    huge.writeUInt32BE(200_000, 16);
    writeFileSync(place('huge.png'), huge);
    for (const [names, lines] of [
      [['folder'], [/folder: a folder, not a file/]],
      [['missing.pdf'], [/missing\.pdf: there is no such file/]],
      [
        ['empty.pdf', 'text.png', 'locked.pdf', 'huge.png', 'one-1.png'],
        [
          /empty\.pdf: there is nothing in it\n/,
          /text\.png: no PDF, PNG, JPEG or TIFF \(a photograph in HEIC or WebP: save it as JPEG\)\n/,
          /locked\.pdf: locked with a password/,
          /huge\.png: a picture larger than any scan\n/,
          /Not readable: no coded back was found/,
        ],
      ],
    ] as const) {
      const done = await verify(...names);
      assert.deepEqual([done.status, done.out], [1, ''], done.err);
      for (const line of lines) assert.match(done.err, line);
      assert.ok(!done.err.includes('    at '), done.err);
    }
  });

  test('a paper that holds beside a file that cannot be read', async () => {
    const done = await verify('one.pdf', 'text.png');
    assert.equal(done.status, 1);
    assert.match(done.out, /byte for byte/);
    assert.match(done.err, /text\.png/);
  });

  test('a trust bundle that is missing or none, an address that is none, offline and a portal at once', async () => {
    for (const [args, line] of [
      [['--trust', 'none.json'], /none\.json: there is no such file/],
      [['--trust', 'one.pdf'], /one\.pdf: the trust bundle is no JSON/],
      [[], /Whom to believe\?/],
      [['--trust', 'bundle.json', '--portal', 'portal.example'], /an address such as/],
      [['--trust', 'bundle.json', '--portal', 'http://localhost', '--offline'], /cannot be used with/],
    ] as const) {
      const done = await dokodemo('verify', 'one.pdf', ...args);
      assert.equal(done.status, 1, done.out);
      assert.match(done.err, line);
    }
  });
});

const { checkCode, documentNumber } = copyFactsOf(1);

/** What a portal says of the electronic copy, with a proof that it stands in a log of three. */
async function sayingOf(state: string): Promise<string> {
  const { logSalt } = paperKeys(checkCode, documentNumber);
  const digest = paperDigest(logSalt, [sha256(new Uint8Array(readFileSync(place('copy.pdf'))))]);
  const entry = encodeEntry({ kind: 'issued', number: documentNumber, digest });
  const leaves = [encodeEntry({ kind: 'void', number: '1' }), entry, encodeEntry({ kind: 'void', number: '2' })].map(
    leafHash,
  );
  const read = nodesFromTiles(async ({ level }) => (level === 0 ? leaves : []), 3);
  const proof = writeProof(1, await inclusionProof(read, 1, 3), logKey.note({ size: 3, root: await rootOf(read, 3) }));
  return JSON.stringify({ state, at: '2026-11-23T10:00:00+09:00', entry: new TextDecoder().decode(entry), proof });
}

describe('the status', () => {
  test('asked of a portal: handed over holds, void is false; the check code does not leave; offline nothing does', async () => {
    let state = 'handed-over';
    const bodies: string[] = [];
    const replies = { 'handed-over': await sayingOf('handed-over'), void: await sayingOf('void') };
    const portal = await openSmallServer((_path, body) => {
      bodies.push(body);
      return { body: state === 'void' ? replies.void : replies['handed-over'] };
    });
    try {
      const held = await verify('copy.pdf', '--portal', `${portal.url}/`, '--json');
      const said = JSON.parse(held.out);
      assert.deepEqual([held.status, said.portal], [0, portal.url]);
      assert.deepEqual(said.sheets[0].status, {
        answer: 'holds',
        code: 'handed-over',
        values: { log: 'included', day: '2026-11-23' },
      });
      state = 'void';
      const gone = await verify('copy.pdf', '--portal', portal.url);
      assert.equal(gone.status, 3, gone.err);
      assert.match(gone.out, /✘ Does it still count\?/);
      assert.deepEqual(portal.asked, ['POST /api/status', 'POST /api/status']);
      assert.ok(bodies.every((it) => it.includes(documentNumber) && !it.includes(checkCode)));
      assert.equal((await verify('copy.pdf', '--offline')).status, 0);
      assert.equal(portal.asked.length, 2);
    } finally {
      await portal.close();
    }
    const away = await verify('copy.pdf', '--portal', portal.url, '--json');
    assert.equal(away.status, 0, away.err);
    assert.equal(JSON.parse(away.out).sheets[0].status.code, 'portal-no-answer');
  });
});

test('an electronic copy', async () => {
  const done = await verify('copy.pdf', '--json');
  assert.equal(done.status, 0, done.err);
  const [sheet] = JSON.parse(done.out).sheets;
  assert.deepEqual([sheet.integrity.code, sheet.originality.code], ['byte-for-byte', 'copy-has-no-original']);
});
