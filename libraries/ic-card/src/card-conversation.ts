import { type Command, decodeResponse, encodeCommand, type Response } from './apdu.ts';
import { type CardConnection, CardError, type CardErrorCode } from './card-reader.ts';
import { DIGEST_BYTES, jpkiProfile, type PinShape, pinFits, sha256DigestInfo, tokenLabels } from './jpki-profile.ts';
import {
  ORDINANCE_CHALLENGE_BYTES,
  ORDINANCE_SIGNATURE_BYTES,
  type OrdinancePurpose,
  ordinanceProfile,
} from './ordinance-profile.ts';
import { SW, statusMeaning, triesInStatus } from './status-word.ts';

export type CardFailure = {
  readonly ok: false;
  readonly code:
    | CardErrorCode
    /** The card has no JPKI application: some other card. */
    | 'CARD_UNKNOWN'
    /** The municipality has put no application of its own on this card: there is no second PIN. */
    | 'CARD_NO_ORDINANCE'
    /** The application is there, the certificate is not (not issued, or revoked and erased). */
    | 'CARD_NO_CERTIFICATE'
    /** Signing before the PIN. */
    | 'PIN_NEEDED'
    /** Not four digits (or not a password): never sent to the card, costs no try. */
    | 'PIN_MALFORMED'
    /** The card answered what it should not. */
    | 'CARD_UNREADABLE';
  /** For the operator. */
  readonly detail: string;
};

export type TokenKind = 'card' | 'android' | 'iphone' | 'other';
/**
 * `holder`: 利用者証明用暗証番号. `second`: 第二暗証番号, of the municipality's own application; `ordinance`: that
 * application's first PIN. `signature`: 署名用暗証番号, which is a password.
 */
export type WhichPin = 'holder' | 'second' | 'ordinance' | 'signature';

/** What a kiosk does with a card. One conversation per connection; the caller disconnects in a `finally`. */
export interface CardConversation {
  /** The user-authentication certificate (free to read on plastic cards). */
  readAuthenticationCertificate(): Promise<
    { readonly ok: true; readonly certificateDer: Uint8Array; readonly token: TokenKind } | CardFailure
  >;
  /** Asks the counter; costs no try. 0: locked. */
  pinTriesLeft(which?: WhichPin): Promise<{ readonly ok: true; readonly triesLeft: number } | CardFailure>;
  /** `pin` is ASCII; its bytes are overwritten before this returns, whatever happens. */
  verifyPin(
    pin: Uint8Array,
    which?: WhichPin,
  ): Promise<
    | { readonly ok: true; readonly outcome: 'ok' }
    | { readonly ok: true; readonly outcome: 'wrong'; readonly triesLeft: number }
    | { readonly ok: true; readonly outcome: 'locked' }
    | CardFailure
  >;
  /** RSA PKCS#1 v1.5 over the SHA-256 DigestInfo of `digest` (32 bytes), by the user-authentication key. */
  signChallenge(digest: Uint8Array): Promise<{ readonly ok: true; readonly signature: Uint8Array } | CardFailure>;
  /** The certificate of the municipality's own application (free to read). */
  readOrdinanceCertificate(): Promise<{ readonly ok: true; readonly certificateDer: Uint8Array } | CardFailure>;
  /** By the municipality's own application, after the PIN of that purpose: see `ordinanceStatement`. 32 bytes in. */
  signOrdinance(
    purpose: OrdinancePurpose,
    challenge: Uint8Array,
  ): Promise<{ readonly ok: true; readonly signature: Uint8Array } | CardFailure>;
}

/** Far above every certificate seen on a card (about 1.5 KB); keeps a mad card from feeding us for ever. */
export const CARD_FILE_MAX_BYTES = 8_192;

const { files } = jpkiProfile;
type ApplicationName = 'jpki' | 'ordinance';
const applications = {
  jpki: { aid: jpkiProfile.aid, absent: 'CARD_UNKNOWN' },
  ordinance: { aid: ordinanceProfile.aid, absent: 'CARD_NO_ORDINANCE' },
} as const;
const pins = {
  holder: { of: 'jpki', file: files.authenticationPin, rule: jpkiProfile.authenticationPin },
  signature: { of: 'jpki', file: files.signaturePin, rule: jpkiProfile.signaturePin },
  ordinance: { of: 'ordinance', file: ordinanceProfile.files.holderPin, rule: ordinanceProfile.holderPin },
  second: { of: 'ordinance', file: ordinanceProfile.files.secondPin, rule: ordinanceProfile.secondPin },
} as const satisfies Record<WhichPin, { of: ApplicationName; file: number; rule: PinShape }>;
const ordinanceKeys = { holder: ordinanceProfile.files.holderKey, second: ordinanceProfile.files.secondKey } as const;

/** Ends the conversation from inside; turned into a value at the door. */
class Refused extends Error {
  readonly failure: CardFailure;

  constructor(code: CardFailure['code'], detail: string) {
    super(detail);
    this.failure = { ok: false, code, detail };
  }
}

export function cardConversation(connection: CardConnection): CardConversation {
  let selected: ApplicationName | undefined;

  async function send(command: Partial<Command> & Pick<Command, 'ins'>): Promise<Response> {
    const bytes = encodeCommand({ cla: 0, p1: 0, p2: 0, data: new Uint8Array(0), ...command });
    try {
      const response = decodeResponse(await connection.transmit(bytes));
      if (response === undefined) throw new Refused('CARD_UNREADABLE', 'an answer without a status word');
      return response;
    } finally {
      bytes.fill(0);
    }
  }

  async function selectApplication(name: ApplicationName): Promise<void> {
    if (selected === name) return;
    const { aid, absent } = applications[name];
    const { sw } = await send({ ins: 0xa4, p1: 0x04, p2: 0x0c, data: aid });
    if (sw !== SW.OK) throw new Refused(absent, `SELECT ${name}: ${said(sw)}`);
    selected = name;
  }

  async function selectFile(application: ApplicationName, file: number): Promise<void> {
    await selectApplication(application);
    const { sw } = await send({ ins: 0xa4, p1: 0x02, p2: 0x0c, data: Uint8Array.of(file >> 8, file & 0xff) });
    if (sw === SW.NOT_FOUND) throw new Refused('CARD_NO_CERTIFICATE', `no file ${file.toString(16)}`);
    if (sw !== SW.OK) throw new Refused('CARD_UNREADABLE', `SELECT ${file.toString(16)}: ${said(sw)}`);
  }

  async function readBytes(offset: number, length: number): Promise<Uint8Array> {
    const { sw, data } = await send({ ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le: length });
    if (sw === SW.SECURITY_NOT_SATISFIED) throw new Refused('PIN_NEEDED', `READ BINARY: ${said(sw)}`);
    if (sw !== SW.OK) throw new Refused('CARD_UNREADABLE', `READ BINARY at ${offset}: ${said(sw)}`);
    if (data.length === 0 || data.length > length) throw new Refused('CARD_UNREADABLE', `${data.length} bytes read`);
    return Uint8Array.from(data);
  }

  /** A file that is one DER SEQUENCE; its own header says how long it is. */
  async function readDer(): Promise<Uint8Array> {
    const first = await readBytes(0, 256);
    if (first[0] !== 0x30 || first[1] !== 0x82)
      throw new Refused('CARD_NO_CERTIFICATE', 'the file holds no certificate');
    const total = 4 + (((first[2] ?? 0) << 8) | (first[3] ?? 0));
    if (total > CARD_FILE_MAX_BYTES) throw new Refused('CARD_UNREADABLE', `a certificate of ${total} bytes`);
    const whole = new Uint8Array(total);
    let filled = Math.min(first.length, total);
    whole.set(first.subarray(0, filled));
    while (filled < total) {
      const more = await readBytes(filled, Math.min(256, total - filled));
      whole.set(more, filled);
      filled += more.length;
    }
    return whole;
  }

  async function tokenKind(): Promise<TokenKind> {
    await selectFile('jpki', files.token);
    const label = Buffer.from(await readBytes(0, 32)).toString('latin1');
    if (label.startsWith(tokenLabels.card)) return 'card';
    if (label.startsWith(tokenLabels.android)) return 'android';
    return label.startsWith(tokenLabels.iphone) ? 'iphone' : 'other';
  }

  return {
    readAuthenticationCertificate: () =>
      asValue(async () => {
        await selectApplication('jpki');
        const token = await tokenKind();
        await selectFile('jpki', files.authenticationCertificate);
        return { ok: true, certificateDer: await readDer(), token } as const;
      }),

    pinTriesLeft: (which = 'holder') =>
      asValue(async () => {
        await selectFile(pins[which].of, pins[which].file);
        const { sw } = await send({ ins: 0x20, p2: 0x80 });
        const triesLeft = isBlocked(sw) ? 0 : triesInStatus(sw);
        if (triesLeft === undefined) throw new Refused('CARD_UNREADABLE', `VERIFY (empty): ${said(sw)}`);
        return { ok: true, triesLeft } as const;
      }),

    verifyPin: (pin, which = 'holder') =>
      asValue(async () => {
        try {
          // A slip of the keypad must not cost the resident one of three tries.
          if (!pinFits(pin, pins[which].rule)) {
            throw new Refused('PIN_MALFORMED', 'not a PIN');
          }
          await selectFile(pins[which].of, pins[which].file);
          const { sw } = await send({ ins: 0x20, p2: 0x80, data: pin });
          if (sw === SW.OK) return { ok: true, outcome: 'ok' } as const;
          const triesLeft = isBlocked(sw) ? 0 : triesInStatus(sw);
          if (triesLeft === undefined) throw new Refused('CARD_UNREADABLE', `VERIFY: ${said(sw)}`);
          if (triesLeft === 0) return { ok: true, outcome: 'locked' } as const;
          return { ok: true, outcome: 'wrong', triesLeft } as const;
        } finally {
          pin.fill(0);
        }
      }),

    signChallenge: (digest) =>
      asValue(async () => {
        if (digest.length !== DIGEST_BYTES) throw new RangeError(`a challenge has 32 bytes, not ${digest.length}`);
        await selectFile('jpki', files.authenticationKey);
        const { sw, data } = await send({ cla: 0x80, ins: 0x2a, p2: 0x80, data: sha256DigestInfo(digest), le: 256 });
        if (sw === SW.SECURITY_NOT_SATISFIED) throw new Refused('PIN_NEEDED', `SIGN: ${said(sw)}`);
        if (sw !== SW.OK || data.length === 0) throw new Refused('CARD_UNREADABLE', `SIGN: ${said(sw)}`);
        return { ok: true, signature: Uint8Array.from(data) } as const;
      }),

    readOrdinanceCertificate: () =>
      asValue(async () => {
        await selectFile('ordinance', ordinanceProfile.files.certificate);
        return { ok: true, certificateDer: await readDer() } as const;
      }),

    signOrdinance: (purpose, challenge) =>
      asValue(async () => {
        if (challenge.length !== ORDINANCE_CHALLENGE_BYTES) {
          throw new RangeError(`a challenge has ${ORDINANCE_CHALLENGE_BYTES} bytes, not ${challenge.length}`);
        }
        await selectFile('ordinance', ordinanceKeys[purpose]);
        const le = ORDINANCE_SIGNATURE_BYTES;
        const { sw, data } = await send({ cla: 0x80, ins: 0x2a, p2: 0x80, data: challenge, le });
        if (sw === SW.SECURITY_NOT_SATISFIED) throw new Refused('PIN_NEEDED', `SIGN: ${said(sw)}`);
        if (sw !== SW.OK || data.length !== le) throw new Refused('CARD_UNREADABLE', `SIGN: ${said(sw)}`);
        return { ok: true, signature: Uint8Array.from(data) } as const;
      }),
  };
}

async function asValue<Success>(work: () => Promise<Success>): Promise<Success | CardFailure> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return error.failure;
    if (error instanceof CardError) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
}

function isBlocked(sw: number): boolean {
  return sw === SW.PIN_BLOCKED || sw === SW.PIN_BLOCKED_ISO;
}

function said(sw: number): string {
  return `${sw.toString(16).padStart(4, '0')} ${statusMeaning(sw)}`;
}
