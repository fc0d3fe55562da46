/** Reads what the center writes down, as its operators do: lines with ids, amounts and codes. */
import { operatorEndpoints } from '@dokodemo/center/operator-endpoints';
import { carryOverHttp, clientOver, type TlsIdentity } from '@dokodemo/protocol';
import { ids } from './town-plan.ts';

export type CenterLine = {
  readonly at: string;
  readonly kind: string;
  readonly terminal: string;
  /** The last six signs of the session's id. */
  readonly session: string;
  readonly ja: string;
  readonly en: string;
};

export type CenterWatcher = {
  /** The newest lines, newest last; undefined when the center does not answer. */
  latest(): Promise<readonly CenterLine[] | undefined>;
  close(): Promise<void>;
};

const kept = 60;

export function watchCenter(centerUrl: string, tls: TlsIdentity): CenterWatcher {
  const expect = { role: 'center' as const, id: ids.center };
  const carrier = carryOverHttp({ url: centerUrl, tls, expect, connections: 1 });
  const center = clientOver(operatorEndpoints, carrier.carry);
  let after = 'latest';
  let lines: readonly CenterLine[] = [];
  let asking: Promise<readonly CenterLine[] | undefined> | undefined;

  async function ask(): Promise<readonly CenterLine[] | undefined> {
    const read = await center.recentEvents({ after }, null);
    if (!read.ok) return undefined;
    after = String(read.value.next);
    // What a touch has led to stands in the line after it.
    const telling = read.value.lines.filter(({ kind }) => kind !== 'InputTaken');
    const fresh = telling.map(({ at, kind, terminal, sessionId, ja, en }) => ({
      at,
      kind,
      terminal,
      session: sessionId.slice(-6),
      ja,
      en,
    }));
    lines = [...lines, ...fresh].slice(-kept);
    return lines;
  }
  return {
    // Several pages may look at once: they share one question, or each line would come twice.
    latest() {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    close: carrier.close,
  };
}
