/** What the two municipalities have laid down. A change holds for whatever is asked next, as after a reconfiguration. */
import type { FormEngine } from '@dokodemo/documents';
import { type MunicipalityCode, type Weekday, weekdays } from '@dokodemo/domain';
import { type Municipalities, type MunicipalityProfile, municipalitiesOf } from '@dokodemo/issuer';
import { type Keyring, mostKiosks, municipalities, terminalIdOf } from './keyring.ts';

/** Of these there are files instead of paper, too. */
const electronic: ReadonlySet<string> = new Set(['residence', 'tax']);

/** Every kind that the house can issue. */
export const kindIds = ['residence', 'residence-items', 'seal', 'tax', 'family-register', 'register-history'] as const;

const everyDay = { opens: '06:30', closes: '23:00' };
const week = Object.fromEntries(weekdays.map((day) => [day, everyDay])) as Record<Weekday, typeof everyDay>;

export function makeProfiles(keyring: Keyring, engine: FormEngine): readonly MunicipalityProfile[] {
  return municipalities.map(({ code, name, mayor, legend }): MunicipalityProfile => {
    const signer = keyring.signers.get(code);
    const ordinance = keyring.ordinances.get(code);
    if (signer === undefined || ordinance === undefined) throw new Error(`no signer for ${code}`);
    return {
      code: code as MunicipalityCode,
      name,
      mode: 'specimen',
      calendar: {
        weeks: [{ from: '2020-01-01', week }],
        closedEveryYear: [{ from: '12-29', until: '01-03' }],
        closedDays: [],
        stops: [],
      },
      fees: {
        base: kindIds.map((kind) => ({ kind, channel: 'kiosk', amountYen: 200, from: '2020-04-01' })),
        deductions: [],
      },
      ownTerminals: [],
      kinds: kindIds.map((kindId) => ({
        kindId,
        from: '2020-01-01',
        maxCopies: 3,
        electronicCopies: electronic.has(kindId),
      })),
      electronicCopies: {
        authority: keyring.documentAuthority,
        terminals: Array.from({ length: mostKiosks }, (_, i) => terminalIdOf(i)),
      },
      certifiers: [{ from: '2020-04-01', capacity: 'mayor', title: mayor, name: '首長　見本' }],
      seals: [
        {
          sealId: 'mayor-1',
          from: '2020-04-01',
          capacity: 'mayor',
          image: engine.drawSeal(legend, 22),
          specimen: true,
        },
      ],
      policies: { individualNumber: true, movingOut: 'refuse-household', restrictedMembers: 'any', alerts: 'refuse' },
      ordinance: { authorities: [ordinance], stopped: [] },
      signer,
      visitSeconds: 900,
      preparedSeconds: 300,
      sourceMaxAgeSeconds: 60,
    };
  });
}

/** The council's book: profiles as they are now. */
export class Council implements Municipalities {
  #profiles: readonly MunicipalityProfile[];

  constructor(profiles: readonly MunicipalityProfile[]) {
    this.#profiles = profiles;
  }

  find(code: string): MunicipalityProfile | undefined {
    return this.#profiles.find((profile) => profile.code === code);
  }

  all(): readonly MunicipalityProfile[] {
    return this.#profiles;
  }

  /** From now on a residence certificate costs so much. */
  setFee(code: string, amountYen: number): void {
    this.#profiles = this.#profiles.map((profile) => {
      if (profile.code !== code) return profile;
      const base = profile.fees.base.map((amount) => ({ ...amount, amountYen }));
      return { ...profile, fees: { ...profile.fees, base } };
    });
    municipalitiesOf(this.#profiles);
  }
}
