/** The real systems, each built from its ports as its own server builds it, on the simulated world. */
import { createBaseRegistry, createMemoryRegister, type RegisterStore } from '@dokodemo/base-registry';
import { createCenter, jpkiCredentials, memoryCenterStore, ofJournal } from '@dokodemo/center';
import { createIssuer, createMemoryStore, type IssuerStore } from '@dokodemo/issuer';
import { createMemoryJournal, type Journal, JournalBusy, JournalUnavailable } from '@dokodemo/journal';
import {
  clientOver,
  collectingEndpoints,
  conversationEndpoints,
  fileEndpoints,
  issuingEndpoints,
  registerEndpoints,
  service,
} from '@dokodemo/protocol';
import { Chance } from './chance.ts';
import { type Database, DatabaseAway, type Line, overLine } from './database.ts';
import { municipalities } from './keyring.ts';
import { mortalClock } from './mortal.ts';
import { everyRound, Process } from './process.ts';
import { jpkiRevocation } from './revocation-line.ts';
import type { Preparing } from './witness.ts';
import { witnessedForms } from './witnessed-form.ts';
import type { World } from './world.ts';

const issuerId = 'issuer';
const roundMs = 2_000;

/** What lasts: the systems' databases. */
export type Stores = {
  readonly journal: Journal;
  readonly center: ReturnType<typeof memoryCenterStore>;
  readonly issuer: IssuerStore;
  readonly registers: ReadonlyMap<string, RegisterStore>;
  readonly databases: { readonly center: Database; readonly issuer: Database; readonly registry: Database };
};

export function makeStores(world: World): Stores {
  return {
    journal: witnessedJournal(world),
    center: memoryCenterStore(),
    issuer: witnessedStore(world),
    registers: new Map(municipalities.map(({ code }) => [code as string, createMemoryRegister(world.time)])),
    databases: {
      center: { name: 'center', away: false },
      issuer: { name: 'issuer', away: false },
      registry: { name: 'registry', away: false },
    },
  };
}

function witnessedJournal(world: World): Journal {
  const journal = createMemoryJournal();
  return {
    ...journal,
    async append(streamId, expectedVersion, events) {
      const outcome = await journal.append(streamId, expectedVersion, events);
      if (outcome === 'conflict') return outcome;
      const written = (await journal.read(streamId)).slice(expectedVersion).map(ofJournal);
      world.witness.events.push(...written);
      for (const { sessionId, seq, body } of written) {
        if (body.kind === 'FileWithdrawn') world.count('file withdrawn');
        const about = 'applicationId' in body ? ` ${body.applicationId}` : '';
        const yen = 'feeYen' in body ? ` ${body.feeYen} yen` : '';
        const code = 'code' in body ? ` ${body.code}` : 'reason' in body ? ` ${body.reason}` : '';
        world.history.say('center', `${sessionId} ${seq} ${body.kind}${about}${yen}${code}`);
      }
      return outcome;
    },
  };
}

function witnessedStore(world: World): IssuerStore {
  const store = world.parts.issuerDatabase(createMemoryStore());
  return {
    ...store,
    async recordApplication(application) {
      const result = await store.recordApplication(application);
      if (result.kept) {
        world.witness.keep(result.application);
        const { applicationId, state, refusal, issue } = application;
        const numbers = issue?.documentNumbers.join() ?? '';
        world.history.say('issuer', `${applicationId} ${state} ${refusal?.code ?? ''}${numbers}`);
      }
      return result;
    },
    async changeState(municipality, applicationId, from, change) {
      const changed = await store.changeState(municipality, applicationId, from, change);
      if (!changed) return changed;
      world.history.say('issuer', `${applicationId} ${from} → ${change.state}`);
      const { records } = world.witness;
      const before = records.get(applicationId);
      if (before !== undefined) {
        const outcomes = [...before.outcomes, change.outcome];
        records.set(applicationId, { ...before, state: change.state, outcomes });
      }
      return changed;
    },
  };
}

function lineTo(world: World, database: Database, who: string, failure: Line['failure']): Line {
  const chance = Chance.stream(world.plan.seed, `line of ${who} to its database`);
  return { time: world.time, chance, database, maxDelayMs: world.plan.weather.databaseDelayMs, failure };
}

const away = () => new DatabaseAway();
const journalAway = (asked: boolean) =>
  asked ? new JournalUnavailable('simulated: nobody knows whether it was written') : new JournalBusy();

export function centerProcess(world: World, index: number): Process {
  const name = `center-${index + 1}`;
  return new Process(name, 'center', world.network, (life, boot) => {
    const { stores, plan, keyring } = world;
    const clock = mortalClock(world.time, life);
    const chance = (part: string) => Chance.stream(plan.seed, `${boot} ${part}`);
    const database = stores.databases.center;
    const toIssuer = world.network.carrier({ role: 'center', id: 'center' }, life, 'issuer');
    const issuer = world.parts.issuerOfCenter(clientOver(issuingEndpoints, toIssuer), world);
    const revocation = jpkiRevocation({
      authority: world.jpki,
      services: world.jpkiServices,
      clock,
      chance: chance('line to JPKI'),
      entropy: chance('nonces'),
      lost: () => world.network.faults.lost,
    });
    const center = createCenter({
      journal: overLine(stores.journal, lineTo(world, database, `${boot} journal`, journalAway), life),
      store: overLine(stores.center, lineTo(world, database, `${boot} store`, away), life),
      issuers: (municipality) => (municipalities.some(({ code }) => code === municipality) ? issuer : undefined),
      credentials: jpkiCredentials({
        anchors: [keyring.jpkiCertificate],
        revocation,
        clock,
        allowTestAuthority: true,
      }),
      terminalAuthority: keyring.systemsAuthority,
      municipalities: municipalities.map(({ code, name: words }) => ({ code, name: words, issuerId })),
      clock,
      entropy: chance('ids'),
      note: ({ what, code = '', sessionId = '', detail }) => {
        if (life.alive) world.noted(name, what, `${code} ${sessionId}`, detail);
      },
    });
    const tick = world.parts.centerTick(center.tick, world);
    everyRound(clock, roundMs, tick, (error) => {
      if (life.alive) world.failedRound(name, error);
    });
    return [
      service(conversationEndpoints, center.handlers),
      service(fileEndpoints, center.fileHandlers),
      service(collectingEndpoints, center.collectingHandlers),
    ];
  });
}

export function issuerProcess(world: World, index: number): Process {
  const name = `issuer-${index + 1}`;
  return new Process(name, 'issuer', world.network, (life, boot) => {
    const { stores, plan, keyring } = world;
    const clock = mortalClock(world.time, life);
    const underWay = new Set<Preparing>();
    const peer = { role: 'issuer', id: issuerId } as const;
    const registries = new Map(
      municipalities.map(({ code }) => {
        const carry = world.network.carrier(peer, life, `registry-${code}`);
        return [code as string, world.parts.registry(clientOver(registerEndpoints, carry), world)];
      }),
    );
    const line = lineTo(world, stores.databases.issuer, `${boot} store`, away);
    const issuer = createIssuer({
      municipalities: world.council,
      store: overLine(world.parts.issuerStore(stores.issuer, world), line, life),
      registry: (municipality) => {
        const client = registries.get(municipality);
        if (client === undefined) throw new Error(`no registry for ${municipality}`);
        return client;
      },
      engine: { ...world.stage.engine, ...world.parts.forms(witnessedForms(world, underWay), world) },
      credentials: { cards: [keyring.jpkiCertificate], terminals: keyring.systemsAuthority },
      center: clientOver(conversationEndpoints, world.network.carrier(peer, life, 'center')),
      clock,
      entropy: Chance.stream(plan.seed, `${boot} ids`),
      note: ({ what, detail }) => {
        if (life.alive) world.noted(name, what, '', detail);
      },
    });
    everyRound(clock, roundMs, issuer.tick, (error) => {
      if (life.alive) world.failedRound(name, error);
    });
    const { prepareDocument } = issuer.handlers;
    const handlers: typeof issuer.handlers = {
      ...issuer.handlers,
      async prepareDocument(call) {
        const preparing = { applicationId: call.body.applicationId, begunAt: world.time.now() };
        underWay.add(preparing);
        world.ambushProcess('issuer', index);
        try {
          return await prepareDocument(call);
        } finally {
          underWay.delete(preparing);
        }
      },
    };
    return [service(issuingEndpoints, handlers)];
  });
}

export function registryProcess(world: World, municipality: string): Process {
  const name = `registry-${municipality}`;
  return new Process(name, name, world.network, (life, boot) => {
    const store = world.stores.registers.get(municipality);
    if (store === undefined) throw new Error(`no register of ${municipality}`);
    const line = lineTo(world, world.stores.databases.registry, boot, away);
    const registry = createBaseRegistry({
      store: overLine(store, line, life),
      issuers: { [municipality]: [issuerId] },
    });
    return [service(registerEndpoints, registry.handlers)];
  });
}
