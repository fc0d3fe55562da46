/** A file that is taken where it is made: the command stands in for the telephone, and no server sees it. */
import { type Answer, answer } from '@dokodemo/domain';
import type { HandOver } from '@dokodemo/kiosk';

export type CommandHandOver = HandOver & {
  /** Everything that was collected, once. */
  takeFiles(): readonly { readonly name: string; readonly pdf: Uint8Array }[];
};

type Held = { readonly pdf: Uint8Array; state: 'waiting' | 'collected' | 'withdrawn' };

/** As long as a kiosk may want to wait. */
const keptMs = 3_600_000;

export function commandHandOver(now: () => number): CommandHandOver {
  const held = new Map<string, Held>();
  const collected: { readonly name: string; readonly pdf: Uint8Array }[] = [];
  const of = (applicationId: string): Held => {
    const found = held.get(applicationId);
    if (found === undefined) throw new Error(`no file of ${applicationId}`);
    return found;
  };
  return {
    seal: (file) => ({ depositId: 'here', sealed: Uint8Array.from(file), address: 'file:' }),
    async deposit({ applicationId }, { sealed }): Promise<Answer<{ until: number }>> {
      if (!held.has(applicationId)) held.set(applicationId, { pdf: sealed, state: 'waiting' });
      return answer({ until: now() + keptMs });
    },
    /** Asked only while the address is shown, and so when it has been paid. */
    async state({ applicationId }) {
      const file = of(applicationId);
      if (file.state === 'waiting') {
        file.state = 'collected';
        collected.push({ name: applicationId, pdf: file.pdf });
      }
      return answer(file.state);
    },
    async withdraw({ applicationId }) {
      const file = held.get(applicationId);
      if (file?.state === 'collected') return answer('collected');
      // Also what another process of the command has held: with it the file has gone.
      held.set(applicationId, { pdf: new Uint8Array(), state: 'withdrawn' });
      return answer('withdrawn');
    },
    takeFiles: () => collected.splice(0),
  };
}
