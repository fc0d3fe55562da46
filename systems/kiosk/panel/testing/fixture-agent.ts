/** A tiny agent for the browser test: serves the built panel, sends whatever state it is told to, keeps the touches. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { PanelState, PanelTouch } from '../../src/panel-contract.ts';

export type FixtureAgent = {
  readonly url: string;
  readonly touches: { readonly revision: number; readonly touch: PanelTouch }[];
  show(state: PanelState): void;
  powerOff(): void;
  /** Breaks every open stream; new ones are refused until `show`. */
  goAway(): void;
  close(): Promise<void>;
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** The policy of the real panel server: what it forbids must fail here, too. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'";

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

export async function openFixtureAgent(built: string, first: PanelState): Promise<FixtureAgent> {
  const touches: FixtureAgent['touches'] = [];
  const streams = new Set<ServerResponse>();
  let now: string | undefined = `data: ${JSON.stringify(first)}\n\n`;

  const tell = (event: string) => {
    now = event;
    for (const stream of streams) stream.write(event);
  };

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://panel');
    if (pathname === '/panel/state') {
      if (now === undefined) return response.writeHead(503).end();
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`retry: 50\n\n${now}`);
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    if (pathname === '/panel/touch') {
      touches.push(JSON.parse(await bodyOf(request)));
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    }
    const file = path.join(built, pathname === '/' ? 'index.html' : path.normalize(pathname));
    try {
      const content = await readFile(file);
      const type = types[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    touches,
    show: (state) => tell(`data: ${JSON.stringify(state)}\n\n`),
    powerOff: () => tell('event: power\ndata: "off"\n\n'),
    goAway() {
      now = undefined;
      for (const stream of streams) stream.destroy();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
