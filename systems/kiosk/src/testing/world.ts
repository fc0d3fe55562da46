/** A kiosk with everything around it: time and chance of its own, simulated devices, real cards, a scripted center. */
import { createHash } from 'node:crypto';
import { type Entropy, uuidV7 } from '@dokodemo/domain';
import {
  InProcessReader,
  type MadeCard,
  makeCard,
  memoryCardState,
  memoryShelf,
  openOrdinanceAuthority,
  openTestAuthority,
} from '@dokodemo/ic-card';
import {
  type CertifiedKey,
  certificateDer,
  certify,
  createAuthority,
  privateKeyOf,
} from '@dokodemo/protocol/authority';
import { createKiosk, type Kiosk, type KioskNote, type KioskOptions } from '../agent.ts';
import { centerHandOver } from '../center-hand-over.ts';
import type { PanelState, PanelTouch } from '../panel-contract.ts';
import {
  memoryFile,
  memoryStateStore,
  type Power,
  power,
  screenPinPad,
  simulatedMoneyUnit,
  simulatedPrinter,
} from '../simulated/index.ts';
import { municipality, ScriptedCenter } from './scripted-center.ts';
import { startOfTests, TestTime } from './test-time.ts';

export const pin = '1234';
export const secondPin = '5678';

const validity = {
  notBefore: new Date(startOfTests - 86_400_000),
  notAfter: new Date(startOfTests + 365 * 86_400_000),
};

type Keys = {
  readonly documentAuthority: Uint8Array;
  readonly signer: CertifiedKey;
  readonly terminals: ReadonlyMap<string, CertifiedKey>;
  readonly cards: readonly MadeCard[];
};
let keys: Promise<Keys> | undefined;

/** Made once for a test file: real, and nothing in a test depends on which. The cards' counters are shared as well. */
export function testKeys(): Promise<Keys> {
  keys ??= (async () => {
    const authority = await createAuthority('test', validity.notBefore, validity.notAfter);
    const terminals = new Map<string, CertifiedKey>();
    for (const id of ['DEMO-0001', 'DEMO-0002']) {
      terminals.set(id, await certify(authority, { use: 'kiosk', id, ...validity }));
    }
    const shelf = memoryShelf();
    const cardAuthority = await openTestAuthority({ shelf, clock: { now: () => startOfTests } });
    const cards: MadeCard[] = [];
    const ordinance = {
      authority: await openOrdinanceAuthority({ municipality, shelf, clock: { now: () => startOfTests } }),
      secondPin,
    };
    for (const holderLabel of ['taro', 'hanako', 'jiro']) {
      const order = { authority: cardAuthority, pin, holderLabel, stateStore: memoryCardState(), shelf };
      // The municipality has put nothing on the card of the second one.
      const more = holderLabel === 'hanako' ? {} : { ordinance: { ...ordinance, stateStore: memoryCardState() } };
      cards.push(await makeCard({ ...order, ...more }));
    }
    return {
      documentAuthority: certificateDer(authority.certificate),
      signer: await certify(authority, { use: 'document-signing', id: municipality, ...validity }),
      terminals,
      cards,
    };
  })();
  return keys;
}

export function testEntropy(seed: string): Entropy {
  let count = 0;
  return {
    bytes(length) {
      const parts: Buffer[] = [];
      for (let have = 0; have < length; have += 32) {
        parts.push(createHash('sha256').update(`${seed} ${count++}`).digest());
      }
      return Uint8Array.from(Buffer.concat(parts).subarray(0, length));
    },
  };
}

/** Seen around a port: what a test wants to hold, to break or to watch. */
export type Around = <Port extends object>(name: string, port: Port) => Port;

export type WorldOptions = {
  readonly seed?: string;
  readonly terminalId?: string;
  readonly center?: ScriptedCenter;
  readonly time?: TestTime;
  readonly around?: Around;
  readonly settings?: KioskOptions['settings'];
  /** False: this kiosk can only print. */
  readonly handsOver?: boolean;
};

export async function makeCenter(time: TestTime): Promise<ScriptedCenter> {
  const { signer } = await testKeys();
  const entropy = testEntropy('center');
  return new ScriptedCenter({
    signer: { key: privateKeyOf(signer.key), certificate: certificateDer(signer.certificate) },
    now: () => time.now(),
    newId: () => uuidV7(time, entropy),
  });
}

export class World {
  readonly time: TestTime;
  readonly center: ScriptedCenter;
  readonly terminalId: string;
  readonly reader = new InProcessReader();
  readonly store = memoryStateStore();
  readonly money = simulatedMoneyUnit({ store: this.store });
  readonly printer;
  readonly file = memoryFile();
  readonly notes: KioskNote[] = [];
  readonly states: PanelState[] = [];
  readonly cards: readonly MadeCard[];
  kiosk: Kiosk;
  power: Power = power();
  readonly #options: WorldOptions;
  readonly #keys: Keys;
  readonly #entropy: Entropy;

  private constructor(keysMade: Keys, center: ScriptedCenter, time: TestTime, options: WorldOptions) {
    this.#options = options;
    this.#keys = keysMade;
    this.#entropy = testEntropy(options.seed ?? 'kiosk');
    this.time = time;
    this.center = center;
    this.terminalId = options.terminalId ?? 'DEMO-0001';
    this.cards = keysMade.cards;
    this.printer = simulatedPrinter({ clock: time, sheetMs: 3_000 });
    this.kiosk = this.#assemble();
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const time = options.time ?? new TestTime();
    const world = new World(await testKeys(), options.center ?? (await makeCenter(time)), time, options);
    await world.kiosk.start();
    await world.time.pass(0);
    return world;
  }

  #assemble(): Kiosk {
    const terminal = this.#keys.terminals.get(this.terminalId);
    if (terminal === undefined) throw new Error('no such terminal');
    const around = this.#options.around ?? ((_name, port) => port);
    const feed = <Port extends object>(name: string, port: Port) => this.power.feed(around(name, port));
    const kiosk = createKiosk({
      terminal: {
        terminalId: this.terminalId,
        store: '見本商店',
        certificate: certificateDer(terminal.certificate),
        key: privateKeyOf(terminal.key),
      },
      documentAuthority: this.#keys.documentAuthority,
      center: feed('center', this.center.client(this.terminalId)),
      reader: feed('reader', this.reader),
      pinPad: around('pinPad', screenPinPad()),
      money: feed('money', this.money),
      printer: feed('printer', this.printer),
      ...(this.#options.handsOver === false
        ? {}
        : {
            handOver: centerHandOver({
              center: feed('files', this.center.fileClient(this.terminalId)),
              portalUrl: 'https://portal.example',
              clock: this.power.feed(this.time),
              entropy: around('entropy', this.#entropy),
            }),
          }),
      journal: feed('journal', this.file),
      clock: this.power.feed(this.time),
      entropy: around('entropy', this.#entropy),
      note: (note) => this.notes.push(note),
      ...(this.#options.settings === undefined ? {} : { settings: this.#options.settings }),
    });
    const seen = this.power.feed({ hear: (state: PanelState) => void this.states.push(state) });
    kiosk.subscribe((state) => seen.hear(state));
    return kiosk;
  }

  /** The plug is pulled. `keepBytes`: what of an unsynced write is on the disk; `paperComesOut`: of a sheet in motion. */
  cut(keepBytes = 0, paperComesOut = false): void {
    this.crash(keepBytes);
    this.money.powerCut();
    this.printer.powerCut(paperComesOut);
  }

  /** The computer stops; printer and money unit have power of their own, and go on. */
  crash(keepBytes = 0): void {
    this.power.cut();
    this.file.powerCut(keepBytes);
  }

  /** The same kiosk with the same devices, and nothing in memory. */
  async powerOn(): Promise<void> {
    this.power = power();
    this.kiosk = this.#assemble();
    // Not waited for: with the next cut on its way it may never hear that it has started.
    void this.kiosk.start();
    await this.time.pass(0);
  }

  get screen(): PanelState['screen'] {
    return this.kiosk.state().screen;
  }

  async touch(touch: PanelTouch): Promise<void> {
    this.kiosk.touch(this.kiosk.state().revision, touch);
    await this.time.pass(0);
  }

  /** Lets time pass until this kind of screen stands there, and takes touches. */
  async until<Kind extends PanelState['screen']['kind']>(
    kind: Kind,
    withinMs = 60_000,
  ): Promise<Extract<PanelState['screen'], { kind: Kind }>> {
    const there = () => this.screen.kind === kind && !this.kiosk.state().busy;
    await this.time.pass(withinMs, there);
    const { screen } = this;
    if (screen.kind !== kind) {
      throw new Error(`${kind} did not come, but ${JSON.stringify(screen)}; ${JSON.stringify(this.notes.slice(-5))}`);
    }
    return screen as Extract<PanelState['screen'], { kind: Kind }>;
  }

  async toPin(card = this.cards[0]): Promise<void> {
    await this.until('welcome');
    await this.touch({ kind: 'start', language: 'ja' });
    await this.until('notice');
    await this.touch({ kind: 'agree' });
    await this.until('present-card');
    if (card !== undefined) this.reader.insert(card.card);
    await this.until('enter-pin');
  }

  async enter(digits: string): Promise<void> {
    for (const key of [...digits, 'enter'] as const) {
      await this.touch({ kind: 'pin-key', key: key as Extract<PanelTouch, { kind: 'pin-key' }>['key'] });
    }
  }

  async toMenu(card = this.cards[0]): Promise<void> {
    await this.toPin(card);
    await this.enter(pin);
    await this.until('remove-card');
    this.reader.remove();
    await this.until('choose');
  }

  /** From the menu: the residence certificate of the second member, in so many copies. */
  async choose(copies = 1): Promise<void> {
    await this.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
    await this.until('choose');
    await this.touch({ kind: 'chosen', questionId: 'members', optionIds: ['m2'] });
    await this.until('copies');
    await this.touch({ kind: 'copies', copies });
    await this.until('confirm');
    await this.touch({ kind: 'confirmed' });
  }

  /** To the fee of an electronic copy. */
  async toPayForFile(): Promise<Extract<PanelState['screen'], { kind: 'pay' }>> {
    await this.chooseFile();
    return this.until('pay');
  }

  async chooseFile(): Promise<void> {
    this.center.script.offersFiles = true;
    await this.toMenu();
    await this.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
    await this.until('choose');
    await this.touch({ kind: 'chosen', questionId: 'members', optionIds: ['m2'] });
    await this.until('choose');
    await this.touch({ kind: 'chosen', questionId: 'medium', optionIds: ['electronic'] });
    await this.until('confirm');
    await this.touch({ kind: 'confirmed' });
  }

  async toPay(copies = 1): Promise<Extract<PanelState['screen'], { kind: 'pay' }>> {
    await this.toMenu();
    await this.choose(copies);
    return this.until('pay');
  }

  /** Coins of 100 until the fee is there. */
  async pay(): Promise<void> {
    const { screen } = this;
    if (screen.kind !== 'pay') throw new Error(`nothing is to be paid on ${screen.kind}`);
    for (let paid = this.kiosk.state().insertedYen; paid < screen.feeYen; paid += 100) {
      this.money.insert(100);
      await this.time.pass(0);
    }
  }

  /** From 受け取り to the next resident. */
  async leave(): Promise<void> {
    await this.until('take');
    await this.touch({ kind: 'taken' });
    await this.until('another');
    await this.touch({ kind: 'finish' });
    await this.until('end');
    await this.until('welcome');
  }

  /** What the center has heard, in order. */
  facts(): readonly string[] {
    return this.center.facts.map(({ fact }) => fact.kind);
  }
}
