/** What each system of the town is told: the same kind of file that a real deployment writes by hand. */
import { generateKeyPairSync } from 'node:crypto';
import type { BaseRegistryConfig } from '@dokodemo/base-registry/serve';
import type { CenterConfig } from '@dokodemo/center/serve';
import type { IssuerConfig, MunicipalityConfig } from '@dokodemo/issuer/serve';
import type { KioskConfig } from '@dokodemo/kiosk/serve';
import type { PortalConfig } from '@dokodemo/portal/serve';
import type { CertifiedKey } from '@dokodemo/protocol/authority';
import type { TownPorts } from './ports.ts';
import type { TownDatabase } from './town-database.ts';
import type { TownFolder } from './town-folder.ts';
import {
  cardAuthorityFolder,
  openCardAuthority,
  openOrdinance,
  ordinanceAuthorityFolder,
  type TownCard,
} from './town-people.ts';
import { benchTerminal, commandTerminals, ids, type Municipality, type TownTerminal } from './town-plan.ts';
import { townStaff } from './town-staff.ts';
import { ed25519Key, type Trust } from './trust.ts';

export type PrinterChoice =
  | { readonly kind: 'simulated' }
  | { readonly kind: 'folder'; readonly directory: string }
  | { readonly kind: 'ipp'; readonly url: string };

export type TownMakings = {
  readonly folder: TownFolder;
  readonly trust: Trust;
  readonly database: TownDatabase;
  readonly ports: TownPorts;
  readonly towns: readonly Municipality[];
  readonly terminals: readonly TownTerminal[];
  readonly cards: readonly TownCard[];
  readonly printer: PrinterChoice;
  /** Every sheet that comes out is also written here. */
  readonly paperFolder: string;
};

const host = '127.0.0.1';
const since = '2020-01-01';
const pem = (text: string) => ({ pem: text });
const systemUrl = (port: number) => `https://${host}:${port}`;

async function tlsOf(
  { trust }: TownMakings,
  use: 'kiosk' | 'center' | 'issuer' | 'base-registry' | 'portal',
  id: string,
) {
  const { key, certificate, authority } = await trust.identity(use, id);
  return { key: pem(key), certificate: pem(certificate), authority: pem(authority) };
}

async function cardAuthorityPem(folder: TownFolder): Promise<string> {
  return pemOf((await openCardAuthority(folder)).caCertificateDer);
}

function pemOf(certificateDer: Uint8Array): string {
  const lines =
    Buffer.from(certificateDer)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Applications for enrolment are sealed to it. */
async function enrolmentKey(folder: TownFolder, municipality: string): Promise<string> {
  return folder.once(
    `trust/enrolment-${municipality}.pem`,
    () => generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  );
}

export async function centerConfig(makings: TownMakings): Promise<CenterConfig> {
  const { folder, trust, database, ports, towns, terminals } = makings;
  const authority = `http://${host}:${ports.authority}`;
  return {
    listen: { host, port: ports.center },
    tls: await tlsOf(makings, 'center', ids.center),
    database: database.address('center') as CenterConfig['database'],
    production: false,
    municipalities: towns.map(({ municipality, name }) => ({
      code: municipality,
      name,
      issuer: { url: systemUrl(ports.issuer), id: ids.issuer },
    })),
    terminals: terminals.map((terminal) => ({ ...terminal, active: true })),
    cardAuthorities: [pem(await cardAuthorityPem(folder))],
    revocation: { ocsp: { url: `${authority}/ocsp` }, crl: { url: `${authority}/crl` } },
    journal: { origin: 'demo.dokodemo.example', sealKey: pem(await ed25519Key(folder, 'journal-seal')) },
    issueLog: { origin: trust.issueLog.origin, key: pem(trust.issueLog.key) },
  };
}

function calendarOf({ week, holiday, offers }: Municipality): MunicipalityConfig['calendar'] {
  const onHolidays = holiday === undefined ? {} : { holiday };
  return {
    weeks: [
      { from: since, week, ...onHolidays },
      ...offers.flatMap(({ kindId, week: own }) =>
        own === undefined ? [] : [{ kinds: [kindId], from: since, week: own, ...onHolidays }],
      ),
    ],
    closedEveryYear: [],
    closedDays: [],
    stops: [],
  };
}

function feesOf({ offers }: Municipality): MunicipalityConfig['fees'] {
  const named = offers.flatMap(({ kindId, feeYen, feesOfAnswers = {} }) =>
    Object.entries({ [kindId]: feeYen, ...feesOfAnswers }),
  );
  return {
    base: named.map(([kind, amountYen]) => ({ kind, channel: 'kiosk' as const, amountYen, from: since })),
    deductions: [],
  };
}

function municipalityConfig(
  { ports }: TownMakings,
  plan: Municipality,
  signer: CertifiedKey,
  ordinance: Uint8Array,
): MunicipalityConfig {
  return {
    code: plan.municipality,
    name: plan.name,
    mode: 'specimen',
    calendar: calendarOf(plan),
    fees: feesOf(plan),
    ownTerminals: [],
    kinds: plan.offers.map(({ kindId, maxCopies, note, electronicCopies }) => ({
      kindId,
      from: since,
      maxCopies,
      ...(electronicCopies === undefined ? {} : { electronicCopies }),
      ...(note === undefined ? {} : { note }),
    })),
    ...(plan.notice === undefined ? {} : { notices: [{ from: since, words: plan.notice }] }),
    certifiers: [{ from: since, capacity: 'mayor', ...plan.mayor }],
    seals: [
      { sealId: 'mayor-1', from: since, capacity: 'mayor', widthMm: 21, impression: { specimen: plan.sealLegend } },
    ],
    policies: {
      individualNumber: true,
      movingOut: 'refuse-household',
      restrictedMembers: 'any',
      alerts: 'refuse',
      tax: plan.tax,
    },
    ordinance: { authorities: [pem(pemOf(ordinance))] },
    proof: true,
    signer: { key: pem(signer.key), certificate: pem(signer.certificate) },
    visitSeconds: 1_800,
    preparedSeconds: 300,
    sourceMaxAgeSeconds: 60,
    registry: { url: systemUrl(ports.registry), id: ids.registry },
  };
}

export async function issuerConfig(makings: TownMakings): Promise<IssuerConfig> {
  const { folder, trust, database, ports, towns } = makings;
  return {
    listen: { host, port: ports.issuer },
    tls: await tlsOf(makings, 'issuer', ids.issuer),
    database: database.address('issuer') as IssuerConfig['database'],
    center: { url: systemUrl(ports.center) },
    cardAuthorities: [pem(await cardAuthorityPem(folder))],
    production: false,
    console: {
      listen: { host, port: ports.console },
      publicUrl: `http://localhost:${ports.console}`,
      signIn: { development: { port: ports.signIn, users: townStaff(towns) } },
    },
    municipalities: await Promise.all(
      towns.map(async (plan) => {
        const ordinance = await openOrdinance(folder, plan.municipality);
        const signer = await trust.documentSigner(plan.municipality);
        return {
          ...municipalityConfig(makings, plan, signer, ordinance.caCertificateDer),
          electronicCopies: {
            authority: pem(trust.documents.certificate),
            terminals: [benchTerminal, ...commandTerminals].map(({ terminalId }) => terminalId),
          },
          enrolment: {
            key: pem(await enrolmentKey(folder, plan.municipality)),
            authority: pem(trust.documents.certificate),
            neighbours: towns
              .filter(({ municipality }) => municipality !== plan.municipality)
              .map(({ municipality, name }) => ({ code: municipality, name })),
          },
        };
      }),
    ),
  };
}

export async function registryConfig(makings: TownMakings): Promise<BaseRegistryConfig> {
  const { database, ports, towns } = makings;
  const toAll = (id: string) => Object.fromEntries(towns.map(({ municipality }) => [municipality, [id]]));
  return {
    listen: { host, port: ports.registry },
    tls: await tlsOf(makings, 'base-registry', ids.registry),
    database: database.address('registry') as BaseRegistryConfig['database'],
    issuers: toAll(ids.issuer),
    operators: toAll(ids.clerk),
  };
}

/** 問合せサイト, for everybody who was handed a paper. */
export async function portalConfig(makings: TownMakings): Promise<PortalConfig> {
  const { folder, ports } = makings;
  return {
    listen: { host, port: ports.portal },
    publicUrl: `http://localhost:${ports.portal}`,
    center: { url: systemUrl(ports.center), id: ids.center },
    tls: await tlsOf(makings, 'portal', ids.portal),
    trustBundleFile: folder.file('trust', 'bundle.json'),
    production: false,
  };
}

export async function kioskConfig(makings: TownMakings): Promise<KioskConfig> {
  const { folder, trust, ports, cards, printer, paperFolder } = makings;
  const { terminalId, store } = benchTerminal;
  const own = (name: string) => folder.file('kiosk', terminalId, name);
  return {
    listen: { host, port: ports.kiosk },
    center: { url: systemUrl(ports.center), id: ids.center },
    tls: await tlsOf(makings, 'kiosk', terminalId),
    documentAuthority: pem(trust.documents.certificate),
    terminal: { terminalId, store },
    electronicCopies: { portalUrl: `http://localhost:${ports.portal}` },
    journalFile: own('journal'),
    production: false,
    devices: {
      printer: printer.kind === 'simulated' ? { kind: 'simulated', stateFile: own('printer.json') } : printer,
      money: { kind: 'simulated', stateFile: own('money.json') },
      reader: {
        kind: 'simulated',
        wallet: {
          shelf: folder.file('cards'),
          authority: cardAuthorityFolder(folder),
          cards: cards.map(({ key, label, note, pin, municipality, secondPin }) => ({
            cardId: key,
            label,
            note,
            pin,
            ...(secondPin === undefined
              ? {}
              : { ordinance: { authority: ordinanceAuthorityFolder(folder), municipality, secondPin } }),
          })),
        },
      },
    },
    bench: { pageOrigin: `http://localhost:${ports.bench}`, paperFolder },
  };
}

export function authorityConfig({ folder, ports }: TownMakings) {
  return { directory: cardAuthorityFolder(folder), host, port: ports.authority };
}
