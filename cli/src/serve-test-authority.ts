/** The demo's stand-in for JPKI: answers OCSP and hands out the CRL of the test authority, over plain HTTP as OCSP does. */
import { createServer, type IncomingMessage } from 'node:http';
import { systemClock } from '@dokodemo/domain';
import { directoryShelf, openTestAuthority } from '@dokodemo/ic-card';

export type TestAuthorityConfig = {
  readonly directory: string;
  readonly host: string;
  readonly port: number;
};

const maxRequestBytes = 8_192;

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > maxRequestBytes) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

export async function serve(config: TestAuthorityConfig): Promise<{ url: string; close(): Promise<void> }> {
  const authority = await openTestAuthority({ shelf: directoryShelf(config.directory), clock: systemClock });
  const server = createServer(async (request, response) => {
    if (request.method === 'POST' && request.url === '/ocsp') {
      const body = await readBody(request);
      if (body === undefined) return response.writeHead(413).end();
      return response.writeHead(200, { 'content-type': 'application/ocsp-response' }).end(authority.answerOcsp(body));
    }
    if (request.method === 'GET' && request.url === '/crl') {
      return response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(authority.crl());
    }
    return response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  return {
    url: `http://${config.host}:${config.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
