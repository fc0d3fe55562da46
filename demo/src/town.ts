/**
 * The whole town: one database server, each system a process of its own, the bench. `npm start` opens it for people;
 * tests, benchmarks and commands open the same town, smaller and in a folder of their own.
 *
 *     const town = await openTown({ root: mkdtempSync('/tmp/town-'), residents: 200, basePort: 'free' });
 *     … town.kioskUrl, town.cards, await town.systems.kill('center'), await town.register.protect('taro') …
 *     await town.stop();
 */
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { CenterConfig } from '@dokodemo/center/serve';
import { type Answer, systemClock } from '@dokodemo/domain';
import type { IssuerConfig } from '@dokodemo/issuer/serve';
import type { KioskConfig } from '@dokodemo/kiosk/serve';
import type { PortalConfig } from '@dokodemo/portal/serve';
import { startBenchServer } from './bench-server.ts';
import { watchCenter } from './center-watcher.ts';
import { applicantOf, type ClerksView, openClerk } from './clerk.ts';
import { claimPortsSoon, freePorts, portsFrom, type TownPorts, usualBasePort } from './ports.ts';
import { type Steps, silentSteps } from './steps.ts';
import {
  authorityConfig,
  centerConfig,
  issuerConfig,
  kioskConfig,
  type PrinterChoice,
  portalConfig,
  registryConfig,
  type TownMakings,
} from './town-configs.ts';
import { forgetTownDatabase, openTownDatabase, type TownDatabase } from './town-database.ts';
import { oneLine, TownError } from './town-error.ts';
import { defaultTownRoot, forgetTown, openTownFolder, type TownFolder } from './town-folder.ts';
import { checkNotOpen, claimFolder, noteClosed, noteOpen, readTownNote, wasKilled } from './town-note.ts';
import { makeTownCards, settlePeople, type TownCard, townDigest } from './town-people.ts';
import {
  benchTerminal,
  commandTerminals,
  furtherTerminals,
  ids,
  type Municipality,
  municipalities,
} from './town-plan.ts';
import { type TownSystems, townSystems } from './town-systems.ts';
import { openTrust } from './trust.ts';

export type SystemName = 'kiosk' | 'portal' | 'center' | 'issuer' | 'registry' | 'authority';

export type Adjust = {
  readonly kiosk?: (config: KioskConfig) => KioskConfig;
  readonly center?: (config: CenterConfig) => CenterConfig;
  readonly issuer?: (config: IssuerConfig) => IssuerConfig;
  readonly portal?: (config: PortalConfig) => PortalConfig;
};

export type TownOptions = {
  /** Where the town keeps everything; `DOKODEMO_DEMO_DIR` or `var/demo` unless said otherwise. */
  readonly root?: string;
  /** Begin anew. */
  readonly fresh?: boolean;
  /** People of the city (the small town has its own number); for a town that is built now. */
  readonly residents?: number;
  /** First of the ports, or any that are free. */
  readonly basePort?: number | 'free';
  /** A PostgreSQL server of your own. */
  readonly databaseUrl?: string;
  readonly printer?: PrinterChoice;
  /** Kiosk terminals beside the bench's and the command's own: DEMO-1001 … */
  readonly furtherTerminals?: number;
  /** The built bench page; without it there is none. */
  readonly benchPage?: string;
  /** For tests and benchmarks: what a system is told, changed before it starts. */
  readonly adjust?: Adjust;
  readonly steps?: Steps;
  /** A system that ended by itself, and why. */
  readonly onUnexpectedEnd?: (name: string, why: string) => void;
  /** Opening is given up between two steps. */
  readonly signal?: AbortSignal;
};

export type Town = {
  readonly folder: TownFolder;
  readonly benchUrl: string;
  readonly kioskUrl: string;
  /** The issuer's console for staff. */
  readonly consoleUrl: string;
  /** 問合せサイト: whoever holds a paper checks it here. */
  readonly portalUrl: string;
  readonly centerUrl: string;
  readonly issuerUrl: string;
  readonly registryUrl: string;
  readonly authorityUrl: string;
  readonly databasePlace: string;
  readonly paperFolder: string;
  readonly printer: PrinterChoice;
  readonly cards: readonly TownCard[];
  readonly municipalities: readonly (Municipality & { readonly population: number })[];
  readonly systems: TownSystems<SystemName>;
  /** The clerk at the register's counter, by the name of a card. */
  readonly register: Readonly<Record<'look' | 'protect' | 'lift', (cardKey: string) => Promise<Answer<ClerksView>>>>;
  /** The clerk decides on whoever applied for enrolment (利用登録) with this card. */
  enrol(cardKey: string, decision: 'approve' | 'reject'): Promise<Answer<{ readonly municipality: string }>>;
  stop(): Promise<void>;
};

function openFolder(root: string): TownFolder {
  try {
    const folder = openTownFolder(root);
    accessSync(folder.root, constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    throw new TownError(
      `The town’s folder ${root} cannot be written (${(error as NodeJS.ErrnoException).code ?? oneLine(error)}). Choose another: DOKODEMO_DEMO_DIR=/a/folder/of/yours npm start`,
    );
  }
}

/** People that were built by another version have other numbers: cards would lead to strangers. */
function checkBuild(folder: TownFolder, towns: readonly Municipality[]): void {
  const file = folder.file('built-from');
  const now = townDigest(towns);
  if (!existsSync(file)) writeFileSync(file, now);
  if (readFileSync(file, 'utf8').trim() !== now)
    throw new TownError('This town was built by another version of the demo. Begin anew: npm start -- --fresh');
}

async function beginAnew(folder: TownFolder, databaseUrl: string | undefined): Promise<void> {
  const open = readTownNote(folder);
  if (open !== undefined)
    throw new TownError(`This town is open (process ${open.pid}). Close it there with Ctrl-C before beginning anew.`);
  await forgetTownDatabase(folder, databaseUrl);
  forgetTown(folder.root);
}

/** What has to be put away again, last things first. */
type Undo = { add(undo: () => Promise<void> | void): void; all(): Promise<void> };
function undoList(): Undo {
  const undos: (() => Promise<void> | void)[] = [];
  return {
    add: (undo) => void undos.push(undo),
    async all() {
      const failed: unknown[] = [];
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        try {
          await undo();
        } catch (error) {
          failed.push(error); // the rest is put away all the same
        }
      }
      if (failed.length > 0) throw failed[0];
    },
  };
}

function writeConfigs(folder: TownFolder, configs: Readonly<Record<SystemName, unknown>>) {
  const plan = (name: SystemName, system: string) => {
    const configFile = folder.file('configs', `${name}.json`);
    writeFileSync(configFile, JSON.stringify(configs[name], null, 2), { mode: 0o600 });
    return { system, configFile, logFile: folder.file('logs', `${name}.log`) };
  };
  return {
    kiosk: plan('kiosk', 'kiosk'),
    portal: plan('portal', 'portal'),
    center: plan('center', 'center'),
    issuer: plan('issuer', 'issuer'),
    registry: plan('registry', 'base-registry'),
    authority: plan('authority', 'test-authority'),
  };
}

async function startSystems(makings: TownMakings, options: TownOptions, undo: Undo): Promise<TownSystems<SystemName>> {
  const { kiosk, center, issuer, portal } = options.adjust ?? {};
  const adjusted = <Config>(config: Config, adjust: ((config: Config) => Config) | undefined) =>
    adjust === undefined ? config : adjust(config);
  const plans = writeConfigs(makings.folder, {
    kiosk: adjusted(await kioskConfig(makings), kiosk),
    portal: adjusted(await portalConfig(makings), portal),
    center: adjusted(await centerConfig(makings), center),
    issuer: adjusted(await issuerConfig(makings), issuer),
    registry: await registryConfig(makings),
    authority: authorityConfig(makings),
  });
  const systems = townSystems(
    plans,
    options.onUnexpectedEnd ?? ((name, why) => console.error(`${name} has ended: ${why}`)),
  );
  undo.add(() => systems.stopAll());
  const started = async (...names: SystemName[]) => {
    const outcomes = await Promise.allSettled(names.map((name) => systems.start(name)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    options.signal?.throwIfAborted();
  };
  await started('authority', 'registry', 'center');
  // The issuer's first act is to tell the center whom it serves; the kiosk's is to say what is left from last time.
  await started('issuer', 'kiosk', 'portal');
  return systems;
}

/** Systems of a town that was killed hear of it and end, each within its own time. */
const endingMs = 10_000;

async function portsOf(folder: TownFolder, { basePort = usualBasePort }: TownOptions): Promise<TownPorts> {
  if (basePort === 'free') return freePorts();
  const ports = portsFrom(basePort);
  await claimPortsSoon(ports, wasKilled(folder) ? endingMs : 0, systemClock);
  return ports;
}

function urlsOf(ports: TownPorts) {
  return {
    benchUrl: `http://localhost:${ports.bench}`,
    kioskUrl: `http://localhost:${ports.kiosk}`,
    consoleUrl: `http://localhost:${ports.console}`,
    portalUrl: `http://localhost:${ports.portal}`,
    centerUrl: `https://127.0.0.1:${ports.center}`,
    issuerUrl: `https://127.0.0.1:${ports.issuer}`,
    registryUrl: `https://127.0.0.1:${ports.registry}`,
    authorityUrl: `http://127.0.0.1:${ports.authority}`,
  };
}

function townsOf({ residents }: TownOptions): readonly Municipality[] {
  if (residents === undefined) return municipalities;
  return municipalities.map((plan) => ({ ...plan, residents: Math.min(residents, plan.residents) }));
}

export async function openTown(options: TownOptions = {}): Promise<Town> {
  const root = options.root ?? defaultTownRoot();
  if (options.fresh === true) await beginAnew(openFolder(root), options.databaseUrl);
  const folder = openFolder(root);
  // Before its own ports are called those of another program.
  checkNotOpen(folder);
  const ports = await portsOf(folder, options);
  const urls = urlsOf(ports);
  claimFolder(folder, urls);
  const undo = undoList();
  undo.add(() => noteClosed(folder));
  try {
    checkBuild(folder, townsOf(options));
    const town = await raise(folder, ports, urls, options, undo);
    noteOpen(folder, urls);
    return town;
  } catch (error) {
    await undo.all();
    throw error;
  }
}

async function raise(
  folder: TownFolder,
  ports: TownPorts,
  urls: ReturnType<typeof urlsOf>,
  options: TownOptions,
  undo: Undo,
): Promise<Town> {
  const { steps: step = silentSteps, printer = { kind: 'simulated' } } = options;
  const towns = townsOf(options);
  const proceed = () => options.signal?.throwIfAborted();

  const database: TownDatabase = await step('database', async (say) => {
    const opened = await openTownDatabase(folder, options.databaseUrl);
    undo.add(opened.stop);
    say(opened.place);
    await opened.prepare();
    return opened;
  });
  proceed();
  const trust = await step('keys and certificates', () => openTrust(folder, systemClock));
  const cards = await step('cards', (say) => makeTownCards(folder, towns, say));
  proceed();
  const population = await step('people', async (say) => {
    const counted = await settlePeople(database.address('registry'), towns, cards, say);
    say(
      towns.map(({ name, municipality }) => `${name} ${(counted[municipality] ?? 0).toLocaleString('en')}`).join(', '),
    );
    return counted;
  });
  proceed();
  const terminals = [benchTerminal, ...commandTerminals, ...furtherTerminals(options.furtherTerminals ?? 0)];
  const paperFolder = folder.file('paper');
  const makings: TownMakings = { folder, trust, database, ports, towns, terminals, cards, printer, paperFolder };
  const systems = await step('systems', async (say) => {
    const started = await startSystems(makings, options, undo);
    say('test authority, register, center, issuer, kiosk, portal');
    return started;
  });

  const clerk = openClerk(urls.registryUrl, await trust.identity('operator', ids.clerk));
  undo.add(clerk.close);
  const resident = (cardKey: string) => {
    const card = cards.find(({ key }) => key === cardKey);
    if (card === undefined)
      throw new TownError(`No card “${cardKey}”; there are: ${cards.map(({ key }) => key).join(', ')}`);
    return card;
  };
  const place = (cardKey: string) => {
    const { municipality, addresseeNumber } = resident(cardKey);
    return { municipality, addresseeNumber };
  };
  const register = {
    look: async (cardKey: string) => clerk.look(place(cardKey)),
    protect: async (cardKey: string) => clerk.protect(place(cardKey)),
    lift: async (cardKey: string) => clerk.lift(place(cardKey)),
  };
  if (options.benchPage !== undefined) {
    const watcher = watchCenter(urls.centerUrl, await trust.identity('operator', ids.watcher));
    undo.add(watcher.close);
    const bench = await startBenchServer({
      port: ports.bench,
      pageDirectory: options.benchPage,
      kioskUrl: urls.kioskUrl,
      portalUrl: urls.portalUrl,
      watcher,
      register,
      cards,
    });
    undo.add(bench.close);
  }
  let stopping: Promise<void> | undefined;
  return {
    folder,
    ...urls,
    databasePlace: database.place,
    paperFolder,
    printer,
    cards,
    municipalities: towns.map((plan) => ({ ...plan, population: population[plan.municipality] ?? 0 })),
    systems,
    register,
    enrol: async (cardKey, decision) => clerk.enrol(applicantOf(resident(cardKey)), decision),
    stop() {
      stopping ??= undo.all();
      return stopping;
    },
  };
}
