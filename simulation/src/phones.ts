/**
 * Telephones of residents, and the portal between them and the center. A telephone knows what it has read from a screen
 * and nothing else; what it got is what it could decrypt.
 */
import { createDecipheriv } from 'node:crypto';
import { type Client, clientOver, collectingEndpoints, sha256Hex } from '@dokodemo/protocol';
import { Life } from './mortal.ts';
import type { Exchange } from './network.ts';
import type { World } from './world.ts';

export const portal = { url: 'https://portal.example', peer: { role: 'portal', id: 'portal' } } as const;

type Address = { readonly depositId: string; readonly key: Buffer };
export type Received = 'got' | 'over' | 'not-now';

function read(address: string): Address | undefined {
  const [, depositId, key] = /#([\w-]{22})\.([\w-]{43})$/.exec(address) ?? [];
  if (!address.startsWith(`${portal.url}/receive#`) || depositId === undefined || key === undefined) return undefined;
  return { depositId, key: Buffer.from(key, 'base64url') };
}

function decrypted(sealed: Buffer, { depositId, key }: Address): Buffer {
  const opening = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  opening.setAAD(Buffer.from(`dokodemo/file/v1 ${depositId}`));
  opening.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([opening.update(sealed.subarray(12, -16)), opening.final()]);
}

export class Phones {
  readonly #world: World;
  readonly #center: Client<typeof collectingEndpoints>;
  /** By their ids: what ever stood on a screen, and at which kiosk. */
  readonly #shown = new Map<string, Address & { readonly terminalId: string }>();

  constructor(world: World) {
    this.#world = world;
    this.#center = clientOver(collectingEndpoints, world.network.carrier(portal.peer, new Life(), 'center'));
  }

  addressShown(terminalId: string, text: string): void {
    const address = read(text);
    if (address === undefined) {
      this.#world.defect(terminalId, `no address of a file: ${text}`);
      return;
    }
    this.#shown.set(address.depositId, { ...address, terminalId });
  }

  /** The center has given one out, whoever gets the answer: from here on it counts as paper in the tray. */
  gaveOut({ request, reply }: Exchange): void {
    if (reply.status !== 200) return;
    const { depositId } = JSON.parse(Buffer.from(request.body ?? []).toString()) as { depositId: string };
    const { sealed } = JSON.parse(Buffer.from(reply.body).toString()) as { sealed: string };
    const address = this.#shown.get(depositId);
    if (address === undefined) {
      this.#world.defect('center', `a file whose address nobody was shown: ${depositId}`);
      return;
    }
    const digest = sha256Hex(decrypted(Buffer.from(sealed, 'base64'), address));
    if (this.#world.witness.cameOut(digest)) return;
    this.#world.witness.fileOut({ at: this.#world.time.now(), terminalId: address.terminalId, digest });
    this.#world.count('file collected');
    this.#world.history.say(address.terminalId, `file given out: ${this.#world.nameOfFile(digest)}`);
    const machine = this.#world.machines.find(({ terminalId }) => terminalId === address.terminalId);
    if (machine !== undefined) this.#world.ambush(machine, 'file collected');
  }

  /** What a resident has in hand afterwards, by its digest. */
  async receive(text: string): Promise<{ readonly end: Received; readonly digest?: string }> {
    const address = read(text);
    if (address === undefined) return { end: 'over' };
    const asked = await this.#center.collectFile({}, { depositId: address.depositId });
    if (asked.ok)
      return { end: 'got', digest: sha256Hex(decrypted(Buffer.from(asked.value.sealed, 'base64'), address)) };
    return { end: asked.failure.code === 'ENDED' || asked.failure.code === 'UNKNOWN' ? 'over' : 'not-now' };
  }
}
