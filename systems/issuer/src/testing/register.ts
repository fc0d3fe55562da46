/** A base registry of a few households, in memory, that can be changed between two questions. */
import {
  answer,
  type Failure,
  type Household,
  isoJapan,
  type MunicipalityCode,
  type Restriction,
  refuse,
} from '@dokodemo/domain';
import { directoryDigest } from '@dokodemo/protocol';
import type { RegistryClient } from '../kinds/kind.ts';

export type Register = {
  readonly client: RegistryClient;
  readonly households: Household[];
  readonly restrictions: Restriction[];
  /** Serial number of a certificate → 宛名番号. */
  readonly holders: Map<string, string>;
  /** The register answers this instead, until taken away. */
  failure: Failure | undefined;
  /** How far behind its own clock the register's state is. */
  behindMs: number;
  /** Waits here before it answers a snapshot; for interleavings. */
  beforeSnapshot: () => Promise<void>;
  snapshotsRead: number;
};

export function createRegister(municipality: string, now: () => number): Register {
  const register: Register = {
    households: [],
    restrictions: [],
    holders: new Map(),
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
      // This register is of residents only.
      sealRegistrationSnapshot: async () => answer({ snapshot: null }),
      taxSnapshot: async () => answer({ snapshot: null }),
      familyRegisterSnapshot: async () => answer({ snapshot: null }),
      registerHistorySnapshot: async () => answer({ snapshot: null }),
      applyForEnrolment: async () => refuse('UNKNOWN'),
      findEnrolment: async () => answer({ enrolment: null }),
    },
  };
  return register;
}
