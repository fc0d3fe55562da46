/** The demo's municipalities: who lives there, when they are open, what they take, who certifies. Nothing of it exists. */
import type { TownPlan } from '@dokodemo/base-registry';
import { type Hours, type Weekday, weekdays } from '@dokodemo/domain';
import type { MunicipalityConfig } from '@dokodemo/issuer/serve';

export type Municipality = TownPlan & {
  readonly mayor: { readonly title: string; readonly name: string };
  /** Legend of the specimen seal. */
  readonly sealLegend: string;
  readonly week: Readonly<Record<Weekday, Hours | null>>;
  readonly holiday?: Hours | null;
  /** What is offered, in the order of the buttons. */
  readonly offers: readonly TownOffer[];
  readonly tax: NonNullable<Policies['tax']>;
  /** Above the buttons. */
  readonly notice?: string;
};

export type TownOffer = {
  readonly kindId: string;
  readonly feeYen: number;
  readonly maxCopies: number;
  /** Fees that go with an answer, by their names in the fee schedule. */
  readonly feesOfAnswers?: Readonly<Record<string, number>>;
  /** Its own hours of the week; absent: the municipality's. */
  readonly week?: Municipality['week'];
  /** Also as a signed file, at terminals that hand one over: those of the command line. */
  readonly electronicCopies?: true;
  /** Under the button. */
  readonly note?: string;
};
type Policies = MunicipalityConfig['policies'];

const always: Hours = { opens: '00:00', closes: '24:00' };
const officeHours: Hours = { opens: '09:00', closes: '17:00' };

const everyDay = (hours: Hours) =>
  Object.fromEntries(weekdays.map((day) => [day, hours])) as Record<Weekday, Hours | null>;

/** The city never closes, so that a demo works at any hour; the small town keeps its counter's hours, so that the screen
 *  of a closed service can be seen too. */
export const municipalities: readonly Municipality[] = [
  {
    municipality: '482013',
    name: '見本県どこでも市',
    residents: 20_000,
    seed: 482_013,
    mayor: { title: '見本県どこでも市長', name: '例示　明子' },
    sealLegend: 'どこでも市長之印',
    week: everyDay(always),
    offers: [
      { kindId: 'residence', feeYen: 200, maxCopies: 5, electronicCopies: true },
      { kindId: 'residence-items', feeYen: 200, maxCopies: 5, electronicCopies: true },
      { kindId: 'seal', feeYen: 200, maxCopies: 5 },
      {
        kindId: 'tax',
        feeYen: 300,
        maxCopies: 5,
        electronicCopies: true,
        note: '所得・課税証明書、納税証明書、固定資産の証明書を交付しております。',
      },
      { kindId: 'family-register', feeYen: 450, maxCopies: 5 },
      { kindId: 'register-history', feeYen: 300, maxCopies: 5 },
      { kindId: 'enrolment', feeYen: 0, maxCopies: 1 },
    ],
    // Twenty years of fixed assets reach back to 平成19年度.
    tax: {
      certificates: [
        { certificate: 'income-and-tax', years: 5, newYearFrom: '06-01' },
        { certificate: 'tax-payment', years: 3, newYearFrom: '06-01' },
        { certificate: 'fixed-asset-valuation', years: 20, newYearFrom: '04-01' },
        { certificate: 'fixed-asset-levy', years: 20, newYearFrom: '04-01' },
        { certificate: 'vehicle-inspection', years: 1, newYearFrom: '04-01' },
      ],
      levels: 3,
      askItems: true,
    },
  },
  {
    municipality: '483028',
    name: '見本県いつでも町',
    residents: 1_500,
    seed: 483_028,
    mayor: { title: '見本県いつでも町長', name: '架空　正夫' },
    sealLegend: 'いつでも町長之印',
    week: { ...everyDay(officeHours), saturday: null, sunday: null },
    holiday: null,
    offers: [
      { kindId: 'residence', feeYen: 300, maxCopies: 3 },
      { kindId: 'residence-items', feeYen: 300, maxCopies: 3 },
      { kindId: 'seal', feeYen: 300, maxCopies: 1 },
      { kindId: 'tax', feeYen: 300, maxCopies: 1 },
      { kindId: 'family-register', feeYen: 450, maxCopies: 1 },
      { kindId: 'register-history', feeYen: 300, maxCopies: 1 },
      // Applications are taken at any hour.
      { kindId: 'enrolment', feeYen: 0, maxCopies: 1, week: everyDay(always) },
    ],
    // One level, the newest year, all 税目 on one paper.
    tax: {
      certificates: [
        { certificate: 'income-and-tax', years: 1, newYearFrom: '06-10' },
        { certificate: 'tax-payment', years: 1, newYearFrom: '06-10' },
      ],
      levels: 2,
      askItems: false,
    },
    notice: 'いつでも町のサービス提供時間は、平日の9時から17時までとなります。',
  },
];

export type TownTerminal = { readonly terminalId: string; readonly operator: string; readonly store: string };

/** The kiosk of the bench. */
export const benchTerminal: TownTerminal = {
  terminalId: 'DEMO-0001',
  operator: 'どこでもマート',
  store: 'どこでもマート 駅前店',
};
/** Those that `dokodemo issue` and `dokodemo menu` stand for: each command that runs takes one. */
export const commandTerminals: readonly TownTerminal[] = Array.from({ length: 8 }, (_, i) => ({
  terminalId: `DEMO-${String(101 + i).padStart(4, '0')}`,
  operator: 'dokodemo',
  store: 'コマンドライン',
}));

/** Further terminals, for benchmarks: DEMO-1001 … */
export function furtherTerminals(count: number): readonly TownTerminal[] {
  return Array.from({ length: count }, (_, i) => ({
    terminalId: `DEMO-${1_001 + i}`,
    operator: 'どこでもマート',
    store: `どこでもマート ${i + 1}号店`,
  }));
}

/** Ids in certificates. */
export const ids = {
  center: 'center',
  issuer: 'issuer-1',
  registry: 'registry-1',
  portal: 'portal',
  /** Reads the center's journal. */
  watcher: 'bench-watcher',
  /** Sets and lifts restrictions. */
  clerk: 'bench-clerk',
} as const;

/** Everybody's, as it would never be outside a demo. */
export const demoPin = '1234';

/** What each card shows, for those who do not read Japanese. */
export const notesInEnglish: Readonly<Record<string, string>> = {
  taro: 'family of four; may take everything',
  hanako: 'Taro’s wife, same household',
  nguyen: 'foreign resident with an alias',
  watanabe: 'variant characters in the name',
  big: 'household of twelve: three sheets',
  protected: 'protection measure: refused',
  child: 'fourteen years old: refused',
  mover: 'about to move out: refused',
  moved: 'moved out: no resident any more',
  overflow: 'name too long to print',
  gaiji: 'a glyph the font does not have',
  sealless: 'no seal registered, no taxes declared',
  sealgone: 'seal registration cancelled',
  landowner: 'six parcels, two houses, eight years',
  undeclared: 'undeclared dependant: amounts as ＊',
  newcomer: 'came after 1 January; family register elsewhere',
  newlywed: 'family register being changed: refused',
  koseki12: 'family register of twelve sheets',
  miharu: 'of the city; family register in the small town',
  machi: 'of the small town: weekdays 9–17; family register in the city',
};
