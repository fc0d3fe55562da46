/**
 * Command and response APDUs (ISO/IEC 7816-3 §12.1): four bytes of header, then data and the length expected back, each
 * present or not, in the short form (one length byte) or the extended one (three).
 */

export type Command = {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** 0..65,535 bytes. */
  readonly data: Uint8Array;
  /** Bytes expected back, 1..65,536; absent when none are expected. */
  readonly le?: number;
};

export type Response = {
  readonly data: Uint8Array;
  /** Status word, 0x0000..0xffff. */
  readonly sw: number;
};

export const SHORT_DATA_MAX = 255;
export const SHORT_LE_MAX = 256;
const EXTENDED_DATA_MAX = 65_535;
const EXTENDED_LE_MAX = 65_536;

const nothing = new Uint8Array(0);

/** The shortest form that fits. Throws RangeError when a field is out of its range: that is a fault of the program. */
export function encodeCommand(command: Command): Uint8Array {
  const { data, le } = command;
  for (const byte of [command.cla, command.ins, command.p1, command.p2]) {
    if (!Number.isInteger(byte) || byte < 0 || byte > 255) throw new RangeError(`not a byte: ${byte}`);
  }
  if (data.length > EXTENDED_DATA_MAX) throw new RangeError(`command data of ${data.length} bytes`);
  if (le !== undefined && (!Number.isInteger(le) || le < 1 || le > EXTENDED_LE_MAX)) throw new RangeError(`Le ${le}`);
  const extended = data.length > SHORT_DATA_MAX || (le !== undefined && le > SHORT_LE_MAX);
  const lengthBytes = extended ? 3 : 1;
  const lcBytes = data.length === 0 ? 0 : lengthBytes;
  // In the extended form the leading zero stands once: before Lc, or before Le when there is no Lc.
  const leBytes = le === undefined ? 0 : extended ? (lcBytes === 0 ? 3 : 2) : 1;
  const bytes = new Uint8Array(4 + lcBytes + data.length + leBytes);
  bytes.set([command.cla, command.ins, command.p1, command.p2]);
  if (lcBytes === 1) bytes[4] = data.length;
  if (lcBytes === 3) bytes.set([0, data.length >> 8, data.length & 0xff], 4);
  bytes.set(data, 4 + lcBytes);
  // The largest length is written as zero.
  if (le !== undefined && leBytes === 1) bytes[bytes.length - 1] = le & 0xff;
  if (le !== undefined && leBytes > 1) bytes.set([(le >> 8) & 0xff, le & 0xff], bytes.length - 2);
  return bytes;
}

/** `undefined` when the bytes are no command APDU. `data` is a view into `bytes`, not a copy: a PIN stays in one place. */
export function decodeCommand(bytes: Uint8Array): (Command & { readonly extended: boolean }) | undefined {
  const [cla, ins, p1, p2, first] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const header = { cla, ins, p1, p2 };
  if (first === undefined) return { ...header, data: nothing, extended: false };
  if (bytes.length === 5) return { ...header, data: nothing, le: first || SHORT_LE_MAX, extended: false };
  if (first !== 0) {
    const data = bytes.subarray(5, 5 + first);
    if (bytes.length === 5 + first) return { ...header, data, extended: false };
    const last = bytes[5 + first];
    if (bytes.length !== 6 + first || last === undefined) return undefined;
    return { ...header, data, le: last || SHORT_LE_MAX, extended: false };
  }
  if (bytes.length < 7) return undefined;
  const length = readUint16(bytes, 5);
  if (bytes.length === 7) return { ...header, data: nothing, le: length || EXTENDED_LE_MAX, extended: true };
  if (length === 0) return undefined;
  const data = bytes.subarray(7, 7 + length);
  if (bytes.length === 7 + length) return { ...header, data, extended: true };
  if (bytes.length !== 9 + length) return undefined;
  return { ...header, data, le: readUint16(bytes, 7 + length) || EXTENDED_LE_MAX, extended: true };
}

export function encodeResponse(response: Response): Uint8Array {
  const bytes = new Uint8Array(response.data.length + 2);
  bytes.set(response.data);
  bytes.set([response.sw >> 8, response.sw & 0xff], response.data.length);
  return bytes;
}

/** `undefined` when there is not even a status word. */
export function decodeResponse(bytes: Uint8Array): Response | undefined {
  if (bytes.length < 2) return undefined;
  return { data: bytes.subarray(0, bytes.length - 2), sw: readUint16(bytes, bytes.length - 2) };
}

function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
