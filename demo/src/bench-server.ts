/** Serves the bench page, and what a page cannot ask for itself: the center's journal and the clerk at the register, who
 *  both want a certificate. Cards, money, paper and power are the kiosk's own. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '@dokodemo/domain';
import staticFiles from '@fastify/static';
import Fastify, { type FastifyReply } from 'fastify';
import type { CenterWatcher } from './center-watcher.ts';
import type { ClerksView } from './clerk.ts';
import type { TownCard } from './town-people.ts';

export type BenchServerOptions = {
  readonly port: number;
  /** The built page. */
  readonly pageDirectory: string;
  readonly kioskUrl: string;
  readonly portalUrl: string;
  readonly watcher: CenterWatcher;
  readonly register: Readonly<Record<'look' | 'protect' | 'lift', (cardKey: string) => Promise<Answer<ClerksView>>>>;
  readonly cards: readonly TownCard[];
};

/** Between two questions to the center while somebody looks. */
const watchEveryMs = 700;

export async function startBenchServer(options: BenchServerOptions): Promise<{ url: string; close(): Promise<void> }> {
  const { port, kioskUrl, portalUrl, watcher, register, cards } = options;
  const host = `localhost:${port}`;
  const app = Fastify({ logger: false });
  app.addHook('onRequest', async (request, reply) => {
    // One name for the page: the kiosk answers pages of this origin only. And no page of another site asks here.
    if (request.headers.host === `127.0.0.1:${port}`) return reply.redirect(`http://${host}${request.url}`);
    const { origin } = request.headers;
    if (request.headers.host !== host || (origin !== undefined && origin !== `http://${host}`))
      return reply.code(403).send();
  });
  await app.register(staticFiles, { root: options.pageDirectory, cacheControl: false });
  app.get('/bench-config.json', async () => ({
    kioskUrl,
    portalUrl,
    cards: cards.map(({ key, label, noteInEnglish, municipality }) => ({ key, label, noteInEnglish, municipality })),
  }));
  app.get('/center-journal', (_request, reply) => sendCenterJournal(reply, watcher));
  app.get<{ Params: { card: string } }>('/clerk/:card', async ({ params }, reply) => {
    if (!cards.some(({ key }) => key === params.card)) return reply.code(404).send();
    return register.look(params.card);
  });
  app.post<{ Params: { card: string; act: string } }>('/clerk/:card/:act', async ({ params }, reply) => {
    const { card, act } = params;
    if (!cards.some(({ key }) => key === card) || (act !== 'protect' && act !== 'lift')) return reply.code(404).send();
    return register[act](card);
  });
  app.setErrorHandler((error: Error, _request, reply) => {
    const reference = randomUUID();
    console.error(`bench ${reference}: ${error.stack ?? error.message}`);
    return reply.code(500).send({ code: 'DEFECT', reference });
  });
  await app.listen({ host: '127.0.0.1', port });
  return {
    url: `http://${host}`,
    async close() {
      // Pages keep their streams open for ever.
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** Server-sent events: the newest lines whenever there are new ones; `null` while the center does not answer. */
function sendCenterJournal(reply: FastifyReply, watcher: CenterWatcher): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  let gone = false;
  const look = async () => {
    const text = JSON.stringify((await watcher.latest()) ?? null);
    if (gone) return;
    if (text !== last) raw.write(`data: ${text}\n\n`);
    last = text;
    timer = setTimeout(look, watchEveryMs);
  };
  raw.on('close', () => {
    gone = true;
    clearTimeout(timer);
  });
  void look();
}
