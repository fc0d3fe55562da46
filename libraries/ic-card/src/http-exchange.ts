import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Clock, systemClock } from '@dokodemo/domain';

/** One small HTTP exchange with a revocation service. */
export type HttpExchange = (order: {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly contentType?: string;
  readonly body?: Uint8Array;
  /** From the first byte sent to the last received, in milliseconds. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}) => Promise<{ readonly status: number; readonly body: Uint8Array }>;

export class ExchangeError extends Error {
  readonly code: 'UNREACHABLE' | 'TIMEOUT' | 'TOO_LARGE';

  constructor(code: ExchangeError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExchangeError';
    this.code = code;
  }
}

/** Over node:http; follows no redirects, reads no more than it was told to. */
export function httpExchange(clock: Clock = systemClock): HttpExchange {
  return (order) =>
    new Promise((resolve, reject) => {
      const send = order.url.startsWith('https:') ? httpsRequest : httpRequest;
      const headers = {
        ...(order.contentType ? { 'content-type': order.contentType } : {}),
        ...(order.body ? { 'content-length': order.body.length } : {}),
      };
      const request = send(order.url, { method: order.method, headers }, (response) => {
        readLimited(response, order.maxBytes).then(
          (body) => end(() => resolve({ status: response.statusCode ?? 0, body })),
          fail,
        );
      });
      const takeBack = clock.setTimer(order.timeoutMs, () =>
        fail(new ExchangeError('TIMEOUT', `no answer within ${order.timeoutMs} ms`)),
      );
      const end = (settle: () => void) => {
        takeBack();
        settle();
      };
      const fail = (error: Error) => {
        request.destroy();
        const known = error instanceof ExchangeError;
        end(() => reject(known ? error : new ExchangeError('UNREACHABLE', error.message, { cause: error })));
      };
      request.on('error', fail);
      request.end(order.body);
    });
}

async function readLimited(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw new ExchangeError('TOO_LARGE', `more than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
