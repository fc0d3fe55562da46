/** Lets what the plan has drawn befall the world, and puts it right again in time. */
import type { RegisterChange } from '@dokodemo/base-registry';
import { dayInJapan } from '@dokodemo/domain';
import type { PrinterCondition } from '@dokodemo/kiosk';
import { Chance } from './chance.ts';
import type { Database } from './database.ts';
import { KioskMachine } from './kiosk-machine.ts';
import { noFaults } from './network.ts';
import { printerConditions, type RegisterStroke, registerStrokes, type Stroke } from './plan.ts';
import type { Process } from './process.ts';
import type { Person } from './town.ts';
import type { World } from './world.ts';

const ambushes = ['power-cut', 'power-cut', 'agent-crash', 'agent-crash', 'printer', 'printer', 'money'] as const;

export class Strokes {
  readonly #world: World;
  readonly #luck: Chance;
  #serial = 0;

  constructor(world: World) {
    this.#world = world;
    this.#luck = Chance.stream(world.plan.seed, 'strokes');
    world.onAmbush = (target, moment) => this.#ambush(target, moment);
    world.onMidSession = (person) => {
      const what = this.#luck.pick(registerStrokes);
      world.count(`mid-session ${what}`);
      this.#changeRegister(person, what, 240_000);
    };
    for (const stroke of world.plan.strokes) world.time.setTimer(stroke.at, () => this.#strike(stroke));
  }

  /** All trouble ends: everything runs, nothing is lost any more. */
  calm(): void {
    const world = this.#world;
    world.trouble = false;
    world.network.faults = noFaults;
    world.network.reconnectAll();
    Object.assign(world.jpkiServices, { ocsp: true, crl: true });
    for (const database of Object.values(world.stores.databases)) database.away = false;
    for (const machine of world.machines) {
      for (const condition of machine.printer.conditions) machine.printer.set(condition, false);
      machine.money.refuses = false;
      machine.setReaderBroken(false);
      if (machine.disk.failing) machine.crash();
      machine.disk.failing = false;
    }
    world.startAll();
    world.history.say('world', 'all trouble ends');
  }

  #later(ms: number, what: () => void): void {
    this.#world.time.setTimer(ms, what);
  }

  #begin(what: string): void {
    this.#world.count(`stroke ${what.split(' ')[0]}`);
    this.#world.history.say('world', what);
  }

  #strike(stroke: Stroke): void {
    const world = this.#world;
    if (!world.trouble) return;
    switch (stroke.kind) {
      case 'crash': {
        const process = world.processes[stroke.system][stroke.process];
        if (process !== undefined) this.#crash(process, stroke.forMs);
        return;
      }
      case 'database-away':
        this.#databaseAway(world.stores.databases[stroke.system], stroke.forMs);
        return;
      case 'power-cut':
      case 'agent-crash':
      case 'line-cut':
      case 'device':
      case 'printer': {
        const machine = world.machines[stroke.kiosk];
        if (machine !== undefined) this.#atKiosk(machine, stroke);
        return;
      }
      case 'jpki-away': {
        this.#begin(`jpki-away ${stroke.service}`);
        this.#world.count(`jpki-away ${stroke.service}`);
        const set = (up: boolean) => {
          if (stroke.service !== 'crl') world.jpkiServices.ocsp = up;
          if (stroke.service !== 'ocsp') world.jpkiServices.crl = up;
        };
        set(false);
        this.#later(stroke.forMs, () => set(true));
        return;
      }
      case 'fee-changed':
        this.#begin(`fee-changed ${stroke.municipality} ${stroke.amountYen}`);
        world.council.setFee(stroke.municipality, stroke.amountYen);
        return;
      case 'register-changed': {
        const person = world.people.persons[stroke.person];
        if (person !== undefined) this.#changeRegister(person, stroke.what, stroke.forMs);
        return;
      }
      case 'card-revoked': {
        const person = world.people.persons[stroke.person];
        if (person === undefined) return;
        this.#begin(`card-revoked ${person.label}`);
        world.jpki.revoke(person.keys.serialHex);
        return;
      }
    }
  }

  #crash(process: Process, forMs: number): void {
    if (!process.running) return;
    this.#begin(`crash ${process.name}`);
    this.#world.count(`crash of ${process.name.split('-')[0]}`);
    process.kill();
    this.#later(forMs, () => process.start());
  }

  #databaseAway(database: Database, forMs: number): void {
    if (database.away) return;
    this.#begin(`database-away ${database.name}`);
    this.#world.count(`database-away of ${database.name}`);
    database.away = true;
    this.#later(forMs, () => {
      database.away = false;
    });
  }

  #atKiosk(machine: KioskMachine, stroke: Extract<Stroke, { kiosk: number }>): void {
    switch (stroke.kind) {
      case 'power-cut':
        this.#powerCut(machine, stroke.forMs);
        return;
      case 'agent-crash':
        this.#agentCrash(machine, stroke.forMs);
        return;
      case 'line-cut':
        this.#begin(`line-cut ${machine.terminalId}`);
        this.#world.network.disconnect(machine.terminalId);
        this.#later(stroke.forMs, () => this.#world.network.reconnect(machine.terminalId));
        return;
      case 'printer':
        this.#printer(machine, stroke.condition, stroke.forMs);
        return;
      case 'device':
        this.#device(machine, stroke.device, stroke.forMs);
        return;
    }
  }

  #device(machine: KioskMachine, device: 'money' | 'reader' | 'disk', forMs: number): void {
    this.#begin(`${device}-fails ${machine.terminalId}`);
    const set = (failing: boolean) => {
      if (device === 'money') machine.money.refuses = failing;
      else if (device === 'reader') machine.setReaderBroken(failing);
      else machine.disk.failing = failing;
    };
    set(true);
    this.#later(forMs, () => {
      set(false);
      // A file that has failed once promises nothing any more: somebody puts the disk right and starts the machine.
      if (device === 'disk') this.#agentCrash(machine, 2_000);
    });
  }

  #printer(machine: KioskMachine, condition: PrinterCondition, forMs: number): void {
    this.#begin(`printer ${machine.terminalId} ${condition}`);
    this.#world.count(`printer ${condition}`);
    machine.printer.set(condition, true);
    this.#later(forMs, () => machine.printer.set(condition, false));
  }

  #powerCut(machine: KioskMachine, forMs: number): void {
    if (!machine.powered) return;
    this.#begin(`power-cut ${machine.terminalId}`);
    this.#world.count(`power-cut at ${machine.state?.screen.kind ?? 'nothing'}`);
    machine.cutPower();
    this.#later(forMs, () => machine.start());
  }

  #agentCrash(machine: KioskMachine, forMs: number): void {
    if (!machine.running) return;
    this.#begin(`agent-crash ${machine.terminalId}`);
    this.#world.count(`agent-crash at ${machine.state?.screen.kind ?? 'nothing'}`);
    machine.crash();
    this.#later(forMs, () => machine.start());
  }

  /** At exactly the wrong moment, or a breath after it. */
  #ambush(target: KioskMachine | Process, moment: string): void {
    const forMs = this.#luck.between(1_000, 90_000);
    const kind = this.#luck.pick(ambushes);
    const condition = this.#luck.pick(printerConditions);
    this.#later(this.#luck.happens(0.5) ? 0 : this.#luck.between(1, 4_000), () => {
      if (!this.#world.trouble) return;
      this.#world.count('ambush');
      this.#world.history.say('world', `ambush at ${moment}`);
      if (!(target instanceof KioskMachine)) this.#crash(target, forMs);
      else if (kind === 'power-cut') this.#powerCut(target, forMs);
      else if (kind === 'agent-crash') this.#agentCrash(target, forMs);
      else if (kind === 'money') this.#device(target, 'money', forMs);
      else this.#printer(target, condition, forMs);
    });
  }

  #change(person: Person, change: RegisterChange): void {
    const { municipality } = person;
    this.#world.truth.write(this.#world.time.now(), municipality, change);
    void this.#world.stores.registers.get(municipality)?.change(municipality, 'town hall', change);
  }

  #changeRegister(person: Person, what: RegisterStroke, forMs: number): void {
    this.#begin(`register ${what} ${person.label}`);
    const { addresseeNumber, household, keys } = person;
    const serial = ++this.#serial;
    const restrict = (on: { addresseeNumber: string } | { householdNumber: string }) => {
      const restrictionId = `sim-${serial}`;
      const from = dayInJapan(this.#world.time.now());
      const restriction = { restrictionId, on, reason: 'protection-measure', level: 'error', from } as const;
      this.#change(person, { kind: 'set-restriction', restriction });
      if (this.#luck.happens(0.6)) {
        this.#later(forMs, () => this.#change(person, { kind: 'clear-restriction', restrictionId }));
      }
    };
    const amend = (amendment: Extract<RegisterChange, { kind: 'amend-resident' }>['amendment']) =>
      this.#change(person, { kind: 'amend-resident', addresseeNumber, amendment });
    switch (what) {
      case 'restrict-person':
        restrict({ addresseeNumber });
        return;
      case 'restrict-household':
        restrict({ householdNumber: household.householdNumber });
        return;
      case 'rename':
        amend({ name: { text: `改名　第${serial}号` } });
        return;
      case 'move-out':
        amend({ standing: 'moved-out' });
        return;
      case 'hand-in-card': {
        const { serialHex } = keys;
        this.#change(person, { kind: 'revoke-credential', serialHex });
        if (this.#luck.happens(0.5)) {
          this.#later(forMs, () => this.#change(person, { kind: 'assign-credential', addresseeNumber, serialHex }));
        }
        return;
      }
    }
  }
}
