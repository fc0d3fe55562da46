/** The demo's stand-in for JPKI: answers OCSP and hands out the CRL of the test authority, over plain HTTP as OCSP does. */
import { startTestAuthority } from '@dokodemo/ic-card';

export type TestAuthorityConfig = {
  /** Where the authority keeps its keys and books. */
  readonly directory: string;
  readonly host: string;
  readonly port: number;
};

export async function serve(config: TestAuthorityConfig): Promise<{ url: string; close(): Promise<void> }> {
  const { port, stop } = await startTestAuthority(config);
  return { url: `http://${config.host}:${port}`, close: stop };
}
