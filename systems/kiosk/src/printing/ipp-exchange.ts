/**
 * One question to an IPP printer (RFC 8010, 8011) and its answer, over HTTP. The library knows the bytes; the way there
 * is our own, because all that matters here is what is known when it breaks: was anything sent?
 */
import http from 'node:http';
import https from 'node:https';
import type { Clock } from '@dokodemo/domain';
import ipp, { type Attributes, type Reply } from '@sealsystems/ipp';

/** Attributes as they came: one value, or a list. Read them with `textsOf` and `numberOf`. */
export type Group = Readonly<Record<string, unknown>>;

export type IppAnswer =
  | {
      readonly ok: true;
      /** Keyword of RFC 8011 §B, e.g. 'successful-ok', 'server-error-busy'. */
      readonly status: string;
      readonly message: string;
      readonly jobs: readonly Group[];
      readonly printer: Group;
      readonly unsupported: Group;
    }
  | {
      readonly ok: false;
      /** `nothing-sent`: the printer has not heard of it. `refused`: HTTP said no before IPP. `lost`: nobody knows. */
      readonly how: 'nothing-sent' | 'refused' | 'lost';
      readonly detail: string;
    };

export type IppQuestion = {
  readonly operation: string;
  readonly attributes?: Attributes;
  readonly job?: Attributes;
  readonly document?: Uint8Array;
};

export type IppExchange = (question: IppQuestion) => Promise<IppAnswer>;

export type IppAddress = {
  /** ipp:, ipps:, http: or https:, with user and password where the printer wants them. */
  readonly url: string;
  /** PEM: whom to believe about the printer's certificate, beside the usual authorities. */
  readonly authority?: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
};

const maxReplyBytes = 1_048_576;

export function ippExchange({ url, authority, timeoutMs, clock }: IppAddress): IppExchange {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  const secure = protocol === 'ipps:' || protocol === 'https:';
  const isIpp = protocol === 'ipp:' || protocol === 'ipps:';
  const number = port === '' ? (isIpp ? 631 : secure ? 443 : 80) : Number(port);
  const path = pathname === '' ? '/' : pathname;
  const target: https.RequestOptions = {
    method: 'POST',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: number,
    path,
    agent: false,
    ...(username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }),
    ...(authority === undefined ? {} : { ca: authority }),
  };
  const printerUri = `${secure ? 'ipps' : 'ipp'}://${hostname}:${number}${path}`;
  let id = 0;
  return (question) => {
    id = (id % 0x7fff_fffe) + 1;
    const bytes = ipp.serialize({
      version: '2.0',
      id,
      operation: question.operation,
      'operation-attributes-tag': {
        'attributes-charset': 'utf-8',
        'attributes-natural-language': 'en',
        'printer-uri': printerUri,
        ...question.attributes,
      },
      ...(question.job === undefined ? {} : { 'job-attributes-tag': question.job }),
      ...(question.document === undefined ? {} : { data: Buffer.from(question.document) }),
    });
    return send(secure ? https : http, target, bytes, timeoutMs, clock).finally(() => bytes.fill(0));
  };
}

function send(
  by: typeof http | typeof https,
  target: https.RequestOptions,
  bytes: Buffer,
  timeoutMs: number,
  clock: Clock,
): Promise<IppAnswer> {
  return new Promise((resolve) => {
    let connected = false;
    const headers = { 'content-type': 'application/ipp', 'content-length': bytes.length };
    const request = by.request({ ...target, headers });
    const stopTimer = clock.setTimer(timeoutMs, () => request.destroy(new Error(`no answer in ${timeoutMs} ms`)));
    const end = (answer: IppAnswer) => {
      stopTimer();
      resolve(answer);
    };
    const lost = (error: Error & { code?: string }) =>
      end({ ok: false, how: connected ? 'lost' : 'nothing-sent', detail: error.code ?? error.message });
    request.on('socket', (socket) => {
      socket.once(by === https ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    request.on('error', lost);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length > maxReplyBytes) request.destroy(new Error('the answer is too long'));
      });
      response.on('error', lost);
      response.on('close', () => {
        if (!response.complete) lost(new Error('the answer broke off'));
        else end(answerOf(response.statusCode ?? 0, Buffer.concat(parts)));
      });
    });
    request.end(bytes);
  });
}

function answerOf(httpStatus: number, body: Buffer): IppAnswer {
  if (httpStatus !== 200) {
    return { ok: false, how: httpStatus < 500 ? 'refused' : 'lost', detail: `HTTP ${httpStatus}` };
  }
  let reply: Reply;
  try {
    reply = ipp.parse(body);
  } catch (error) {
    return { ok: false, how: 'lost', detail: `the answer is no IPP: ${String(error)}` };
  }
  return {
    ok: true,
    status: reply.statusCode ?? 'server-error-internal-error',
    message: textsOf(reply['operation-attributes-tag'] ?? {}, 'status-message').join(' '),
    jobs: groupsOf(reply['job-attributes-tag']),
    printer: groupsOf(reply['printer-attributes-tag'])[0] ?? {},
    unsupported: groupsOf(reply['unsupported-attributes-tag'])[0] ?? {},
  };
}

function groupsOf(given: unknown): readonly Group[] {
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]) as Group[];
}

export function textsOf(group: Group, name: string): readonly string[] {
  const given = group[name];
  return (Array.isArray(given) ? given : [given]).filter((value) => typeof value === 'string' && value !== '');
}

export function numberOf(group: Group, name: string): number | undefined {
  const given = group[name];
  return typeof given === 'number' ? given : undefined;
}
