import { decodeCommand, decodeResponse } from './apdu.ts';
import type { CardConnection } from './card-reader.ts';
import { statusMeaning } from './status-word.ts';

/** VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, and CHANGE KEY of the card-face applications: their data are secrets. */
const secretInstructions: ReadonlySet<number> = new Set([0x20, 0x21, 0x24, 0x25, 0x2c, 0x2d, 0x32]);

/**
 * One exchange as a line for a log. Secret data is masked, and so is everything that is no well-formed command, because
 * nobody can say what is in it. Responses show only length and status: a certificate is somebody's.
 */
export function apduTraceLine(command: Uint8Array, response: Uint8Array): string {
  const answer = decodeResponse(response);
  const back = answer ? `${hex(answer.sw, 4)} ${statusMeaning(answer.sw)}, ${answer.data.length} bytes` : 'no answer';
  return `${commandText(command)} -> ${back}`;
}

function commandText(bytes: Uint8Array): string {
  const command = decodeCommand(bytes);
  if (command === undefined) return `(${bytes.length} bytes that are no command)`;
  const header = [command.cla, command.ins, command.p1, command.p2].map((byte) => hex(byte, 2)).join(' ');
  const secret = secretInstructions.has(command.ins);
  // The length of a masked PIN stays hidden as well: a password's length is half of its strength.
  const data = command.data.length === 0 ? '' : secret ? ' [masked]' : ` ${Buffer.from(command.data).toString('hex')}`;
  return `${header}${data}${command.le === undefined ? '' : ` le=${command.le}`}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** The same connection, telling `sink` each exchange as a masked line. */
export function tracedConnection(connection: CardConnection, sink: (line: string) => void): CardConnection {
  return {
    async transmit(apdu) {
      const response = await connection.transmit(apdu);
      sink(apduTraceLine(apdu, response));
      return response;
    },
    disconnect: () => connection.disconnect(),
  };
}
