/** The center's side of files, as far as a kiosk and a telephone can see it. */
import { createDecipheriv } from 'node:crypto';
import { answer, refuse } from '@dokodemo/domain';
import type { FileState, fileEndpoints, Handlers } from '@dokodemo/protocol';

type Kept = { readonly depositId: string; readonly sealed: string; state: FileState };

export class ScriptedFiles {
  readonly kept = new Map<string, Kept>();
  keptMs = 1_800_000;

  readonly handlers: Handlers<typeof fileEndpoints> = {
    depositFile: async ({ params, body }) => {
      const found = this.kept.get(params.applicationId);
      if (found !== undefined && (found.depositId !== body.depositId || found.sealed !== body.sealed)) {
        return refuse('SAME_ID_OTHER_BODY', 'another file of the same application');
      }
      if (found === undefined) this.kept.set(params.applicationId, { ...body, state: 'waiting' });
      return answer({ state: 'waiting', keptMs: this.keptMs });
    },
    fileState: async ({ params }) => {
      const found = this.kept.get(params.applicationId);
      return found === undefined ? refuse('UNKNOWN') : answer({ state: found.state });
    },
    withdrawFile: async ({ params }) => {
      const found = this.kept.get(params.applicationId);
      if (found === undefined) return refuse('UNKNOWN');
      if (found.state === 'waiting') found.state = 'withdrawn';
      return answer({ state: found.state === 'collected' ? 'collected' : 'withdrawn' });
    },
  };

  /** What a telephone gets that has read this address; undefined: it has been taken back, or never was. */
  collect(address: string): Uint8Array | undefined {
    const [, depositId = '', key = ''] = /#([\w-]{22})\.([\w-]{43})$/.exec(address) ?? [];
    const found = [...this.kept.values()].find((it) => it.depositId === depositId);
    if (found === undefined || found.state === 'withdrawn') return undefined;
    found.state = 'collected';
    const sealed = Buffer.from(found.sealed, 'base64');
    const opening = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), sealed.subarray(0, 12));
    opening.setAAD(Buffer.from(`dokodemo/file/v1 ${depositId}`));
    opening.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([opening.update(sealed.subarray(12, -16)), opening.final()]);
  }
}
