/** Where the systems of a town listen on this machine. */
import { createConnection, createServer } from 'node:net';
import { type Clock, pause } from '@dokodemo/domain';
import { TownError } from './town-error.ts';

const offsets = {
  bench: 0,
  kiosk: 1,
  console: 2,
  signIn: 3,
  portal: 4,
  center: 10,
  issuer: 11,
  registry: 12,
  authority: 13,
} as const;
export type TownPorts = { readonly [Name in keyof typeof offsets]: number };
type PortName = keyof typeof offsets;

export const usualBasePort = 4_800;
const names = Object.keys(offsets) as PortName[];

/** Does somebody listen at this port of this machine? */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

export function portsFrom(base: number): TownPorts {
  return Object.fromEntries(names.map((name) => [name, base + offsets[name]])) as TownPorts;
}

/** Ports that nobody uses at this moment. */
export async function freePorts(): Promise<TownPorts> {
  const found = new Set<number>();
  for (let tries = 0; found.size < names.length && tries < 100; tries++) found.add(await listenOnce(0));
  const ports = [...found];
  return Object.fromEntries(names.map((name, i) => [name, ports[i]])) as TownPorts;
}

/** Waits a little for ports that are about to become free: the systems of a town that was killed are ending. */
export async function claimPortsSoon(ports: TownPorts, patienceMs: number, clock: Clock): Promise<void> {
  const until = clock.now() + patienceMs;
  for (;;) {
    try {
      return await claimPorts(ports);
    } catch (error) {
      if (clock.now() >= until) throw error;
      await pause(clock, 100);
    }
  }
}

/** Throws the line that names the first port which somebody else holds, or which may not be listened at. */
export async function claimPorts(ports: TownPorts): Promise<void> {
  for (const name of names) {
    const port = ports[name];
    const because = (await isPortTaken(port))
      ? 'is taken by another program'
      : await listenOnce(port).then(
          () => undefined,
          (error: NodeJS.ErrnoException) => `cannot be used (${error.code ?? error.message})`,
        );
    if (because !== undefined)
      throw new TownError(
        `Port ${port} (${name}) ${because}. Choose others: npm start -- --port ${ports.bench + 1_000}`,
      );
  }
}
