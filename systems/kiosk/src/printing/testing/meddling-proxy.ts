/** Stands between a client and an IPP printer, and loses what a test says. */

import { EventEmitter, once } from 'node:events';
import http from 'node:http';

/** IPP operation codes (RFC 8011 §5.4.15). */
export const operations = { printJob: 0x0002, createJob: 0x0005, sendDocument: 0x0006, cancelJob: 0x0008 } as const;

/** `before`: the printer never hears of it. `after`: it hears, and its answer is lost. */
export type Loss = 'before' | 'after' | undefined;

export type MeddlingProxy = {
  readonly url: string;
  /** What becomes of the next requests. */
  lose(by: (operation: number) => Loss): void;
  /** Resolves when the printer has next answered to this. */
  answered(operation: number): Promise<void>;
  close(): Promise<void>;
};

/** In front of a printer at `url`. `hideCreateJob`: it seems to know Print-Job only, as old ones do. */
export async function meddlingProxy(url: string, options: { hideCreateJob?: boolean } = {}): Promise<MeddlingProxy> {
  const { hostname, port, pathname } = new URL(url);
  const answers = new EventEmitter();
  let loss: (operation: number) => Loss = () => undefined;
  const server = http.createServer(async (request, response) => {
    const body = await whole(request);
    const fate = loss(body.readUInt16BE(2));
    if (fate === 'before') return void request.socket.destroy();
    const headers = { 'content-type': 'application/ipp', 'content-length': body.length };
    const onward = http.request({ host: hostname, port, path: pathname, method: 'POST', headers, agent: false });
    onward.end(body);
    const [answer] = (await once(onward, 'response')) as [http.IncomingMessage];
    const bytes = await whole(answer);
    answers.emit(`${body.readUInt16BE(2)}`);
    if (fate === 'after') return void request.socket.destroy();
    response.writeHead(answer.statusCode ?? 500, { 'content-type': 'application/ipp' });
    response.end(options.hideCreateJob === true ? withoutCreateJob(bytes) : bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `ipp://127.0.0.1:${own}${pathname}`,
    lose(by) {
      loss = by;
    },
    async answered(operation) {
      await once(answers, `${operation}`);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function whole(message: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** One more enum value (tag 0x23, no name, four bytes) in a list of operations: Create-Job becomes one that is none. */
function withoutCreateJob(bytes: Buffer): Buffer {
  const value = Buffer.from([0x23, 0, 0, 0, 4, 0, 0, 0, operations.createJob]);
  const at = bytes.indexOf(value);
  if (at >= 0) bytes[at + value.length - 1] = 0x7f;
  return bytes;
}
