/** What the console's server says. Failures are values with their code. */

export type Who = {
  readonly name: string;
  readonly subject: string;
  readonly grants: Readonly<Record<string, readonly string[]>>;
  readonly csrf: string;
};
export type Failed = { readonly ok: false; readonly code: string; readonly detail?: string };
export type Asked<T> = { readonly ok: true; readonly value: T } | Failed;

async function read<T>(request: Promise<Response>): Promise<Asked<T>> {
  try {
    const response = await request;
    const body = (await response.json()) as T & { code?: string; detail?: string };
    if (response.ok) return { ok: true, value: body };
    return {
      ok: false,
      code: body.code ?? 'DEFECT',
      ...(body.detail === undefined ? {} : { detail: body.detail }),
    };
  } catch {
    return { ok: false, code: 'UPSTREAM_DOWN' };
  }
}

export const whoAmI = (): Promise<Asked<Who>> => read(fetch('/session'));

const headersOf = ({ csrf }: Who) => ({ 'content-type': 'application/json', 'x-csrf-token': csrf });

export function ask<T>(who: Who, path: string, body: object = {}): Promise<Asked<T>> {
  return read(fetch(`/api/${path}`, { method: 'POST', headers: headersOf(who), body: JSON.stringify(body) }));
}

export function signOut(who: Who): Promise<Asked<object>> {
  return read(fetch('/sign-out', { method: 'POST', headers: headersOf(who), body: '{}' }));
}

export type By = { readonly subject: string; readonly name: string };
export type VersionState = 'proposed' | 'taken-into-use' | 'returned' | 'withdrawn';
export type Version = {
  readonly version: number;
  readonly from: string;
  readonly until?: string;
  readonly reason: string;
  readonly by: By;
  readonly at: number;
  readonly state: VersionState;
  readonly decisions: readonly {
    readonly decision: VersionState;
    readonly from?: string;
    readonly note: string;
    readonly by: By;
    readonly at: number;
  }[];
};
export type Fault = { readonly what: string; readonly line: number; readonly at?: string };
export type Preview =
  | { readonly ok: true; readonly sheets: readonly string[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };
export type SettingRow = {
  readonly settingId: string;
  readonly title: string;
  readonly holds: { readonly version: number; readonly from?: string };
  readonly proposed: number;
  readonly coming?: string;
  readonly draft?: { readonly by: string; readonly at: number };
};
export type Setting = {
  readonly settingId: string;
  readonly title: string;
  readonly today: string;
  readonly holds: { readonly version: number; readonly content: unknown };
  readonly house?: { readonly texts: Readonly<Record<string, string>> };
  readonly fixedTexts: readonly string[];
  readonly leaveOutable: readonly string[];
  readonly samples: readonly {
    readonly sampleId: string;
    readonly label: { readonly ja: string; readonly en: string };
  }[];
  readonly draft: { readonly revision: number; readonly content: string; readonly by: By; readonly at: number } | null;
  readonly versions: readonly Version[];
};
export type Today = {
  readonly name: string;
  readonly mode: 'production' | 'specimen';
  readonly day: string;
  readonly time: string;
  readonly kinds: readonly {
    readonly kindId: string;
    readonly open: boolean;
    readonly hours: { readonly opens: string; readonly closes: string } | null;
    readonly feeYen?: number;
    readonly maxCopies: number;
  }[];
  readonly counts: readonly {
    readonly kindId: string;
    readonly state: string;
    readonly code?: string;
    readonly count: number;
  }[];
};
export type AuditEntry = {
  readonly entry: number;
  readonly at: number;
  readonly by: By;
  readonly act: string;
  readonly about: Readonly<Record<string, string | number>>;
};
export type Issue = {
  readonly applicationId: string;
  readonly kindId: string;
  readonly state: string;
  readonly at: number;
  readonly outcomes: readonly { readonly outcome: string; readonly reason: string; readonly at: string }[];
  readonly documentNumbers?: readonly string[];
  readonly terminalId?: string;
  readonly copies?: number;
  readonly feeYen?: number;
  readonly sheets?: number;
  readonly persons?: number;
  readonly shown?: readonly string[];
  readonly snapshotAt?: string;
  readonly certifier?: string;
  readonly sealId?: string;
  readonly settings?: Readonly<Record<string, number>>;
};

/** An application for enrolment (利用登録) that waits. */
export type WaitingEnrolment = {
  readonly enrolmentId: string;
  readonly name: string;
  readonly from: string;
  readonly at: string;
};
export const comparedFields = ['name', 'birth', 'registeredDomicile', 'headOfFamilyRegister'] as const;
export type ComparedField = (typeof comparedFields)[number];
type Compared = Readonly<Record<ComparedField, string>>;
export type FoundInRegister = Compared & {
  readonly addresseeNumber: string;
  readonly familyRegisterId: string;
  readonly removed: boolean;
  readonly likeness: Readonly<Record<ComparedField, 'same' | 'variant' | 'differs'>>;
  readonly differing: number;
};
export type BesideRegister = {
  readonly from: string;
  readonly at: string;
  readonly claim: Compared;
  readonly candidates: readonly FoundInRegister[];
  /** Under which the decision is sent: again is the same one. */
  readonly actId: string;
};
export const rejectionReasons = ['not-in-register', 'claim-differs', 'withdrawn-by-applicant', 'other'] as const;
export type RejectionReason = (typeof rejectionReasons)[number];
