/** An issuer with everything around it, driven as a center and a kiosk would. */
import assert from 'node:assert/strict';
import {
  constants,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  sign,
} from 'node:crypto';
import {
  type Answer,
  type Clock,
  type Entropy,
  isoJapan,
  municipalityCode,
  type RefusalCode,
  uuidV7,
  weekdays,
} from '@dokodemo/domain';
import {
  memoryShelf,
  type OrdinanceAuthority,
  openOrdinanceAuthority,
  openTestAuthority,
  ordinanceStatement,
  sha256DigestInfo,
  type TestAuthority,
} from '@dokodemo/ic-card';
import {
  type CenterSaw,
  holderDigest,
  openDocument,
  openLabels,
  type PreparedDocument,
  signTerminalStatement,
  terminalStatement,
  visitChallenge,
  x25519PrivateKey,
  x25519PublicBytes,
} from '@dokodemo/protocol';
import { type Authority, certificateDer, certify, createAuthority } from '@dokodemo/protocol/authority';
import { createIssuer, type Issuer, type IssuerLimits, type IssuerNote } from '../issuer.ts';
import { type MunicipalityProfile, municipalitiesOf } from '../municipality.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { IssuerStore } from '../store/store.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { otherTown, satoFamily, suzukiAlone, town } from './people.ts';
import { createPlainForm, type PlainForm } from './plain-form.ts';
import { createRegister, type Register } from './register.ts';

export const beginning = '2026-11-23T10:00:00.000+09:00';
const from = new Date('2020-01-01T00:00:00Z');
const until = new Date('2046-01-01T00:00:00Z');

/** Keys take their time to make: once for a test file. */
export type Keys = {
  readonly systems: Authority;
  readonly documents: Authority;
  readonly jpki: TestAuthority;
  readonly signers: ReadonlyMap<string, MunicipalityProfile['signer']>;
  readonly terminals: ReadonlyMap<string, { readonly key: KeyObject; readonly certificate: Uint8Array }>;
  readonly cards: readonly Card[];
  /** Each municipality's authority for its own card application. */
  readonly ordinances: ReadonlyMap<string, OrdinanceAuthority>;
};
export type Card = {
  readonly key: KeyObject;
  readonly certificateDer: Uint8Array;
  readonly serialHex: string;
  /** The application that どこでも市 has put on it. */
  readonly ordinance: OrdinanceOnCard;
};
export type OrdinanceOnCard = {
  readonly key: KeyObject;
  readonly certificateDer: Uint8Array;
  readonly serialHex: string;
};

export const terminalIds = ['DEMO-0001', 'DEMO-0002'] as const;

/** `nowMs`: when the cards' certificates begin. */
export async function makeKeys(cards = 2, nowMs = Date.parse(beginning)): Promise<Keys> {
  const systems = await createAuthority('systems', from, until);
  const documents = await createAuthority('documents', from, until);
  const jpki = await openTestAuthority({ shelf: memoryShelf(), clock: { now: () => nowMs } });
  const certified = async (authority: Authority, use: 'kiosk' | 'document-signing', id: string) => {
    const made = await certify(authority, { use, id, notBefore: from, notAfter: until });
    return { key: createPrivateKey(made.key), certificate: certificateDer(made.certificate) };
  };
  const signers = new Map<string, MunicipalityProfile['signer']>();
  for (const code of [town, otherTown]) signers.set(code, await certified(documents, 'document-signing', code));
  const terminals = new Map<string, { key: KeyObject; certificate: Uint8Array }>();
  for (const id of terminalIds) terminals.set(id, await certified(systems, 'kiosk', id));
  const ordinances = new Map<string, OrdinanceAuthority>();
  for (const municipality of [town, otherTown]) {
    const options = { municipality, shelf: memoryShelf(), clock: { now: () => nowMs } };
    ordinances.set(municipality, await openOrdinanceAuthority(options));
  }
  const made = Array.from({ length: cards }, () => makeCard(jpki, ordinances.get(town)));
  return { systems, documents, jpki, signers, terminals, ordinances, cards: made };
}

function makeCard(jpki: TestAuthority, ordinance: OrdinanceAuthority | undefined): Card {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const issued = jpki.issue({ publicKey });
  assert.ok(ordinance);
  return { key: privateKey, ...issued, ordinance: putOn(issued, ordinance) };
}

/** What a clerk does at the counter: an application on a card that is there. */
export function putOn(
  card: Pick<Card, 'certificateDer'>,
  ordinance: OrdinanceAuthority,
  more: { readonly notBefore?: number; readonly notAfter?: number } = {},
): OrdinanceOnCard {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    key: privateKey,
    ...ordinance.enrol({ publicKey, cardCertificateDer: card.certificateDer, ...more }),
  };
}

export function ordinanceOf(keys: Keys, municipality: string): OrdinanceAuthority {
  const found = keys.ordinances.get(municipality);
  assert.ok(found);
  return found;
}

export function countingEntropy(seed = 'seed'): Entropy {
  let count = 0;
  return {
    bytes: (length) => {
      const out = Buffer.alloc(length);
      for (let at = 0; at < length; at += 32) {
        createHash('sha256').update(`${seed}/${count++}`).digest().copy(out, at);
      }
      return new Uint8Array(out);
    },
  };
}

/** One black dot. */
const noSeal = { widthMm: 21, image: { width: 1, height: 1, bits: Uint8Array.of(0x80) } };
const everyDay = { opens: '06:30', closes: '23:00' };

export function profileOf(keys: Keys, code: string, more: Partial<MunicipalityProfile> = {}): MunicipalityProfile {
  const signer = keys.signers.get(code);
  assert.ok(signer);
  return {
    code: municipalityCode(code),
    name: code === town ? '見本県どこでも市' : '見本県いつでも町',
    mode: 'specimen',
    calendar: {
      weeks: [
        {
          from: '2020-01-01',
          week: Object.fromEntries(weekdays.map((name) => [name, everyDay])) as never,
        },
      ],
      closedEveryYear: [{ from: '12-29', until: '01-03' }],
      closedDays: [],
      stops: [],
    },
    fees: {
      base: [
        { kind: 'residence', channel: 'kiosk', amountYen: 300, from: '2020-04-01' },
        { kind: 'residence', channel: 'own-machine', amountYen: 200, from: '2020-04-01' },
      ],
      deductions: [],
    },
    ownTerminals: [],
    kinds: [{ kindId: 'residence', from: '2020-01-01', maxCopies: 5 }],
    certifiers: [{ from: '2022-04-01', capacity: 'mayor', title: '見本県どこでも市長', name: '見本 太郎' }],
    seals: [{ sealId: 'mayor-1', from: '2022-04-01', capacity: 'mayor', image: noSeal, specimen: true }],
    policies: { individualNumber: true, movingOut: 'refuse-household', restrictedMembers: 'any', alerts: 'refuse' },
    ordinance: { authorities: [ordinanceOf(keys, code).caCertificateDer], stopped: [] },
    signer,
    visitSeconds: 600,
    preparedSeconds: 300,
    sourceMaxAgeSeconds: 60,
    ...more,
  };
}

export type World = {
  readonly issuer: Issuer;
  readonly keys: Keys;
  readonly clock: ManualClock;
  readonly entropy: Entropy;
  readonly store: IssuerStore;
  readonly form: PlainForm;
  readonly notes: IssuerNote[];
  /** Of どこでも市; `registers` has those of all. */
  readonly register: Register;
  readonly registers: ReadonlyMap<string, Register>;
  profile: MunicipalityProfile;
};

export function createWorld(
  keys: Keys,
  more: {
    readonly profile?: Partial<MunicipalityProfile>;
    readonly store?: IssuerStore;
    readonly limits?: Partial<IssuerLimits>;
    readonly clock?: ManualClock;
    /** Worlds of one store need ids of their own. */
    readonly seed?: string;
    readonly engine?: Parameters<typeof createIssuer>[0]['engine'];
    readonly center?: Parameters<typeof createIssuer>[0]['center'];
    readonly settle?: Parameters<typeof createIssuer>[0]['settle'];
  } = {},
): World {
  const clock = more.clock ?? createManualClock(beginning);
  const store = more.store ?? createMemoryStore();
  const entropy = countingEntropy(more.seed);
  const form = createPlainForm();
  const notes: IssuerNote[] = [];
  const registers = new Map([town, otherTown].map((code) => [code, createRegister(code, () => clock.now())]));
  const register = registers.get(town);
  assert.ok(register);
  register.households.push(satoFamily(), suzukiAlone());
  register.holders.set(cardOf(keys, 0).serialHex, '101');
  register.holders.set(cardOf(keys, 1).serialHex, '201');
  const world: World = {
    keys,
    clock,
    entropy,
    store,
    form,
    notes,
    register,
    registers,
    profile: profileOf(keys, town, more.profile),
    issuer: createIssuer({
      // Read anew at every question, as a configuration that changes without a restart is.
      municipalities: {
        find: (code) => municipalitiesOf([world.profile, profileOf(keys, otherTown)]).find(code),
        all: () => [world.profile, profileOf(keys, otherTown)],
      },
      store,
      registry: (code) => registers.get(code)?.client ?? assert.fail(`no register of ${code}`),
      engine: more.engine ?? form,
      credentials: { cards: [keys.jpki.caCertificateDer], terminals: certificateDer(keys.systems.certificate) },
      ...(more.center === undefined ? {} : { center: more.center }),
      ...(more.settle === undefined ? {} : { settle: more.settle }),
      clock,
      entropy,
      note: (note) => notes.push(note),
      ...(more.limits === undefined ? {} : { limits: more.limits }),
    }),
  };
  return world;
}

export function cardOf(keys: Keys, i: number): Card {
  const card = keys.cards[i];
  assert.ok(card);
  return card;
}

/** What a card does after its PIN (JPKI: RSA PKCS#1 v1.5 over the DigestInfo of the challenge). */
export function cardSigns(card: Card, challenge: Uint8Array): string {
  const padding = constants.RSA_PKCS1_PADDING;
  return privateEncrypt({ key: card.key, padding }, sha256DigestInfo(challenge)).toString('base64');
}

export const center = { role: 'center', id: 'center' } as const;
export const id = (world: { clock: Clock; entropy: Entropy }) => uuidV7(world.clock, world.entropy);

export type Session = {
  readonly sessionId: string;
  readonly visitId: string;
  readonly terminalId: string;
  readonly kioskPrivateKey: KeyObject;
  readonly kioskKey: Uint8Array;
  readonly card: Card;
  readonly municipality: string;
};

export function newSession(world: World, more: Partial<Session> = {}): Session {
  const kioskPrivateKey = more.kioskPrivateKey ?? x25519PrivateKey(world.entropy.bytes(32));
  return {
    sessionId: id(world),
    visitId: id(world),
    terminalId: terminalIds[0],
    kioskPrivateKey,
    kioskKey: new Uint8Array(x25519PublicBytes(kioskPrivateKey)),
    card: cardOf(world.keys, 0),
    municipality: town,
    ...more,
  };
}

export function openBody(world: World, session: Session) {
  const { sessionId, visitId, terminalId, kioskKey } = session;
  const terminal = world.keys.terminals.get(terminalId);
  assert.ok(terminal);
  const statement = terminalStatement({ sessionId, kioskKey, terminalId });
  return {
    visitId,
    sessionId,
    terminalId,
    kioskKey: Buffer.from(kioskKey).toString('base64'),
    terminal: {
      certificate: Buffer.from(terminal.certificate).toString('base64'),
      signature: signTerminalStatement(terminal.key, statement).toString('base64'),
    },
    credential: { kind: 'jpki' as const, certificate: Buffer.from(session.card.certificateDer).toString('base64') },
  };
}

export const openVisit = (world: World, session: Session, body = openBody(world, session)) =>
  world.issuer.handlers.openVisit({ peer: center, params: { municipality: session.municipality }, body });

export function proofBody(
  world: World,
  session: Session,
  nonce: string,
  card = session.card,
): { signature: string; centerSaw: CenterSaw } {
  const challenge = visitChallenge({ ...session, issuerNonce: Buffer.from(nonce, 'base64') });
  const at = isoJapan(world.clock.now());
  return {
    signature: cardSigns(card, challenge),
    centerSaw: { chain: 'good', revocation: 'good', by: 'ocsp', producedAt: at, at },
  };
}

export const proveVisit = (world: World, session: Session, body: ReturnType<typeof proofBody>) =>
  world.issuer.handlers.proveVisit({
    peer: center,
    params: { municipality: session.municipality, visitId: session.visitId },
    body,
  });

/** What the municipality's application signs after a PIN: here with the choice of signing something else. */
export function secondProofBody(
  session: Session,
  nonce: string,
  {
    ordinance = session.card.ordinance,
    purpose = 'second',
  }: { ordinance?: OrdinanceOnCard; purpose?: 'holder' | 'second' } = {},
): { certificate: string; signature: string } {
  const statement = ordinanceStatement(
    purpose,
    visitChallenge({ ...session, issuerNonce: Buffer.from(nonce, 'base64') }),
  );
  return {
    certificate: Buffer.from(ordinance.certificateDer).toString('base64'),
    signature: sign('sha256', statement, { key: ordinance.key, dsaEncoding: 'ieee-p1363' }).toString('base64'),
  };
}

export const proveSecondPin = (world: World, session: Session, body: ReturnType<typeof secondProofBody>) =>
  world.issuer.handlers.proveSecondPin({
    peer: center,
    params: { municipality: session.municipality, visitId: session.visitId },
    body,
  });

/** A session up to its menu. */
export async function enter(world: World, more: Partial<Session> = {}) {
  const session = newSession(world, more);
  const opened = value(await openVisit(world, session));
  const proved = value(await proveVisit(world, session, proofBody(world, session, opened.nonce)));
  const sealed = Buffer.from(proved.sealedLabels, 'base64');
  const labels = openLabels(session.kioskPrivateKey, sealed, session.visitId);
  return { session, menu: proved.menu, labels, nonce: opened.nonce };
}

export type Wish = Partial<Parameters<Issuer['handlers']['prepareDocument']>[0]['body']>;

export function wishBody(world: World, wish: Wish = {}) {
  return {
    applicationId: id(world),
    kindId: 'residence',
    answers: { scope: ['holder'], show: [] },
    copies: 1,
    feeYen: 300 * (wish.copies ?? 1),
    ...wish,
  };
}

export const prepare = (world: World, session: Session, body = wishBody(world)) =>
  world.issuer.handlers.prepareDocument({
    peer: center,
    params: { municipality: session.municipality, visitId: session.visitId },
    body,
  });

export const tell = (
  world: World,
  applicationId: string,
  outcome: 'handed-over' | 'voided' | 'unresolved',
  sheetDigests: string[] = [],
  at = isoJapan(world.clock.now()),
) =>
  world.issuer.handlers.tellOutcome({
    peer: center,
    params: { municipality: town, applicationId },
    body: { outcome, reason: 'TOLD', sheetDigests, at },
  });

/** Opens what was prepared as the kiosk of `session` does. */
export function openAtKiosk(
  world: World,
  session: Session,
  wish: { applicationId: string; kindId: string; answers: Record<string, string[]>; copies: number; feeYen: number },
  reply: PreparedDocument,
) {
  return openDocument(
    session.kioskPrivateKey,
    { aad: Buffer.from(reply.aad, 'base64'), sealed: Buffer.from(reply.sealed, 'base64') },
    {
      ...session,
      ...wish,
      chosen: { answers: wish.answers, put: new Set(Object.keys(wish.answers)), confirmed: Object.keys(wish.answers) },
      holder: holderDigest(session.card.certificateDer),
      nowMs: world.clock.now(),
      documentAuthority: certificateDer(world.keys.documents.certificate),
    },
  );
}

export type Paper = { frame: { documentNumber: string; specimen: boolean }; sheet: number; lines: string[] };

export function readPaper(sheets: readonly Uint8Array[]): readonly Paper[] {
  return sheets.map((sheet) => JSON.parse(Buffer.from(sheet).toString('utf8')) as Paper);
}

export function value<T>(given: Answer<T>): T {
  assert.ok(given.ok, given.ok ? '' : JSON.stringify(given.failure));
  return given.value;
}

export function refusedAs(given: Answer<unknown>, code: RefusalCode): string {
  assert.equal(given.ok ? 'answered' : given.failure.code, code);
  return given.ok ? '' : (given.failure.detail ?? '');
}
