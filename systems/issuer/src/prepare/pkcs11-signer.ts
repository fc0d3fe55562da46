/**
 * A document-signing key in a PKCS#11 module (a hardware security module, a smart card, SoftHSM), through OpenSC's
 * `pkcs11-tool`: a process for each signature, so that a vendor's library neither runs in ours nor holds it up. The PIN
 * is told in the environment, where other users cannot read it, and never as an argument.
 */
import { spawn } from 'node:child_process';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type PaperSigner, paperSigner } from './paper-signer.ts';

export type Pkcs11Key = {
  /** The module's shared library, e.g. /usr/lib/softhsm/libsofthsm2.so. */
  readonly module: string;
  /** The token's label. */
  readonly token: string;
  /** The private key's CKA_ID, in hexadecimal. */
  readonly id: string;
  /** A file with the user PIN and nothing else; read for each signature, so that it may change. */
  readonly pinFile: string;
};

/** Modules that are slower are broken. */
const limitMs = 10_000;
/** Signatures at once; further ones wait, and beyond this many they are refused. */
const mostAtOnce = 4;
const mostWaiting = 200;

export class SigningFailed extends Error {}

function pinOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new SigningFailed(`the file with the PIN: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function runTool(key: Pkcs11Key, digest: Uint8Array): Promise<Buffer> {
  const pin = pinOf(key.pinFile);
  const args = [
    '--module',
    key.module,
    '--token-label',
    key.token,
    '--id',
    key.id,
    '--login',
    '--pin',
    'env:PKCS11_PIN',
  ];
  const sign = ['--sign', '--mechanism', 'ECDSA', '--signature-format', 'rs'];
  return new Promise((resolve, reject) => {
    const child = spawn('pkcs11-tool', [...args, ...sign], {
      env: { ...process.env, PKCS11_PIN: pin },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (out.length < 16) out.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-500);
    });
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new SigningFailed(error.code === 'ENOENT' ? 'pkcs11-tool is not installed (Debian: opensc)' : String(error)),
      ),
    );
    child.once('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out));
      else
        reject(
          new SigningFailed(`${key.token}/${key.id}: ${signal === null ? said.trim() : `no answer in ${limitMs} ms`}`),
        );
    });
    child.stdin.on('error', () => undefined); // it ended before it read: said by its exit status
    child.stdin.end(digest);
  });
}

/** Of one module: so many at once, the rest in order. */
function turnstile(): <T>(work: () => Promise<T>) => Promise<T> {
  let working = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (working >= mostAtOnce) {
      if (waiting.length >= mostWaiting) throw new SigningFailed('too many signatures are waiting for the module');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else working++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) working--;
      else next();
    }
  };
}

/** `certificate`: DER, of the key in the module. What the module returns is believed when the certificate's key says so. */
export function pkcs11Signer(key: Pkcs11Key, certificate: Uint8Array): PaperSigner {
  const { publicKey } = new X509Certificate(certificate);
  const inTurn = turnstile();
  return paperSigner(certificate, (statement) =>
    inTurn(async () => {
      const digest = createHash('sha256').update(statement).digest();
      const signature = new Uint8Array(await runTool(key, digest));
      if (!verify('sha256', statement, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature))
        throw new SigningFailed(`${key.token}/${key.id}: its signature is not of the certificate’s key`);
      return signature;
    }),
  );
}
