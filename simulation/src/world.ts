/** One simulated world: the plan of its seed, time, lines, people, kiosks and the real systems. */
import type { FormEngine } from '@dokodemo/documents';
import { type InsertableCard, openTestAuthority, type TestAuthority, VirtualCard } from '@dokodemo/ic-card';
import type { MunicipalityProfile } from '@dokodemo/issuer';
import { Chance } from './chance.ts';
import { History } from './history.ts';
import { type Keyring, layeredShelf, municipalities, terminalIdOf } from './keyring.ts';
import { KioskMachine } from './kiosk-machine.ts';
import { type Mishap, Network } from './network.ts';
import type { Parts } from './parts.ts';
import { Phones } from './phones.ts';
import type { Plan, System } from './plan.ts';
import type { Process } from './process.ts';
import { Council } from './profiles.ts';
import { RegisterTruth } from './register-truth.ts';
import type { JpkiServices } from './revocation-line.ts';
import { centerProcess, issuerProcess, makeStores, registryProcess, type Stores } from './systems.ts';
import { makePeople, type People, type Person } from './town.ts';
import { VirtualTime } from './virtual-time.ts';
import { Witness } from './witness.ts';

/** What is made once for all seeds of a run. */
export type Stage = {
  readonly keyring: Keyring;
  readonly engine: FormEngine;
  readonly profiles: readonly MunicipalityProfile[];
};

/** What a system said of itself and should never have to say. */
export type Defect = { readonly at: number; readonly who: string; readonly what: string };

/** Simulated troubles say so in their message, and who passes on another's defect has nothing to say of it; whatever
 *  else throws is a defect. */
function isSimulated(detail: string): boolean {
  return detail === '' || detail.includes('simulated');
}

export class World {
  readonly plan: Plan;
  readonly stage: Stage;
  readonly parts: Parts;
  readonly time: VirtualTime;
  readonly history: History;
  readonly network: Network;
  readonly witness = new Witness();
  readonly phones: Phones;
  readonly keyring: Keyring;
  readonly jpki: TestAuthority;
  readonly jpkiServices: JpkiServices = { ocsp: true, crl: true };
  readonly council: Council;
  readonly people: People;
  readonly truth: RegisterTruth;
  readonly stores: Stores;
  readonly processes: Readonly<Record<System, readonly Process[]>>;
  readonly machines: readonly KioskMachine[];
  /** Which visit paid for an application. */
  readonly owners = new Map<string, string>();
  readonly defects: Defect[] = [];
  readonly counts = new Map<string, number>();
  readonly #luck: Chance;
  /** Called when luck strikes: the strokes' own business. */
  onAmbush: (target: KioskMachine | Process, moment: string) => void = () => undefined;
  onMidSession: (person: Person) => void = () => undefined;
  trouble = true;
  /** Visits that have not ended; the store's own business. */
  openVisits: () => number = () => 0;

  static async make(plan: Plan, stage: Stage, parts: Parts, keepLines: number): Promise<World> {
    const entropy = Chance.stream(plan.seed, 'JPKI');
    const time = new VirtualTime(plan.startsAt);
    const jpki = await openTestAuthority({ shelf: layeredShelf(stage.keyring.jpkiShelf), clock: time, entropy });
    const world = new World(plan, stage, parts, time, jpki, keepLines);
    await world.#load();
    return world;
  }

  private constructor(plan: Plan, stage: Stage, parts: Parts, time: VirtualTime, jpki: TestAuthority, keep: number) {
    this.plan = plan;
    this.stage = stage;
    this.parts = parts;
    this.time = time;
    this.jpki = jpki;
    this.keyring = stage.keyring;
    this.history = new History(() => time.now(), keep);
    this.#luck = Chance.stream(plan.seed, 'ambushes');
    this.network = new Network(time, Chance.stream(plan.seed, 'network'), plan.weather.faults, {
      mishap: (kind, from, to, request) => this.#mishap(kind, `${from.id}>${to}`, `${request.method} ${request.path}`),
      exchange: (exchange) => {
        this.witness.exchanged(exchange);
        if (exchange.endpoint === 'collectFile') this.phones.gaveOut(exchange);
      },
      noted: ({ endpoint, peer, code, detail }) => {
        this.count(`refused ${code}`);
        this.history.say('network', `${endpoint} for ${peer.id}: ${code}`, detail.split('\n')[0]);
        if (code === 'DEFECT' && !isSimulated(detail)) this.defect(endpoint, detail);
      },
    });
    this.phones = new Phones(this);
    this.council = new Council(stage.profiles);
    this.people = makePeople(plan.seed, Chance.stream(plan.seed, 'people'), stage.keyring, plan.people);
    this.truth = new RegisterTruth(this.people.towns);
    this.stores = makeStores(this);
    const many = (count: number, make: (index: number) => Process) => Array.from({ length: count }, (_, i) => make(i));
    this.processes = {
      registry: municipalities.map(({ code }) => registryProcess(this, code)),
      issuer: many(plan.processes.issuer, (i) => issuerProcess(this, i)),
      center: many(plan.processes.center, (i) => centerProcess(this, i)),
    };
    this.machines = Array.from({ length: plan.kiosks }, (_, i) => new KioskMachine(this, terminalIdOf(i)));
  }

  async #load(): Promise<void> {
    for (const town of this.people.towns) await this.stores.registers.get(town.municipality)?.load(town);
    for (const { municipality, addresseeNumber, keys } of this.people.persons) {
      const change = { kind: 'assign-credential', addresseeNumber, serialHex: keys.serialHex } as const;
      await this.stores.registers.get(municipality)?.change(municipality, 'town hall', change);
    }
    await this.stores.center.putTerminals(
      this.machines.map(({ terminalId }) => ({
        terminalId,
        operator: '見本商店',
        store: terminalId,
        active: true,
      })),
    );
  }

  /** Everything that does not run is started. */
  startAll(): void {
    for (const processes of Object.values(this.processes)) for (const process of processes) process.start();
    for (const machine of this.machines) machine.start();
  }

  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }

  #mishap(kind: Mishap, between: string, what: string): void {
    this.count(`message ${kind}`);
    this.history.say('network', `${kind} ${between} ${what}`);
  }

  noted(who: string, what: string, about: string, detail: string): void {
    this.count(`note ${what}`);
    this.history.say(who, `notes ${what} ${about}`.trimEnd(), detail.split('\n')[0]);
    if (what === 'defect' && !isSimulated(detail)) this.defect(who, detail);
  }

  failedRound(who: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.history.say(who, 'a round failed', detail.split('\n')[0]);
    if (!isSimulated(detail) && error instanceof Error && error.constructor.name !== 'JournalBusy') {
      this.defect(who, detail);
    }
  }

  defect(who: string, error: unknown): void {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.history.say(who, 'DEFECT', what.split('\n')[0]);
    this.defects.push({ at: this.time.now(), who, what });
  }

  /** A moment at which a kiosk is hurt most; `share`: of those that come often, most go by. */
  ambush(machine: KioskMachine, moment: string, share = 1): void {
    if (this.trouble && this.#luck.happens(this.plan.weather.ambush * share)) this.onAmbush(machine, moment);
  }

  ambushProcess(system: System, index: number): void {
    const process = this.processes[system][index];
    if (process !== undefined && this.trouble && this.#luck.happens(this.plan.weather.ambush / 2)) {
      this.onAmbush(process, 'PREPARE');
    }
  }

  /** A resident is about to confirm: whatever the register says from now on must count. */
  atConfirmation(person: Person): void {
    this.#inSession(person, 2);
  }

  /** The menu stands there already, or the document is prepared already: the register changes all the same. */
  atAnotherStep(person: Person): void {
    this.#inSession(person, 0.2);
  }

  #inSession(person: Person, share: number): void {
    if (this.trouble && this.#luck.happens(this.plan.weather.ambush * share)) this.onMidSession(person);
  }

  nameOfSheet(digest: string): string {
    return this.witness.drawings.get(digest)?.name ?? 'a sheet that nobody drew';
  }

  nameOfFile(digest: string): string {
    const issue = this.witness.kept.find((it) => it.issue?.sheetDigests.includes(digest))?.issue;
    return issue?.documentNumbers[0] ?? 'a file that nobody issued';
  }

  /** Some other card in a resident's purse: no JPKI on it. */
  strayCard(): InsertableCard {
    return new VirtualCard([]);
  }
}
