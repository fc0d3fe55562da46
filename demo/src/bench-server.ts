/** Serves the bench: the page with the panel and the physical world around it, and what the center writes down. */
import { randomUUID } from 'node:crypto';
import staticFiles from '@fastify/static';
import Fastify from 'fastify';

export type JournalLine = { readonly at: string; readonly text: string };

export type BenchServerOptions = {
  readonly port: number;
  /** The built page. */
  readonly pageDirectory: string;
  readonly kioskUrl: string;
  /** What the center's journal said lately, newest last. */
  readonly centerJournal: () => Promise<readonly JournalLine[]>;
};

export async function startBenchServer(options: BenchServerOptions): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify({ logger: false });
  await app.register(staticFiles, { root: options.pageDirectory, cacheControl: false });
  app.get('/bench-config.json', async () => ({ kioskUrl: options.kioskUrl, centerJournalUrl: '/center-journal.json' }));
  app.get('/center-journal.json', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return options.centerJournal();
  });
  app.setErrorHandler((error: Error, _request, reply) => {
    const reference = randomUUID();
    console.error(`bench ${reference}: ${error.stack ?? error.message}`);
    return reply.code(500).send({ code: 'DEFECT', reference });
  });
  await app.listen({ host: '127.0.0.1', port: options.port });
  return { url: `http://localhost:${options.port}`, close: () => app.close() };
}
