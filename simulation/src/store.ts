/** A store: a queue before each kiosk, and somebody who tidies up between two residents and looks after open cases. */
import { Chance } from './chance.ts';
import type { KioskMachine } from './kiosk-machine.ts';
import { Visit } from './resident.ts';
import type { World } from './world.ts';

type Waiting = { readonly label: string; readonly person: number; readonly since: number };

const roundMs = 3_000;
const patienceInLineMs = 600_000;
/** Nobody repairs a printer, or looks into a case, at once. */
const attentionMs = 90_000;

export class Store {
  readonly #world: World;
  readonly #luck: Chance;
  readonly #lines = new Map<KioskMachine, Waiting[]>();
  readonly #before = new Map<KioskMachine, Visit>();
  readonly #troubleSince = new Map<KioskMachine, number>();
  #expected: number;

  constructor(world: World) {
    this.#world = world;
    this.#luck = Chance.stream(world.plan.seed, 'staff');
    this.#expected = world.plan.visits.length;
    for (const [i, { at, person, kiosk }] of world.plan.visits.entries()) {
      world.time.setTimer(at, () => {
        this.#expected--;
        const machine = world.machines[kiosk];
        if (machine === undefined) return;
        const waiting = { label: `v${i + 1}`, person, since: world.time.now() };
        this.#lines.set(machine, [...(this.#lines.get(machine) ?? []), waiting]);
      });
    }
    this.#round();
  }

  /** Visits that have not ended. */
  get open(): number {
    const waiting = [...this.#lines.values()].reduce((sum, line) => sum + line.length, 0);
    return this.#expected + waiting + this.#before.size;
  }

  visitAt(machine: KioskMachine): Visit | undefined {
    return this.#before.get(machine);
  }

  #round(): void {
    for (const machine of this.#world.machines) {
      this.#attend(machine);
      this.#next(machine);
    }
    this.#world.time.setTimer(roundMs, () => this.#round());
  }

  #next(machine: KioskMachine): void {
    if (this.#before.has(machine)) return;
    const now = this.#world.time.now();
    const line = this.#lines.get(machine) ?? [];
    const staying = line.filter(({ since, label }) => {
      const stays = now - since < patienceInLineMs && this.#world.trouble;
      if (!stays) {
        this.#world.count('gave up waiting');
        this.#world.history.say(label, 'leaves the line');
      }
      return stays;
    });
    this.#lines.set(machine, staying);
    if (machine.state?.screen.kind !== 'welcome') return;
    this.#tidy(machine);
    const next = staying.find(({ person }) => !this.#isBusy(person));
    if (next === undefined) return;
    const person = this.#world.people.persons[next.person];
    this.#lines.set(
      machine,
      staying.filter((it) => it !== next),
    );
    if (person === undefined) return;
    const visit = new Visit(this.#world, machine, person, next.label, () => this.#before.delete(machine));
    this.#before.set(machine, visit);
  }

  #isBusy(person: number): boolean {
    const who = this.#world.people.persons[person];
    return [...this.#before.values()].some((visit) => visit.person === who);
  }

  /** What somebody left lying is put aside before the next one comes. */
  #tidy(machine: KioskMachine): void {
    const yen = machine.money.emptySlot().reduce((sum, entry) => sum + entry.yen, 0);
    const sheets = machine.printer.emptyTray().length;
    if (machine.cards > 0) machine.takeCards();
    if (yen > 0 || sheets > 0) {
      this.#world.count('left lying');
      this.#world.history.say('staff', `puts aside ${sheets} sheets, ${yen} yen at ${machine.terminalId}`);
    }
  }

  /** A printer that stands still for long, a case that is open: staff come in the end, and sometimes not. */
  #attend(machine: KioskMachine): void {
    const screen = machine.state?.screen;
    const stuck = screen?.kind === 'printing' && screen.trouble !== undefined;
    const caseNumber = screen?.kind === 'case' || screen?.kind === 'out-of-service' ? screen.caseNumber : undefined;
    if (!stuck && caseNumber === undefined) {
      this.#troubleSince.delete(machine);
      return;
    }
    const now = this.#world.time.now();
    const since = this.#troubleSince.get(machine) ?? now;
    this.#troubleSince.set(machine, since);
    if (now - since < attentionMs || !this.#luck.happens(0.1)) return;
    if (caseNumber === undefined) {
      this.#act(machine, { kind: 'give-up-printing' });
      return;
    }
    const paper = this.#allCameOut(machine, caseNumber) ? 'all-came-out' : 'not-all-came-out';
    this.#act(machine, { kind: 'settle-case', caseNumber, paper });
  }

  #act(machine: KioskMachine, act: Parameters<KioskMachine['staff']>[0]): void {
    const what = act.kind === 'settle-case' ? `${act.kind} ${act.caseNumber} ${act.paper}` : act.kind;
    this.#world.count(`staff ${act.kind}`);
    this.#world.history.say('staff', `${what} at ${machine.terminalId}: ${machine.staff(act)}`);
  }

  /** Looks into the tray, and into the bin. */
  #allCameOut({ terminalId }: KioskMachine, caseNumber: string): boolean {
    const tail = caseNumber.replaceAll('-', '').slice(-8).toLowerCase();
    const application = this.#world.witness.kept.find(
      ({ applicationId, issue }) => issue?.terminalId === terminalId && applicationId.endsWith(tail),
    );
    const digests = application?.issue?.sheetDigests ?? [];
    return digests.length > 0 && digests.every((digest) => this.#world.witness.cameOut(digest));
  }
}
