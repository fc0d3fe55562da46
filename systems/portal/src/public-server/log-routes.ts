/** The log of issues as monitors and verifiers read it: C2SP tlog-tiles over the center's endpoints. */
import { refusals } from '@dokodemo/domain';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { fullWidth, readTilePath } from '../log/tile-path.ts';
import type { CenterClient } from './bounded-center.ts';

const forEver = 'public, max-age=31536000, immutable';
/** A tile that is not full stays as it is under its path, but is asked for only until it is full. */
const forAWhile = 'public, max-age=3600';
const justNow = 'public, max-age=1';

export function answerLog(app: FastifyInstance, center: CenterClient): void {
  const refuse = (reply: FastifyReply, code: keyof typeof refusals) =>
    reply.code(refusals[code].httpStatus).header('cache-control', 'no-store').send({ code });
  const send = (reply: FastifyReply, width: number, base64: string) =>
    reply
      .header('cache-control', width === fullWidth ? forEver : forAWhile)
      .type('application/octet-stream')
      .send(Buffer.from(base64, 'base64'));

  app.get('/log/checkpoint', async (_request, reply) => {
    const asked = await center.logCheckpoint({}, null);
    if (!asked.ok) return refuse(reply, asked.failure.code);
    return reply.header('cache-control', justNow).type('text/plain; charset=utf-8').send(asked.value.note);
  });
  app.get<{ Params: { '*': string } }>('/log/tile/entries/*', async ({ params }, reply) => {
    const tile = readTilePath(params['*']);
    if (tile === undefined) return refuse(reply, 'UNKNOWN');
    const asked = await center.logEntries({ index: tile.index, width: String(tile.width) }, null);
    return asked.ok ? send(reply, tile.width, asked.value.bundle) : refuse(reply, asked.failure.code);
  });
  app.get<{ Params: { level: string; '*': string } }>('/log/tile/:level/*', async ({ params }, reply) => {
    const tile = readTilePath(params['*']);
    if (tile === undefined || !/^[0-5]$/.test(params.level)) return refuse(reply, 'UNKNOWN');
    const asked = await center.logTile({ level: params.level, index: tile.index, width: String(tile.width) }, null);
    return asked.ok ? send(reply, tile.width, asked.value.hashes) : refuse(reply, asked.failure.code);
  });
}
