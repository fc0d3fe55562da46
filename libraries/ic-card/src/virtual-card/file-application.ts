import { type Command, type Response, SHORT_LE_MAX } from '../apdu.ts';
import { SW } from '../status-word.ts';
import type { PinKeeper, PowerCheck } from './pin-keeper.ts';

/** An elementary file: bytes to read, a PIN to verify, or a key to sign with. */
export type CardFile =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly afterPin?: string }
  | { readonly kind: 'pin'; readonly pinId: string }
  | {
      readonly kind: 'key';
      readonly afterPin: string;
      /** One byte unless said otherwise. */
      readonly minInput?: number;
      readonly maxInput: number;
      sign(input: Uint8Array): Uint8Array;
    };

/** What a card holds under one AID. */
export interface CardApplication {
  readonly aid: Uint8Array;
  /** SELECT by AID: no file is current any more. What was verified stays so until the power goes. */
  selected(): void;
  powerOff(): void;
  process(command: Command, power: PowerCheck): Promise<Response>;
}

type Handler = (command: Command, power: PowerCheck) => Response | Promise<Response>;

/** An ISO 7816-4 application made of files: SELECT, READ BINARY, VERIFY, CHANGE, sign, GET CHALLENGE. */
export class FileApplication implements CardApplication {
  readonly aid: Uint8Array;
  readonly #files: ReadonlyMap<number, CardFile>;
  readonly #pins: PinKeeper;
  readonly #challenge: (length: number) => Uint8Array;
  readonly #handlers: ReadonlyMap<number, Handler>;
  #current: CardFile | undefined;

  constructor(options: {
    aid: Uint8Array;
    files: ReadonlyMap<number, CardFile>;
    pins: PinKeeper;
    challenge: (length: number) => Uint8Array;
  }) {
    this.aid = options.aid;
    this.#files = options.files;
    this.#pins = options.pins;
    this.#challenge = options.challenge;
    // Class and instruction together: 80 2A is the card's own signing command, 00 2A is not known.
    this.#handlers = new Map<number, Handler>([
      [0x00a4, (command) => this.#selectFile(command)],
      [0x00b0, (command) => this.#readBinary(command)],
      [0x0020, (command, power) => this.#verify(command, power)],
      [0x0024, (command, power) => this.#change(command, power)],
      [0x0084, (command) => this.#getChallenge(command)],
      [0x802a, (command) => this.#sign(command)],
    ]);
  }

  selected(): void {
    this.#current = undefined;
  }

  powerOff(): void {
    this.#current = undefined;
    this.#pins.forget();
  }

  async process(command: Command, power: PowerCheck): Promise<Response> {
    const handler = this.#handlers.get((command.cla << 8) | command.ins);
    if (handler) return handler(command, power);
    return status(command.cla === 0x00 || command.cla === 0x80 ? SW.UNKNOWN_INSTRUCTION : SW.UNKNOWN_CLASS);
  }

  #selectFile({ p1, p2, data }: Command): Response {
    if (p1 !== 0x02 || p2 !== 0x0c) return status(SW.WRONG_P1P2);
    const [high, low] = data;
    if (data.length !== 2 || high === undefined || low === undefined) return status(SW.WRONG_LENGTH);
    const file = this.#files.get((high << 8) | low);
    if (file === undefined) return status(SW.NOT_FOUND);
    this.#current = file;
    return status(SW.OK);
  }

  #readBinary({ p1, p2, data, le }: Command): Response {
    if (data.length > 0 || le === undefined) return status(SW.WRONG_LENGTH);
    const short = (p1 & 0x80) !== 0;
    if (short && (p1 & 0x60) !== 0) return status(SW.WRONG_P1P2);
    if (short && !this.#selectShort(p1 & 0x1f)) return status(SW.NOT_FOUND);
    const file = this.#current;
    if (file === undefined) return status(SW.NO_CURRENT_FILE);
    if (file.kind !== 'bytes') return status(SW.FILE_NOT_TRANSPARENT);
    if (file.afterPin !== undefined && !this.#pins.isVerified(file.afterPin)) return status(SW.SECURITY_NOT_SATISFIED);
    const offset = short ? p2 : (p1 << 8) | p2;
    if (offset >= file.bytes.length) return status(SW.OFFSET_PAST_END);
    return { data: file.bytes.slice(offset, offset + le), sw: SW.OK };
  }

  async #verify({ p1, p2, data, le }: Command, power: PowerCheck): Promise<Response> {
    const pinId = this.#pinFor(p1, p2, 0x00);
    if (typeof pinId === 'number') return status(pinId);
    if (le !== undefined) return status(SW.WRONG_LENGTH);
    // An empty VERIFY asks for the counter and must never say 9000, whatever was verified: clients test for 63Cx.
    if (data.length === 0) return status(SW.PIN_WRONG | (await this.#pins.triesLeft(pinId, power)));
    return status(await this.#pins.verify(pinId, data, power));
  }

  async #change({ p1, p2, data, le }: Command, power: PowerCheck): Promise<Response> {
    const pinId = this.#pinFor(p1, p2, 0x01);
    if (typeof pinId === 'number') return status(pinId);
    if (le !== undefined || data.length === 0) return status(SW.WRONG_LENGTH);
    return status(await this.#pins.change(pinId, data, power));
  }

  /** The PIN meant by P2 (80: the selected one, 80|n: short file id n), or the status word that refuses. */
  #pinFor(p1: number, p2: number, wantedP1: number): string | number {
    if (p1 !== wantedP1 || (p2 & 0xe0) !== 0x80) return SW.WRONG_P1P2;
    if (p2 !== 0x80 && !this.#selectShort(p2 & 0x1f)) return SW.NOT_FOUND;
    return this.#current?.kind === 'pin' ? this.#current.pinId : SW.NO_CURRENT_FILE;
  }

  #sign({ p1, p2, data, le }: Command): Response {
    if (p1 !== 0x00 || p2 !== 0x80) return status(SW.WRONG_P1P2);
    const file = this.#current;
    if (file?.kind !== 'key') return status(SW.NO_CURRENT_FILE);
    if (!this.#pins.isVerified(file.afterPin)) return status(SW.SECURITY_NOT_SATISFIED);
    const fits = data.length >= (file.minInput ?? 1) && data.length <= file.maxInput;
    if (!fits || le === undefined) return status(SW.WRONG_LENGTH);
    const signature = file.sign(data);
    if (le < signature.length) return status(SW.WRONG_LE | (signature.length & 0xff));
    return { data: signature, sw: SW.OK };
  }

  #getChallenge({ p1, p2, data, le }: Command): Response {
    if (p1 !== 0 || p2 !== 0) return status(SW.WRONG_P1P2);
    if (data.length > 0 || le === undefined || le > SHORT_LE_MAX) return status(SW.WRONG_LENGTH);
    return { data: this.#challenge(le), sw: SW.OK };
  }

  #selectShort(shortId: number): boolean {
    const file = this.#files.get(shortId);
    if (file) this.#current = file;
    return file !== undefined;
  }
}

export function status(sw: number): Response {
  return { data: new Uint8Array(0), sw };
}
