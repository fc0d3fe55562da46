/** A center with everything around it, for tests: time and chance of one's own, real keys, a scripted issuer. */
import { createHash } from 'node:crypto';
import { type Answer, answer, type Clock, type Entropy, isoJapan, uuidV7 } from '@dokodemo/domain';
import { createMemoryJournal, type Journal } from '@dokodemo/journal';
import {
  type Fact,
  type Input,
  type ReportedFact,
  signTerminalStatement,
  type Turn,
  terminalStatement,
  x25519PrivateKey,
  x25519PublicBytes,
} from '@dokodemo/protocol';
import { type Authority, certificateDer, certify, createAuthority, privateKeyOf } from '@dokodemo/protocol/authority';
import { type Center, createCenter } from '../center.ts';
import type { CenterNote, CenterOptions } from '../center-options.ts';
import type { CheckedCredential, Credentials } from '../credentials.ts';
import type { RecordedEvent } from '../session/events.ts';
import { ofJournal } from '../session/stream.ts';
import { memoryCenterStore } from '../store/memory-center-store.ts';
import { type ScriptedIssuer, scriptedIssuer, sheetBytes } from './scripted-issuer.ts';

export const startOfTests = Date.parse('2026-11-23T10:00:00+09:00');

export class TestTime implements Clock {
  at = startOfTests;
  now(): number {
    return this.at;
  }
  setTimer(): () => void {
    throw new Error('the center sets no timers of its own');
  }
}

export function testEntropy(seed: string): Entropy {
  let count = 0;
  return {
    bytes(length) {
      const parts: Buffer[] = [];
      for (let have = 0; have < length; have += 32) {
        parts.push(createHash('sha256').update(`${seed} ${count++}`).digest());
      }
      return Buffer.concat(parts).subarray(0, length);
    },
  };
}

type Keys = {
  readonly authority: Authority;
  readonly terminals: ReadonlyMap<string, Terminal>;
  readonly signer: { key: string; certificate: string };
};
export type Terminal = { readonly terminalId: string; readonly key: string; readonly certificate: string };

const validity = {
  notBefore: new Date(startOfTests - 86_400_000),
  notAfter: new Date(startOfTests + 365 * 86_400_000),
};
let keys: Promise<Keys> | undefined;

/** Keys are made once for a test file: they are real, and nothing in a test depends on which. */
export function testKeys(): Promise<Keys> {
  keys ??= (async () => {
    const authority = await createAuthority('test', validity.notBefore, validity.notAfter);
    const terminals = new Map<string, Terminal>();
    for (const terminalId of ['DEMO-0001', 'DEMO-0002']) {
      terminals.set(terminalId, {
        terminalId,
        ...(await certify(authority, { use: 'kiosk', id: terminalId, ...validity })),
      });
    }
    const signer = await certify(authority, { use: 'document-signing', id: '482013', ...validity });
    return { authority, terminals, signer };
  })();
  return keys;
}

export type World = {
  readonly time: TestTime;
  readonly entropy: Entropy;
  readonly journal: Journal;
  readonly store: ReturnType<typeof memoryCenterStore>;
  readonly issuer: ScriptedIssuer;
  readonly notes: CenterNote[];
  readonly center: Center;
  readonly options: CenterOptions;
  readonly keys: Keys;
};

/** Believes any certificate; which is what the tests of conversations need. */
export function trustingCredentials(time: Clock, listedAs = 'a'.repeat(64)): Credentials {
  return {
    check: async (): Promise<Answer<CheckedCredential>> => {
      const at = isoJapan(time.now());
      return answer({
        saw: { chain: 'good', revocation: 'good', by: 'ocsp', producedAt: at, at },
        directoryDigest: listedAs,
        elsewhereDigest: `e${listedAs.slice(1)}`,
      });
    },
  };
}

export async function makeWorld(
  overrides: Partial<CenterOptions> & { readonly checkCard?: boolean; readonly listed?: boolean } = {},
): Promise<World> {
  const { checkCard = false, listed = true, ...options } = overrides;
  const made = await testKeys();
  const time = new TestTime();
  const entropy = testEntropy('center');
  const journal = overrides.journal ?? createMemoryJournal();
  const store = memoryCenterStore();
  await store.putTerminals(
    [...made.terminals.keys()].map((terminalId) => ({
      terminalId,
      operator: '見本商店',
      store: '一号店',
      active: true,
    })),
  );
  if (listed) await store.changeDirectory('482013', ['a'.repeat(64)], []);
  const issuer = scriptedIssuer({ municipality: '482013', signer: made.signer, now: () => time.now(), checkCard });
  const notes: CenterNote[] = [];
  const all: CenterOptions = {
    journal,
    store,
    issuers: (municipality) => (municipality === '482013' ? issuer.client : undefined),
    credentials: trustingCredentials(time),
    terminalAuthority: certificateDer(made.authority.certificate),
    municipalities: [
      { code: '482013', name: '見本県どこでも市', issuerId: '482013' },
      { code: '483028', name: '見本県いつでも町', issuerId: '482013' },
    ],
    clock: time,
    entropy,
    note: (note) => notes.push(note),
    ...options,
  };
  return { time, entropy, journal, store, issuer, notes, center: createCenter(all), options: all, keys: made };
}

/** A kiosk's side of one session. `center` may be changed in between: another process on the same journal. */
export class TestKiosk {
  readonly world: World;
  readonly sessionId: string;
  readonly terminalId: string;
  readonly key;
  center: Center;
  seq = 0;
  kioskSeq = 0;
  turn: Turn | undefined;

  constructor(world: World, terminalId = 'DEMO-0001') {
    this.world = world;
    this.center = world.center;
    this.terminalId = terminalId;
    this.sessionId = uuidV7(world.time, world.entropy);
    this.key = x25519PrivateKey(world.entropy.bytes(32));
  }

  get peer() {
    return { role: 'kiosk' as const, id: this.terminalId };
  }

  opening() {
    const terminal = this.world.keys.terminals.get(this.terminalId);
    if (terminal === undefined) throw new Error('no such terminal');
    const kioskKey = x25519PublicBytes(this.key);
    const { sessionId, terminalId } = this;
    const statement = terminalStatement({ sessionId, kioskKey, terminalId });
    return {
      sessionId,
      kioskKey: kioskKey.toString('base64'),
      terminal: {
        certificate: Buffer.from(certificateDer(terminal.certificate)).toString('base64'),
        signature: signTerminalStatement(privateKeyOf(terminal.key), statement).toString('base64'),
      },
      profile: 'standard',
      version: '1',
      language: 'ja' as const,
    };
  }

  async open(): Promise<Turn> {
    return this.#took(await this.center.handlers.openSession({ peer: this.peer, params: {}, body: this.opening() }));
  }

  ask(input: Input, seq = this.seq): Promise<Answer<Turn>> {
    const { sessionId } = this;
    return this.center.handlers.giveInput({ peer: this.peer, params: { sessionId }, body: { seq, input } });
  }

  async give(input: Input): Promise<Turn> {
    return this.#took(await this.ask(input));
  }

  #took(turn: Answer<Turn>): Turn {
    if (!turn.ok) throw new Error(`refused: ${turn.failure.code} ${turn.failure.detail ?? ''}`);
    this.turn = turn.value;
    this.seq = turn.value.seq;
    return turn.value;
  }

  reported(...facts: Fact[]): ReportedFact[] {
    return facts.map((fact) => ({
      factId: uuidV7(this.world.time, this.world.entropy),
      sessionId: this.sessionId,
      kioskSeq: ++this.kioskSeq,
      at: isoJapan(this.world.time.now()),
      fact,
    }));
  }

  send(facts: readonly ReportedFact[]) {
    return this.center.handlers.reportFacts({ peer: this.peer, params: {}, body: { facts: [...facts] } });
  }

  report(...facts: Fact[]) {
    return this.send(this.reported(...facts));
  }

  /** From the first touch to the menu. */
  async toMenu(certificate = Buffer.from('a certificate')): Promise<Turn> {
    await this.open();
    await this.give({ kind: 'agree' });
    const credential = { kind: 'jpki' as const, certificate: certificate.toString('base64') };
    await this.give({ kind: 'credential', credential, triesLeft: 3 });
    await this.give({ kind: 'proof', signature: Buffer.from('a signature').toString('base64') });
    return this.give({ kind: 'card-removed' });
  }

  /** From the menu to a document that waits for its fee; answers the application's id. */
  async toPay(kindId = 'seal'): Promise<string> {
    let turn = await this.give({ kind: 'chosen', questionId: '@kind', optionIds: [kindId] });
    while (turn.screen.kind !== 'confirm') {
      if (turn.screen.kind === 'copies') turn = await this.give({ kind: 'copies', copies: 2 });
      else if (turn.screen.kind === 'choose') {
        const first = turn.screen.options.find((option) => option.closed === undefined);
        const optionIds = turn.screen.atLeast > 0 && first !== undefined ? [first.id] : [];
        turn = await this.give({ kind: 'chosen', questionId: turn.screen.questionId, optionIds });
      } else throw new Error(`unexpected screen ${turn.screen.kind}`);
    }
    turn = await this.give({ kind: 'confirmed', feeYen: turn.screen.feeYen });
    if (turn.screen.kind !== 'pay') throw new Error(`unexpected screen ${JSON.stringify(turn.screen)}`);
    return turn.screen.applicationId;
  }

  /** What a kiosk reports of a delivery that goes well. */
  wellDelivered(applicationId: string, feeYen = 200, sheets = 1): Fact[] {
    return [
      { kind: 'fee-reserved', applicationId, feeYen, method: 'cash' },
      { kind: 'printing-started', applicationId, sheets },
      ...Array.from({ length: sheets }, (_, i) => ({
        kind: 'sheet-printed' as const,
        applicationId,
        sheet: i + 1,
        sheets,
        digest: createHash('sha256').update(sheetBytes(applicationId, i)).digest('hex'),
      })),
      { kind: 'handed-over', applicationId },
      { kind: 'fee-captured', applicationId, feeYen },
    ];
  }
}

/** Everything that was ever written down. */
export async function eventsOf(journal: Journal): Promise<readonly RecordedEvent[]> {
  return (await journal.readAll(0, 100_000)).events.map(ofJournal);
}
