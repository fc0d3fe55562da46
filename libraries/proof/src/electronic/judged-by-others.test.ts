/** What foreign programs say of electronic copies. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { textOf } from '../files/byte-text.ts';
import type { BackSigner } from '../seal/seal-back.ts';
import { type TestAuthority, testAuthority } from '../testing/authority.ts';
import { copyFactsOf, openEngine, sheetsOf, signedCopy } from '../testing/electronic-copies.ts';
import { missing } from '../testing/foreign-reader.ts';
import { checkSignedPdf } from './check-signed-pdf.ts';

const forms = ['residence', 'seal-registration', 'tax-payment', 'family-register', 'register-history'];
const folder = mkdtempSync(path.join(tmpdir(), 'electronic-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

function run(program: string, ...args: readonly string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 16_000_000 });
  assert.equal(done.status, 0, `${program} ${args.join(' ')}: ${done.stdout}${done.stderr}`);
  return `${done.stdout}${done.stderr}`;
}

/** Message and signed bytes, taken out as any program would: by the range that the file names. */
function takenOut(pdf: Uint8Array): { readonly message: Buffer; readonly content: Buffer } {
  const [, before, from, length] = /\/ByteRange\[0 (\d+) (\d+) (\d+) *\]/.exec(textOf(pdf)) ?? [];
  const [end, start] = [Number(before), Number(from)];
  assert.equal(start + Number(length), pdf.length);
  const message = Buffer.from(textOf(pdf.subarray(end + 1, start - 1)), 'hex');
  return {
    message: message.subarray(0, 4 + message.readUInt16BE(2)),
    content: Buffer.concat([pdf.subarray(0, end), pdf.subarray(start)]),
  };
}

describe('an electronic copy', () => {
  let authority: TestAuthority;
  let signer: BackSigner;
  const copies: Uint8Array[] = [];
  before(async () => {
    authority = await testAuthority();
    signer = await authority.signerOf('482013');
    writeFileSync(at('authority.pem'), authority.pem);
    const engine = openEngine();
    for (const sheets of forms.flatMap((form) => sheetsOf(form, engine)))
      copies.push(signedCopy(sheets, copyFactsOf(sheets.length), signer, authority.pem));
    assert.ok(copies.length >= 10);
  });

  test('of every form, of one sheet and of many, is signed to the verifier', () => {
    for (const copy of copies) assert.equal(checkSignedPdf(copy, authority.trust).kind, 'signed');
  });

  test('is signed, whole and by somebody trusted to pdfsig', { skip: missing('pdfsig', 'certutil') }, () => {
    const store = `sql:${at('')}`;
    run('certutil', '-N', '-d', store, '--empty-password');
    run('certutil', '-A', '-d', store, '-n', 'authority', '-t', 'CT,C,C', '-i', at('authority.pem'));
    for (const copy of copies) {
      writeFileSync(at('copy.pdf'), copy);
      const said = run('pdfsig', '-nssdir', store, at('copy.pdf'));
      assert.match(said, /Signature Type: ETSI\.CAdES\.detached/);
      assert.match(said, /Total document signed/);
      assert.match(said, /Signature is Valid\./);
      assert.match(said, /Certificate is Trusted\./);
      assert.doesNotMatch(said, /Signature #2/);
    }
    const changed = (copies[0] as Uint8Array).slice();
    changed[2_000] = (changed[2_000] as number) ^ 1;
    writeFileSync(at('changed.pdf'), changed);
    assert.match(run('pdfsig', '-nssdir', store, at('changed.pdf')), /Digest Mismatch/);
  });

  test('has a CAdES message to OpenSSL, with the certificate that signed named in it', {
    skip: missing('openssl'),
  }, () => {
    for (const copy of copies) {
      const { message, content } = takenOut(copy);
      writeFileSync(at('message.der'), message);
      writeFileSync(at('content.bin'), content);
      const args = ['cms', '-verify', '-cades', '-inform', 'DER', '-in', at('message.der'), '-content', at('content.bin'), '-binary', '-CAfile', at('authority.pem'), '-purpose', 'any', '-out', at('out')]; // biome-ignore format: one call
      assert.match(run('openssl', ...args), /CAdES Verification successful/i);
    }
  });

  test('is a sound file to qpdf, without a warning', { skip: missing('qpdf') }, () => {
    for (const copy of copies) {
      writeFileSync(at('copy.pdf'), copy);
      const said = run('qpdf', '--check', at('copy.pdf'));
      assert.match(said, /No syntax or stream encoding errors/);
      assert.doesNotMatch(said, /WARNING/);
    }
  });

  test('says what its sheets say, one after the other, and that it is an electronic copy', {
    skip: missing('pdftotext'),
  }, () => {
    const sheets = sheetsOf('family-register', openEngine())[1] ?? [];
    assert.ok(sheets.length > 10);
    const textIn = (pdf: Uint8Array) => {
      writeFileSync(at('text.pdf'), pdf);
      return run('pdftotext', '-raw', at('text.pdf'), '-').replaceAll(/\s/g, '');
    };
    const said = textIn(signedCopy(sheets, copyFactsOf(sheets.length), signer, authority.pem));
    assert.equal(said, sheets.map(textIn).join(''));
    assert.match(said, /電子証明書（electroniccopy）照合コード7777-7777-7777-777/);
  });
});

const java = '/usr/share/java';
const jars = ['preflight', 'pdfbox2', 'xmpbox', 'fontbox2', 'commons-logging', 'jaxb-api', 'javax.activation'].map(
  (name) => `${java}/${name}.jar`,
);
const away = missing('java') || jars.find((jar) => !existsSync(jar)) || false;

test('the same copies, made of PDF/A-1b sheets, are valid to PDFBox', { skip: away }, async () => {
  const authority = await testAuthority();
  const signer = await authority.signerOf('482013');
  const engine = openEngine(1);
  for (const form of ['residence', 'family-register', 'tax-payment']) {
    const sheets = sheetsOf(form, engine).at(-1) ?? [];
    writeFileSync(at('a1.pdf'), signedCopy(sheets, copyFactsOf(sheets.length), signer, authority.pem));
    const said = run('java', '-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', at('a1.pdf'));
    assert.match(said, /is a valid PDF\/A-1b file/);
  }
});
