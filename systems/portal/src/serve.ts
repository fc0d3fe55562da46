/** 問合せサイト in the real world: configuration, mutual TLS to the center, the public page. It keeps nothing. */
import { systemClock } from '@dokodemo/domain';
import { carryOverHttp, clientOver, collectingEndpoints, inquiryEndpoints } from '@dokodemo/protocol';
import { tlsOf } from '@dokodemo/protocol/config';
import { checkConfig } from './config/read-config.ts';
import { servePublic } from './public-server/serve-public.ts';
import { watchBundle } from './trust-bundle.ts';

export { PortalConfig } from './config/config.ts';
export { checkConfig } from './config/read-config.ts';

export type ServedPortal = { readonly url: string; readonly port: number; close(): Promise<void> };

export type PortalNote = { readonly what: string; readonly detail: string };

export type ServeOptions = {
  readonly note?: (note: PortalNote) => void;
  /** The built page's folder. */
  readonly page?: string;
};

function noteToStandardError(note: PortalNote): void {
  process.stderr.write(`${JSON.stringify({ system: 'portal', ...note })}\n`);
}

export async function serve(given: unknown, options: ServeOptions = {}): Promise<ServedPortal> {
  const config = checkConfig(given);
  const note = options.note ?? noteToStandardError;
  const { url, id } = config.center;
  const expect = { role: 'center' as const, ...(id === undefined ? {} : { id }) };
  const carrier = carryOverHttp({ url, tls: tlsOf(config.tls), expect, connections: 16 });
  try {
    const server = await servePublic({
      config,
      center: { ...clientOver(inquiryEndpoints, carrier.carry), ...clientOver(collectingEndpoints, carrier.carry) },
      bundle: watchBundle(config.trustBundleFile, (detail) => note({ what: 'trust-bundle', detail })),
      clock: systemClock,
      ...(options.page === undefined ? {} : { page: options.page }),
      note: (what, detail) => note({ what, detail }),
    });
    return {
      url: config.publicUrl,
      port: server.port,
      async close() {
        await server.close();
        await carrier.close();
      },
    };
  } catch (error) {
    await carrier.close();
    throw error;
  }
}
