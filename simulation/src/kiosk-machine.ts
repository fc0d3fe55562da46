/** One kiosk: hardware that keeps what hardware keeps, and an agent on it that is born anew with every start. */

import { InProcessReader, type InsertableCard } from '@dokodemo/ic-card';
import {
  centerHandOver,
  createKiosk,
  type Kiosk,
  type PanelState,
  type PanelTouch,
  type StaffAct,
  usualSettings,
} from '@dokodemo/kiosk';
import { clientOver, conversationEndpoints, fileEndpoints } from '@dokodemo/protocol';
import { Chance } from './chance.ts';
import { Disk } from './devices/disk.ts';
import { MoneyBox } from './devices/money-box.ts';
import { panelPinPad } from './devices/pin-pad.ts';
import { Power } from './devices/power.ts';
import { SheetPrinter } from './devices/sheet-printer.ts';
import { Life, mortal, mortalClock } from './mortal.ts';
import { portal } from './phones.ts';
import type { World } from './world.ts';

/** Screens and lines of the journal come ten to the dozen; some screens seldom, or for a moment only. */
const oftenShare = 0.08;
const seldomShare: Readonly<Record<string, number>> = {
  copies: 0.6,
  confirm: 0.4,
  take: 0.6,
  another: 4,
  refunded: 0.5,
  case: 0.5,
  'receive-file': 0.6,
};

export class KioskMachine {
  readonly terminalId: string;
  readonly disk: Disk;
  readonly money: MoneyBox;
  readonly printer: SheetPrinter;
  readonly #world: World;
  readonly #power: Power;
  readonly #cards: InsertableCard[] = [];
  /** How far its clock is from everybody's, in milliseconds. */
  readonly #skewMs: number;
  readonly #journalBytes: number;
  #reader = new InProcessReader();
  #agent: { readonly kiosk: Kiosk; readonly life: Life } | undefined;
  #boots = 0;

  constructor(world: World, terminalId: string) {
    this.#world = world;
    this.terminalId = terminalId;
    const chance = Chance.stream(world.plan.seed, `devices of ${terminalId}`);
    this.#power = new Power(world.time, chance);
    this.#skewMs = chance.happens(0.25) ? chance.between(-180_000, 180_000) : chance.between(-2_000, 2_000);
    // Small, so that a journal begins anew now and then.
    this.#journalBytes = chance.between(2_000, 40_000);
    this.disk = new Disk(world.time, chance, () => world.ambush(this, 'a line is written', oftenShare));
    this.money = new MoneyBox(terminalId, this.#power, chance.happens(0.85), (move) => {
      world.witness.money.push(move);
      world.history.say(terminalId, `money ${move.kind} ${move.yen} for ${move.applicationId}`);
      world.ambush(this, `money ${move.kind}`);
    });
    this.printer = new SheetPrinter(
      terminalId,
      this.#power,
      (sheet) => {
        world.witness.sheetOut(sheet);
        world.history.say(terminalId, `sheet out: ${world.nameOfSheet(sheet.digest)}`);
        world.ambush(this, 'sheet out');
      },
      () => world.ambush(this, 'sheet moves'),
    );
  }

  get running(): boolean {
    return this.#agent !== undefined;
  }

  get powered(): boolean {
    return this.#power.on;
  }

  /** What the panel shows; undefined while it is dark. */
  get state(): PanelState | undefined {
    return this.#agent?.kiosk.state();
  }

  touch(revision: number, touch: PanelTouch): void {
    this.#agent?.kiosk.touch(revision, touch);
  }

  staff(act: StaffAct): boolean {
    return this.#agent?.kiosk.staff(act) ?? false;
  }

  /** The reader's cable is loose, or not any more. */
  setReaderBroken(broken: boolean): void {
    this.#reader.setBroken(broken);
  }

  /** Cards lying on the reader. */
  get cards(): number {
    return this.#cards.length;
  }

  putCard(card: InsertableCard): void {
    if (this.#cards.length >= 2 || this.#cards.includes(card)) return;
    this.#cards.push(card);
    if (this.#power.on) this.#reader.insert(card);
  }

  takeCards(): void {
    this.#reader.remove();
    this.#cards.length = 0;
  }

  start(): void {
    if (this.#agent !== undefined) return;
    this.#power.restore();
    const world = this.#world;
    const boot = `${this.terminalId}/${++this.#boots}`;
    const keys = world.keyring.terminals.get(this.terminalId);
    if (keys === undefined) throw new Error(`no keys for ${this.terminalId}`);
    const life = new Life();
    this.#reader.remove();
    this.#reader = new InProcessReader();
    for (const card of this.#cards) this.#reader.insert(card);
    const carry = world.network.carrier({ role: 'kiosk', id: this.terminalId }, life, 'center');
    const entropy = Chance.stream(world.plan.seed, boot);
    const clock = mortalClock(
      { now: () => world.time.now() + this.#skewMs, setTimer: world.time.setTimer.bind(world.time) },
      life,
    );
    const kiosk = createKiosk({
      terminal: { terminalId: this.terminalId, store: `見本商店 ${this.terminalId}`, ...keys },
      documentAuthority: world.keyring.documentAuthority,
      center: clientOver(conversationEndpoints, carry),
      reader: mortal(this.#reader, life),
      pinPad: mortal(panelPinPad(), life),
      money: mortal(world.parts.money(this.money.port, world), life),
      printer: mortal(world.parts.printer(this.printer.port, world), life),
      journal: mortal(this.disk.open(life), life),
      handOver: mortal(
        world.parts.handOver(
          centerHandOver({ center: clientOver(fileEndpoints, carry), portalUrl: portal.url, clock, entropy }),
          world,
        ),
        life,
      ),
      clock,
      entropy,
      settings: { ...usualSettings, journalBytes: this.#journalBytes },
      note: ({ what, detail, sessionId = '' }) => {
        if (!life.alive) return;
        // Whatever an agent says after its disk has failed is about that.
        const because = this.disk.failed ? `simulated: after the disk failed: ${detail}` : detail;
        world.noted(this.terminalId, what, sessionId, because);
      },
    });
    this.#agent = { kiosk, life };
    this.disk.failed = this.disk.failing;
    world.history.say(this.terminalId, 'starts');
    let shown = '';
    kiosk.subscribe(({ screen, message }) => {
      if (life.alive && screen.kind === 'receive-file') world.phones.addressShown(this.terminalId, screen.address);
      const now = `${screen.kind}${'questionId' in screen ? ` ${screen.questionId}` : ''}${message === undefined ? '' : ` ${message.code}`}`;
      if (!life.alive || now === shown) return;
      shown = now;
      world.history.say(this.terminalId, `shows ${now}`);
      world.ambush(this, `screen ${screen.kind}`, seldomShare[screen.kind] ?? oftenShare);
    });
    kiosk.start().catch((error: unknown) => world.defect(this.terminalId, error));
  }

  /** The agent dies; the devices have their power still. */
  crash(): void {
    if (this.#agent === undefined) return;
    this.#agent.life.end();
    this.#agent = undefined;
    this.#reader.remove();
    const torn = this.disk.cut();
    this.#world.history.say(this.terminalId, `agent dies${torn > 0 ? `, ${torn} bytes under way` : ''}`);
  }

  /** Somebody pulls the plug. */
  cutPower(): void {
    if (!this.#power.on) return;
    this.#world.history.say(this.terminalId, 'power goes');
    this.crash();
    this.#power.cut();
    this.money.cutPower();
    this.printer.cutPower();
  }
}
