/** Places where a test may put a broken part in: so that each check is seen to find what it is there to find. */
import type { Issuer as IssuerOfCenter } from '@dokodemo/center';
import type { Forms, IssuerStore, RegistryClient } from '@dokodemo/issuer';
import type { HandOver, MoneyUnit, Printer } from '@dokodemo/kiosk';
import type { World } from './world.ts';

export type Parts = {
  readonly forms: (sound: Forms, world: World) => Forms;
  readonly registry: (sound: RegistryClient, world: World) => RegistryClient;
  /** What the issuers' database itself does, below what is seen of it. */
  readonly issuerDatabase: (sound: IssuerStore) => IssuerStore;
  readonly issuerStore: (sound: IssuerStore, world: World) => IssuerStore;
  readonly issuerOfCenter: (sound: IssuerOfCenter, world: World) => IssuerOfCenter;
  readonly money: (sound: MoneyUnit, world: World) => MoneyUnit;
  readonly printer: (sound: Printer, world: World) => Printer;
  readonly handOver: (sound: HandOver, world: World) => HandOver;
  readonly centerTick: (sound: () => Promise<unknown>, world: World) => () => Promise<unknown>;
};

const sound = <T>(part: T): T => part;

export const soundParts: Parts = Object.freeze({
  forms: sound,
  registry: sound,
  issuerDatabase: sound,
  issuerStore: sound,
  issuerOfCenter: sound,
  money: sound,
  printer: sound,
  handOver: sound,
  centerTick: sound,
});
