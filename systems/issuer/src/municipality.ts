/** What a municipality lays down for its issuance: data with the days on which it holds, changed without a restart. */

import type { KeyObject } from 'node:crypto';
import type { Form, OfficialSeal as SealImage } from '@dokodemo/documents';
import type { Day, FeeSchedule, MunicipalityCode, ServiceCalendar } from '@dokodemo/domain';
import type { DocumentSigner } from '@dokodemo/protocol';
import type { PaperSigner } from './prepare/paper-signer.ts';

/** 認証者: who certifies from a day on, the mayor or the mayor's deputy (職務代理者). */
export type Certifier = {
  readonly from: Day;
  /** Last day, inclusive. */
  readonly until?: Day;
  readonly capacity: 'mayor' | 'deputy';
  /** 職名 with the prefecture's name: 「見本県どこでも市長」. */
  readonly title: string;
  readonly name: string;
};

/** 公印 in electronic form, at most 25 mm wide, printed black (住民記録システム標準仕様書 5.6). */
export type OfficialSeal = {
  readonly sealId: string;
  readonly from: Day;
  readonly until?: Day;
  readonly capacity: 'mayor' | 'deputy';
  readonly image: SealImage;
  /** Not a real seal. */
  readonly specimen: boolean;
  /** What a specimen is drawn from. */
  readonly legend?: string;
};

export type OfferedKind = {
  readonly kindId: string;
  readonly from: Day;
  readonly until?: Day;
  readonly maxCopies: number;
  /** Does it demand the second PIN (第二暗証番号)? Absent: as the kind's module says. */
  readonly secondPin?: boolean;
  /** Where a terminal can hand over a file: may it be an electronic copy? Absent: paper only. */
  readonly electronicCopies?: boolean;
  /** The municipality's own words under the button. */
  readonly note?: string;
};

export type Notice = { readonly from: Day; readonly until?: Day; readonly words: string };

/** 税証明書, in the order of the screens. */
export const taxCertificates = [
  'income-and-tax',
  'tax-payment',
  'fixed-asset-valuation',
  'fixed-asset-levy',
  'vehicle-inspection',
] as const;
export type TaxCertificate = (typeof taxCertificates)[number];

export type TaxPolicy = {
  /** Which are offered, in the order of the screens. */
  readonly certificates: readonly {
    readonly certificate: TaxCertificate;
    /** How many fiscal years, from the newest back. */
    readonly years: number;
    /** MM-DD: from this day on the fiscal year that begins in the calendar year is the newest. */
    readonly newYearFrom: string;
  }[];
  /** Two: every certificate on one screen. Three: those of fixed assets behind a button of their own. */
  readonly levels: 2 | 3;
  /** Ask which 税目 a 納税証明書 shows. Else it shows all of the year, for one fee. */
  readonly askItems: boolean;
};

/** Where a municipality lays down nothing: one year of each. The resident tax is settled for June, when its first part
 *  is due (地方税法 320条); values by the end of March (410条). */
export const usualTaxPolicy: TaxPolicy = Object.freeze({
  certificates: taxCertificates.map((certificate) => ({
    certificate,
    years: 1,
    newYearFrom: certificate === 'income-and-tax' || certificate === 'tax-payment' ? '06-01' : '04-01',
  })),
  levels: 3,
  askItems: true,
});

export type Policies = {
  /** May a residence certificate show マイナンバー? */
  readonly individualNumber: boolean;
  /** A member has notified a move out (転出予定): no certificate for the household, or one without that item. */
  readonly movingOut: 'refuse-household' | 'leave-out';
  /** Whose restriction stops a certificate: that of any member, or of those who would be printed. The holder's and
   *  the household's own always do. */
  readonly restrictedMembers: 'any' | 'shown';
  /** At the counter an alert lets staff decide; a kiosk has no staff. */
  readonly alerts: 'refuse' | 'ignore';
  /** Absent: `usualTaxPolicy`. */
  readonly tax?: TaxPolicy;
};

/** 条例利用: the municipality's own application on cards, which holds the second PIN. */
export type Ordinance = {
  /** Authorities that certify it, DER. */
  readonly authorities: readonly Uint8Array[];
  /** 利用停止: serial numbers of certificates that count no more, lower-case hex. */
  readonly stopped: readonly string[];
};

/** 利用登録: applications that come to this municipality, and those that its residents send. */
export type EnrolmentProfile = {
  /** X25519: applications are sealed to it. */
  readonly key: KeyObject;
  /** The center's authority for document-signing keys (DER): whose word on a claim or a key is believed. */
  readonly documentAuthority: Uint8Array;
  /** Other municipalities that take part, by name with the prefecture. */
  readonly neighbours: readonly { readonly code: string; readonly name: string }[];
};

export type GroundName = 'thin' | 'usual' | 'medium' | 'fat' | 'heavy';

export type MunicipalityProfile = {
  readonly code: MunicipalityCode;
  /** With the prefecture: 「見本県どこでも市」. */
  readonly name: string;
  /** Anything but production prints 「見本」 on every sheet. */
  readonly mode: 'production' | 'specimen';
  readonly calendar: ServiceCalendar;
  readonly fees: FeeSchedule;
  /** Terminals of the municipality's own, with fees of their own channel. */
  readonly ownTerminals: readonly string[];
  readonly kinds: readonly OfferedKind[];
  /** The municipality's own words above the certificates: of those in force the one that began last. */
  readonly notices?: readonly Notice[];
  readonly certifiers: readonly Certifier[];
  readonly seals: readonly OfficialSeal[];
  /** The municipality's own forms in place of the house's, by `formId` (settings/in-force.ts). */
  readonly forms?: Readonly<Record<string, Form>>;
  readonly policies: Policies;
  /** Absent: this municipality has no second PIN, and what demands one is closed. */
  readonly ordinance?: Ordinance;
  /** Absent: no applications for enrolment are sent or taken. */
  readonly enrolment?: EnrolmentProfile;
  readonly signer: DocumentSigner;
  /** Keys for what stands on paper, of which the newest in force signs. Absent: `signer`. */
  readonly paperSigners?: readonly PaperSigner[];
  /** Does the paper have a coded back and a background that shows copies? Absent: it does not. */
  readonly proof?: boolean;
  /** Profiles of that background by name: what suits the printers of terminals, and of all others. Absent: the usual. */
  readonly grounds?: {
    readonly default?: GroundName;
    readonly terminals?: Readonly<Record<string, GroundName>>;
  };
  /** Absent: no electronic copies. */
  readonly electronicCopies?: {
    /** The authority that certifies the document-signing keys (DER): it goes into every copy. */
    readonly authority: Uint8Array;
    /** Terminals that hand over files, where the question is put. */
    readonly terminals: readonly string[];
  };
  /** How long a visit may last, and how long a prepared document may wait for its fee. */
  readonly visitSeconds: number;
  readonly preparedSeconds: number;
  /** A reading of the register older than this is refused. */
  readonly sourceMaxAgeSeconds: number;
};

export type Municipalities = {
  find(code: string): MunicipalityProfile | undefined;
  all(): readonly MunicipalityProfile[];
};

export function municipalitiesOf(profiles: readonly MunicipalityProfile[]): Municipalities {
  const byCode = new Map(profiles.map((profile) => [profile.code as string, profile]));
  if (byCode.size !== profiles.length) throw new RangeError('a municipality is configured twice');
  return Object.freeze({ find: (code: string) => byCode.get(code), all: () => profiles });
}

/** Of several entries in force on a day the one that began last; undefined when none is. */
export function inForceOn<T extends { readonly from: Day; readonly until?: Day }>(
  entries: readonly T[],
  day: Day,
): T | undefined {
  return entries
    .filter(({ from, until }) => from <= day && (until === undefined || day <= until))
    .toSorted((a, b) => b.from.localeCompare(a.from))[0];
}
