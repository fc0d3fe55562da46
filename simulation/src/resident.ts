/**
 * A visit: somebody comes to a kiosk, does what residents do, and now and then what they should not: a wrong PIN, a card
 * pulled in the middle, a coin too many, a way out of the store before the end.
 */
import { type Deed, freshMemory, type Memory, nextDeed, type Wishes } from '@dokodemo/demo';
import type { InsertableCard } from '@dokodemo/ic-card';
import type { PanelState } from '@dokodemo/kiosk';
import { Chance } from './chance.ts';
import { witnessedCard } from './devices/witnessed-card.ts';
import type { KioskMachine } from './kiosk-machine.ts';
import { kindIds } from './profiles.ts';
import type { Person } from './town.ts';
import type { World } from './world.ts';

/** Screens after which nothing more is to be waited for. */
const finalScreens: ReadonlySet<string> = new Set(['take', 'refunded', 'case', 'out-of-service', 'end', 'notice']);
/** Where hands look into slot and tray. */
const handsFree: ReadonlySet<string> = new Set([
  'welcome',
  'take',
  'refunded',
  'case',
  'out-of-service',
  'another',
  'end',
]);

type Temper = {
  wrongPins: number;
  /** Per look. */
  readonly pullsCard: number;
  readonly leaves: number;
  readonly stops: number;
  readonly goesBack: number;
  overpays: boolean;
  twoCards: boolean;
  /** The telephone is flat, or at home. */
  readonly noPhone: boolean;
  readonly wantsAnother: boolean;
  readonly slowestMs: number;
};

function drawTemper(chance: Chance, waywardness: number): Temper {
  const odd = (share: number) => chance.happens(waywardness * share);
  return {
    wrongPins: odd(0.6) ? chance.between(1, 3) : 0,
    pullsCard: odd(0.5) ? 0.08 : 0,
    leaves: odd(0.8) ? 0.03 : 0,
    stops: odd(0.8) ? 0.05 : 0,
    goesBack: odd(0.8) ? 0.08 : 0,
    overpays: chance.happens(0.3),
    twoCards: odd(0.2),
    noPhone: odd(0.4),
    wantsAnother: chance.happens(0.15),
    slowestMs: odd(0.3) ? 150_000 : 2_500,
  };
}

function drawWishes(chance: Chance, { pin, secondPin }: Person): Wishes {
  return {
    pin,
    secondPin,
    language: chance.pick(['ja', 'ja', 'en']),
    kindId: chance.pick(kindIds),
    answer: ({ options, atLeast, atMost }) => {
      const open = options.filter((option) => option.closed === undefined).map(({ id }) => id);
      if (atMost === 1) return open.length === 0 ? undefined : [chance.pick(open)];
      const some = open.filter(() => chance.happens(0.4)).slice(0, atMost);
      return some.length < atLeast ? open.slice(0, atLeast) : some;
    },
    copies: chance.happens(0.7) ? 1 : chance.between(2, 3),
    payWith: chance.happens(0.3) ? 'ic-money' : 'cash',
  };
}

const patienceMs = 900_000;
const darkPatienceMs = 45_000;

export class Visit {
  readonly label: string;
  readonly person: Person;
  readonly #world: World;
  readonly #machine: KioskMachine;
  readonly #chance: Chance;
  readonly #temper: Temper;
  readonly #wishes: Wishes;
  readonly #memory: Memory = freshMemory();
  readonly #card: InsertableCard;
  readonly #over: () => void;
  readonly #begunAt: number;
  readonly #applications = new Set<string>();
  #darkSince: number | undefined;
  #paysFor = '';
  #feeYen = 0;
  #sheetsDue = 0;
  #refused = 0;
  #refusedAt = -1;
  #final = '';
  #inserted = 0;
  #taken = 0;
  #sheets = 0;
  #strangeYen = 0;
  #strangeSheets = 0;
  #phone: 'idle' | 'asking' | 'done' = 'idle';
  #phoneTries = 0;
  #done = false;

  constructor(world: World, machine: KioskMachine, person: Person, label: string, over: () => void) {
    this.#world = world;
    this.#machine = machine;
    this.person = person;
    this.label = label;
    this.#over = over;
    this.#begunAt = world.time.now();
    this.#chance = Chance.stream(world.plan.seed, `visit ${label}`);
    this.#temper = drawTemper(this.#chance, world.plan.weather.waywardness);
    this.#wishes = drawWishes(this.#chance, person);
    this.#card = witnessedCard(person.card, world.time, this.#chance, (challenge) => {
      const { terminalId } = machine;
      world.witness.signings.push({ at: world.time.now(), terminalId, person, challenge });
      world.history.say(terminalId, `card of ${person.label} signs`);
    });
    world.history.say(label, `${person.label} comes to ${machine.terminalId}`);
    this.#lookLater();
  }

  #lookLater(): void {
    const { slowestMs } = this.#temper;
    const slow = this.#chance.happens(0.04);
    const ms = slow ? this.#chance.between(1_000, slowestMs) : this.#chance.between(150, 900);
    this.#world.time.setTimer(ms, () => this.#look());
  }

  #look(): void {
    if (this.#done) return;
    const now = this.#world.time.now();
    const state = this.#machine.state;
    if (now - this.#begunAt > patienceMs) {
      this.#leave('gave-up');
      return;
    }
    if (state === undefined) {
      this.#inTheDark(now);
      return;
    }
    this.#darkSince = undefined;
    this.#see(state);
    if (handsFree.has(state.screen.kind)) this.#collect();
    const { wayward, deed } = this.#choose(state);
    if (wayward === 'leaves') {
      this.#leave('walked-away');
      return;
    }
    if (deed.kind === 'leave' && !this.#waitsForMoney(state)) {
      this.#leave(this.#final === '' ? state.screen.kind : this.#final);
      return;
    }
    this.#do(deed, state);
    this.#lookLater();
  }

  /** A machine that says nothing of the money inside it is not left: only paper, money or a number to keep ends that. */
  #waitsForMoney({ screen }: PanelState): boolean {
    const price = this.#sheets < this.#sheetsDue ? 0 : this.#feeYen;
    const owed = this.#inserted - this.#taken > price;
    return owed && screen.kind === 'out-of-service' && screen.caseNumber === undefined;
  }

  #see({ screen, revision }: PanelState): void {
    if (finalScreens.has(screen.kind)) this.#final = screen.kind;
    if (screen.kind === 'pay' && screen.applicationId !== this.#paysFor) {
      this.#paysFor = screen.applicationId;
      this.#phone = 'idle';
      this.#phoneTries = 0;
      this.#feeYen += screen.feeYen;
      this.#sheetsDue += screen.sheets;
    }
    if (screen.kind === 'notice' && screen.tone === 'refused' && revision !== this.#refusedAt) {
      this.#refusedAt = revision;
      this.#refused++;
    }
  }

  #inTheDark(now: number): void {
    this.#darkSince ??= now;
    const owed = this.#inserted > this.#taken;
    if (!owed && now - this.#darkSince > darkPatienceMs) {
      this.#leave('dark');
      return;
    }
    this.#lookLater();
  }

  #choose(state: PanelState): { wayward?: 'leaves'; deed: Deed } {
    const { screen } = state;
    const luck = this.#chance;
    const temper = this.#temper;
    if (screen.kind !== 'welcome' && luck.happens(temper.leaves)) return { wayward: 'leaves', deed: { kind: 'wait' } };
    // Told that two lie there, people take them all and begin again.
    const tooMany = state.card === 'two-cards' && luck.happens(0.3);
    if (tooMany || (state.card !== 'absent' && luck.happens(temper.pullsCard)))
      return { deed: { kind: 'hand', deed: 'take-card' } };
    if ('stop' in screen && screen.stop && luck.happens(temper.stops)) {
      return { deed: { kind: 'touch', touch: { kind: 'stop' } } };
    }
    // Told no twice: this person tries no third time.
    if (this.#refused >= 2 && screen.kind === 'choose' && screen.questionId === '@kind' && !state.busy) {
      return { deed: { kind: 'touch', touch: { kind: 'stop' } } };
    }
    if ('back' in screen && screen.back && !state.busy && luck.happens(temper.goesBack)) {
      return { deed: { kind: 'touch', touch: { kind: 'back' } } };
    }
    if (screen.kind === 'another' && temper.wantsAnother && !state.busy && luck.happens(0.5)) {
      return { deed: { kind: 'touch', touch: { kind: 'another' } } };
    }
    const hopeless = temper.noPhone || this.#phoneTries > 5;
    if (screen.kind === 'receive-file' && !state.busy && hopeless && luck.happens(0.05)) {
      return { deed: { kind: 'touch', touch: { kind: 'stop' } } };
    }
    const wrong = temper.wrongPins > 0 && screen.kind === 'enter-pin';
    const wishes = wrong
      ? { ...this.#wishes, pin: wrongPin(this.person.pin), secondPin: wrongPin(this.person.secondPin) }
      : this.#wishes;
    const deed = nextDeed(state, wishes, this.#memory);
    if (wrong && isEnter(deed)) temper.wrongPins--;
    return { deed };
  }

  #do(deed: Deed, state: PanelState): void {
    if (deed.kind === 'touch') {
      if (state.screen.kind === 'confirm' && deed.touch.kind === 'confirmed') this.#world.atConfirmation(this.person);
      if (deed.touch.kind === 'chosen') this.#world.atAnotherStep(this.person);
      this.#machine.touch(state.revision, deed.touch);
      return;
    }
    if (deed.kind !== 'hand') return;
    switch (deed.deed) {
      case 'put-card':
        this.#machine.putCard(this.#card);
        if (this.#temper.twoCards) this.#machine.putCard(this.#world.strayCard());
        this.#temper.twoCards = false;
        return;
      case 'take-card':
        this.#machine.takeCards();
        return;
      case 'pay':
        this.#pay(deed.yen ?? 0);
        return;
      case 'scan':
        this.#scan(deed.address ?? '');
        return;
      case 'take-paper':
      case 'take-money':
        this.#collect();
        return;
    }
  }

  #pay(missing: number): void {
    const { payWith } = this.#wishes;
    const coin = [500, 100, 50, 10].find((yen) => yen <= missing) ?? 10;
    const yen = payWith === 'ic-money' ? missing : this.#temper.overpays ? 1_000 : coin;
    const applicationId = this.#machine.money.insert(yen, payWith);
    if (applicationId === undefined) {
      // It came back at once: next time the exact amount.
      this.#temper.overpays = false;
      return;
    }
    if (!this.#applications.has(applicationId)) this.#world.atAnotherStep(this.person);
    this.#applications.add(applicationId);
    this.#inserted += yen;
    this.#world.owners.set(applicationId, this.label);
  }

  /** Now and then somebody goes on trying after the screen has changed: what it leads to is the same. */
  #scan(address: string): void {
    if (this.#temper.noPhone || this.#phone !== 'idle' || !this.#chance.happens(0.4)) return;
    this.#phone = 'asking';
    this.#phoneTries++;
    const again = () => {
      this.#phone = 'idle';
    };
    this.#world.phones.receive(address).then(({ end, digest }) => {
      this.#world.history.say(this.label, `telephone: ${end}`);
      if (end === 'not-now') return again();
      this.#phone = 'done';
      if (digest === undefined) return;
      this.#sheets++;
      this.#world.witness.filesInHand.push({ visit: this.label, person: this.person, digest });
    }, again);
  }

  /** Takes what lies in slot and tray, and sees whose it is. */
  #collect(): void {
    for (const { yen, applicationId } of this.#machine.money.emptySlot()) {
      if (this.#world.owners.get(applicationId) === this.label) this.#taken += yen;
      else this.#strangeYen += yen;
    }
    for (const { digest, at } of this.#machine.printer.emptyTray()) {
      const drawing = this.#world.witness.drawings.get(digest);
      const mine = drawing?.holder === this.person.addresseeNumber && at >= this.#begunAt;
      if (mine) this.#sheets++;
      else this.#strangeSheets++;
    }
  }

  #leave(end: string): void {
    this.#done = true;
    const stays = end === 'walked-away' || end === 'gave-up';
    // Whoever walks away leaves lying what lies there.
    if (!stays) {
      this.#collect();
      this.#machine.takeCards();
    }
    const endedAt = this.#world.time.now();
    this.#world.witness.visits.push({
      visit: this.label,
      person: this.person,
      terminalId: this.#machine.terminalId,
      begunAt: this.#begunAt,
      endedAt,
      end,
      refusals: [...this.#memory.refusals],
      applications: [...this.#applications],
      insertedYen: this.#inserted,
      takenYen: this.#taken,
      strangeYen: this.#strangeYen,
      strangeSheets: this.#strangeSheets,
      sheets: this.#sheets,
    });
    this.#world.history.say(this.label, `leaves: ${end}; ${this.#sheets} sheets, ${this.#inserted - this.#taken} yen`);
    this.#over();
  }
}

function wrongPin(pin: string): string {
  return pin === '0000' ? '9999' : '0000';
}

function isEnter(deed: Deed): boolean {
  return deed.kind === 'touch' && deed.touch.kind === 'pin-key' && deed.touch.key === 'enter';
}
