/** What tests need from the operating system beside Node.js: foreign programs that judge our work. Installed when root
 *  on a Debian machine, else named in one line. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const needed: readonly { readonly program: string; readonly debian: string; readonly for: string }[] = [
  { program: 'chromium', debian: 'chromium', for: 'the kiosk’s screens' },
  { program: 'pdftotext', debian: 'poppler-utils', for: 'what a document says' },
  { program: 'qpdf', debian: 'qpdf', for: 'the structure of a document' },
  { program: '/usr/bin/convert-im6.q16', debian: 'imagemagick', for: 'scans in files of every kind' },
  { program: 'zbarimg', debian: 'zbar-tools', for: 'another reader of the codes on the back' },
  { program: 'ZXingReader', debian: 'zxing-cpp-tools', for: 'a third reader of the codes on the back' },
  { program: 'jbig2dec', debian: 'jbig2dec', for: 'another reader of the picture on the back' },
  { program: 'java', debian: 'default-jre-headless', for: 'the judge of PDF/A' },
  { program: '/usr/share/java/preflight.jar', debian: 'libpdfbox2-java', for: 'the judge of PDF/A' },
  { program: '/usr/share/java/jaxb-api.jar', debian: 'libjaxb-api-java', for: 'the judge of PDF/A' },
  { program: '/usr/share/java/javax.activation.jar', debian: 'libactivation-java', for: 'the judge of PDF/A' },
  { program: 'certutil', debian: 'libnss3-tools', for: 'whom pdfsig believes' },
  { program: 'softhsm2-util', debian: 'softhsm2', for: 'document-signing keys in a module' },
  { program: 'pkcs11-tool', debian: 'opensc', for: 'document-signing keys in a module' },
  { program: 'ippeveprinter', debian: 'cups-ipp-utils', for: 'printing' },
  { program: '/usr/lib/postgresql/15/bin/postgres', debian: 'postgresql-15', for: 'the oldest PostgreSQL we support' },
  { program: 'pgbench', debian: 'postgresql-client-15', for: 'the figure beside ours' },
  { program: 'gcc', debian: 'gcc', for: 'the test printer without a DNS-SD daemon' },
  { program: 'openssl', debian: 'openssl', for: 'a foreign OCSP client' },
  {
    program: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    debian: 'fonts-noto-cjk',
    for: 'screens of other pages',
  },
];

function isThere(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program);
  return (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/usr/local/sbin')
    .some((folder) => existsSync(`${folder}/${program}`));
}

/** Installs what is missing when it can; says in one line what is missing when it cannot. Returns what is missing. */
export function provideSystemPackages(): readonly string[] {
  const missing = () => needed.filter(({ program }) => !isThere(program));
  const before = missing();
  if (before.length === 0) return [];
  const packages = before.map(({ debian }) => debian);
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error(`  installing for the tests: ${packages.join(' ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args: string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8', timeout: 900_000 });
    apt('update');
    const done = apt('install', '-y', '--no-install-recommends', ...packages);
    if (done.status !== 0) console.error(done.stderr.split('\n').slice(-5).join('\n'));
  }
  const after = missing();
  if (after.length > 0) {
    console.error(
      `Some tests will be skipped. To run all: sudo apt-get install -y ${after.map(({ debian }) => debian).join(' ')}`,
    );
  }
  return after.map(({ debian }) => debian);
}
