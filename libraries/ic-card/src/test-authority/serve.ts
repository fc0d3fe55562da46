import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, type Entropy, systemClock } from '@dokodemo/domain';
import { directoryShelf } from './shelf.ts';
import { openTestAuthority, type TestAuthority, type TestAuthorityUse } from './test-authority.ts';

export type RunningTestAuthority = {
  readonly authority: TestAuthority;
  readonly port: number;
  /** Where to ask: for ocspSource and crlSource. */
  readonly ocspUrl: string;
  readonly crlUrl: string;
  stop(): Promise<void>;
};

const requestMaxBytes = 4_096;

/** The test authority of that directory, answering OCSP and CRL on 127.0.0.1. Port 0 takes any free one. */
export async function startTestAuthority(options: {
  readonly directory: string;
  readonly port: number;
  readonly host?: string;
  readonly clock?: Clock;
  readonly entropy?: Entropy;
  readonly use?: TestAuthorityUse;
}): Promise<RunningTestAuthority> {
  const { host = '127.0.0.1', clock = systemClock } = options;
  const authority = await openTestAuthority({
    shelf: directoryShelf(options.directory),
    clock,
    ...(options.entropy ? { entropy: options.entropy } : {}),
    ...(options.use ? { use: options.use } : {}),
  });
  const server = createServer((request, response) => {
    answer(authority, request, response).catch((error: Error) => {
      // The client went away, or a file could not be read: the client sees no answer, which is a doubt to it.
      response.destroy(error);
    });
  });
  server.requestTimeout = 10_000;
  server.maxConnections = 256;
  await listening(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  return {
    authority,
    port,
    ocspUrl: `http://${host}:${port}/ocsp`,
    crlUrl: `http://${host}:${port}/crl`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(authority: TestAuthority, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  // RFC 6960 appendix A.1: POST the request, or GET it in base64 as a part of the path.
  if (request.method === 'POST' && url === '/ocsp') {
    sendOcsp(authority, response, await readBody(request));
  } else if (request.method === 'GET' && url.startsWith('/ocsp/') && url.length < requestMaxBytes * 2) {
    sendOcsp(authority, response, Buffer.from(decodedPath(url.slice('/ocsp/'.length)), 'base64'));
  } else if (request.method === 'GET' && url === '/crl') {
    send(response, 200, 'application/pkix-crl', authority.crl());
  } else if (request.method === 'GET' && url === '/ca.cer') {
    send(response, 200, 'application/pkix-cert', authority.caCertificateDer);
  } else {
    send(response, 404, 'text/plain', Buffer.from('no such thing\n'));
  }
}

function sendOcsp(authority: TestAuthority, response: ServerResponse, body: Uint8Array | undefined): void {
  if (body === undefined) send(response, 413, 'text/plain', Buffer.from('too large\n'));
  else send(response, 200, 'application/ocsp-response', authority.answerOcsp(body));
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' });
  response.end(body);
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    // Not an escaped path: an empty request, which the responder calls malformed.
    if (error instanceof URIError) return '';
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > requestMaxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
