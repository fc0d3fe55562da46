/** Files by way of the center and the portal: it is left there under a key that only this kiosk and whoever reads its
 *  screen ever have. */
import { answer, type Clock, type Entropy } from '@dokodemo/domain';
import {
  type Client,
  depositIdBytes,
  fileAddress,
  type fileEndpoints,
  fileKeyBytes,
  fileNonceBytes,
  sealFile,
} from '@dokodemo/protocol';
import type { HandOver } from './ports.ts';

export type CenterHandOverOptions = {
  readonly center: Client<typeof fileEndpoints>;
  /** As telephones find it. */
  readonly portalUrl: string;
  readonly clock: Clock;
  readonly entropy: Entropy;
};

export function centerHandOver({ center, portalUrl, clock, entropy }: CenterHandOverOptions): HandOver {
  return {
    seal(file) {
      const depositId = Buffer.from(entropy.bytes(depositIdBytes)).toString('base64url');
      const key = entropy.bytes(fileKeyBytes);
      const sealed = sealFile(file, key, entropy.bytes(fileNonceBytes), depositId);
      const address = fileAddress(portalUrl, depositId, key);
      key.fill(0);
      return { depositId, sealed, address };
    },
    async deposit({ sessionId, applicationId }, { depositId, sealed }) {
      const sentAt = clock.now();
      const body = { depositId, sealed: Buffer.from(sealed).toString('base64') };
      const kept = await center.depositFile({ sessionId, applicationId }, body);
      // From before it was sent: the center keeps it longer than this says, never shorter.
      return kept.ok ? answer({ until: sentAt + kept.value.keptMs }) : kept;
    },
    async state(of) {
      const asked = await center.fileState(of, null);
      return asked.ok ? answer(asked.value.state) : asked;
    },
    async withdraw(of) {
      const asked = await center.withdrawFile(of, {});
      return asked.ok ? answer(asked.value.state) : asked;
    },
  };
}
