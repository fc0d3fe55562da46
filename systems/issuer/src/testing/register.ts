/** A base registry of a few households, in memory, that can be changed between two questions. */
import {
  answer,
  type Failure,
  type Household,
  isoJapan,
  type MunicipalityCode,
  type Restriction,
  refuse,
  type SealRegistrationSnapshot,
  type SnapshotFrame,
  type TaxYear,
} from '@dokodemo/domain';
import { directoryDigest } from '@dokodemo/protocol';
import type { RegistryClient } from '../kinds/kind.ts';

type SealRegistration = NonNullable<SealRegistrationSnapshot['registration']>;

export type Register = {
  readonly client: RegistryClient;
  readonly households: Household[];
  readonly restrictions: Restriction[];
  /** Serial number of a certificate → 宛名番号. */
  readonly holders: Map<string, string>;
  /** 宛名番号 → the seal, and the tax rolls, of residents of the households. */
  readonly seals: Map<string, SealRegistration>;
  readonly taxes: Map<string, readonly TaxYear[]>;
  /** The register answers this instead, until taken away. */
  failure: Failure | undefined;
  /** How far behind its own clock the register's state is. */
  behindMs: number;
  /** Waits here before it answers a snapshot; for interleavings. */
  beforeSnapshot: () => Promise<void>;
  snapshotsRead: number;
};

export function createRegister(municipality: string, now: () => number): Register {
  const frameOf = (holder: string): SnapshotFrame | undefined => {
    const household = register.households.find(({ members }) =>
      members.some(({ addresseeNumber }) => addresseeNumber === holder),
    );
    const resident = household?.members.find(({ addresseeNumber }) => addresseeNumber === holder);
    if (household === undefined || resident === undefined) return undefined;
    const { standing, movingOutOn, becameResident, name, birth, sex, particulars } = resident;
    const { householdNumber, address } = household;
    return {
      municipality: municipality as MunicipalityCode,
      asOf: isoJapan(now() - register.behindMs),
      holder,
      restrictions: register.restrictions.filter(({ on }) =>
        'householdNumber' in on ? on.householdNumber === householdNumber : on.addresseeNumber === holder,
      ),
      versions: { [`resident/${holder}`]: 1 },
      resident: {
        standing,
        ...(movingOutOn === undefined ? {} : { movingOutOn }),
        becameResident,
        name,
        isForeign: particulars.kind === 'foreign',
        birth,
        sex,
        householdNumber,
        address,
      },
    };
  };
  const readHolder = async <Snapshot>(holder: string, make: (frame: SnapshotFrame) => Snapshot) => {
    if (register.failure) return { ok: false, failure: register.failure } as const;
    await register.beforeSnapshot();
    register.snapshotsRead++;
    const frame = frameOf(holder);
    return answer({ snapshot: frame === undefined ? null : structuredClone(make(frame)) });
  };
  const register: Register = {
    households: [],
    restrictions: [],
    holders: new Map(),
    seals: new Map(),
    taxes: new Map(),
    failure: undefined,
    behindMs: 0,
    beforeSnapshot: async () => {},
    snapshotsRead: 0,
    client: {
      async findHolder(_params, { serialHex }) {
        if (register.failure) return { ok: false, failure: register.failure };
        return answer({ holder: register.holders.get(serialHex) ?? null });
      },
      async residenceSnapshot(_params, { holder }) {
        if (register.failure) return { ok: false, failure: register.failure };
        await register.beforeSnapshot();
        register.snapshotsRead++;
        const household = register.households.find(({ members }) =>
          members.some(({ addresseeNumber }) => addresseeNumber === holder),
        );
        if (household === undefined) return answer({ snapshot: null });
        const numbers = household.members.map(({ addresseeNumber }) => addresseeNumber);
        return answer({
          snapshot: structuredClone({
            municipality: municipality as MunicipalityCode,
            asOf: isoJapan(now() - register.behindMs),
            holder,
            household,
            restrictions: register.restrictions.filter(({ on }) =>
              'householdNumber' in on
                ? on.householdNumber === household.householdNumber
                : numbers.includes(on.addresseeNumber ?? ''),
            ),
            versions: { [`household/${household.householdNumber}`]: 1 },
          }),
        });
      },
      async credentialDigests() {
        if (register.failure) return { ok: false, failure: register.failure };
        return answer({ digests: [...register.holders.keys()].map(directoryDigest), more: false });
      },
      async sealRegistrationSnapshot(_params, { holder }) {
        return readHolder(holder, (frame) => {
          const registration = register.seals.get(holder);
          return { ...frame, printsSex: false, ...(registration === undefined ? {} : { registration }) };
        });
      },
      async taxSnapshot(_params, { holder }) {
        return readHolder(holder, (frame) => {
          const years = register.taxes.get(holder) ?? [];
          return { ...frame, fiscalYears: years.map(({ fiscalYear }) => fiscalYear), years };
        });
      },
      // There are no family registers in it.
      familyRegisterSnapshot: async () => answer({ snapshot: null }),
      registerHistorySnapshot: async () => answer({ snapshot: null }),
      applyForEnrolment: async () => refuse('UNKNOWN'),
      findEnrolment: async () => answer({ enrolment: null }),
    },
  };
  return register;
}
