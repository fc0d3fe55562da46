/** What anybody may ask: what a paper is worth, and whom the portal believes. */
import { createHash } from 'node:crypto';
import { type Clock, refusals } from '@dokodemo/domain';
import { collectingEndpoints, inquiryEndpoints, validatorOf } from '@dokodemo/protocol';
import type { FastifyInstance } from 'fastify';
import type { CenterClient } from './bounded-center.ts';
import { documentLimit } from './document-limit.ts';

export type StatusRouteOptions = {
  readonly center: CenterClient;
  readonly perDocumentPerHour: number;
  readonly perAddressPerMinute: number;
  readonly clock: Clock;
};

const { maxBodyBytes, body: Question } = inquiryEndpoints.inquire;

export function answerStatus(app: FastifyInstance, options: StatusRouteOptions): void {
  const { center, clock } = options;
  const limit = documentLimit(options.perDocumentPerHour, clock);
  app.post(
    '/api/status',
    {
      bodyLimit: maxBodyBytes,
      config: { rateLimit: { max: options.perAddressPerMinute, timeWindow: 60_000, groupId: 'questions' } },
    },
    async (request, reply) => {
      if (!validatorOf(Question).Check(request.body)) return reply.code(400).send({ code: 'MALFORMED' });
      const question = request.body as { documentNumber: string; inquiry: string };
      if (!limit.take(question.documentNumber)) return reply.code(429).send({ code: 'TOO_MANY' });
      const asked = await center.inquire({}, question);
      if (asked.ok) return asked.value;
      return reply.code(refusals[asked.failure.code].httpStatus).send({ code: asked.failure.code });
    },
  );
}

const Wanted = collectingEndpoints.collectFile.body;

/** A file that a kiosk has left, as ciphertext, and the page that opens it. Its key stands behind the # of the page's
 *  address and does not come here. */
export function answerFiles(app: FastifyInstance, options: StatusRouteOptions): void {
  const limit = documentLimit(options.perDocumentPerHour, options.clock);
  app.get('/receive', (_request, reply) => reply.sendFile('index.html'));
  app.post(
    '/api/receive',
    {
      bodyLimit: collectingEndpoints.collectFile.maxBodyBytes,
      config: { rateLimit: { max: options.perAddressPerMinute, timeWindow: 60_000, groupId: 'questions' } },
    },
    async (request, reply) => {
      if (!validatorOf(Wanted).Check(request.body)) return reply.code(400).send({ code: 'MALFORMED' });
      const wanted = request.body as { depositId: string };
      if (!limit.take(wanted.depositId)) return reply.code(429).send({ code: 'TOO_MANY' });
      const asked = await options.center.collectFile({}, wanted);
      if (asked.ok) return reply.type('application/octet-stream').send(Buffer.from(asked.value.sealed, 'base64'));
      return reply.code(refusals[asked.failure.code].httpStatus).send({ code: asked.failure.code });
    },
  );
}

export function answerTrust(app: FastifyInstance, bundle: () => string): void {
  app.get('/trust/bundle.json', async (_request, reply) => {
    const text = bundle();
    return reply
      .headers({
        'cache-control': 'no-cache',
        etag: `"${createHash('sha256').update(text).digest('hex')}"`,
      })
      .type('application/json; charset=utf-8')
      .send(text);
  });
}
