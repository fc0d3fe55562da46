/** People who do not exist, to look at a form with: those whose names and households are the hardest to print. */
import type { FamilyRegister, HolderRecord, RegisterText } from '@dokodemo/domain';
import type { DocumentFrame, Rendered } from '../form/filling.ts';
import type { FormEngine } from '../form-engine.ts';
import {
  familyRegister,
  familySnapshot,
  historySnapshot,
  holder,
  impressionOf,
  sealSnapshot,
  taxSnapshot,
  taxYear,
  undeclared,
} from '../testing/registers.ts';
import {
  everything,
  hardMembers,
  household,
  japanese,
  nothingExtra,
  snapshotOf,
  vietnamese,
} from '../testing/residents.ts';

export type Sample = {
  readonly sampleId: string;
  readonly label: { readonly ja: string; readonly en: string };
  render(engine: FormEngine, frame: DocumentFrame): Rendered;
};

const text = (it: string): RegisterText => ({ text: it });
const longName = text('WOLFESCHLEGELSTEINHAUSENBERGERDORFF HUBERT BLAINE ADOLPH CHARLES MIHON');
const longAddress = text('どこでもスカイタワーレジデンス見本中央通り弐番館１２０３号室');

const words = {
  one: { ja: '一人', en: 'one person' },
  long: { ja: 'とても長い氏名と方書', en: 'a very long name and address' },
  variants: { ja: '異体字・外字', en: 'variant characters and a glyph without a code' },
  foreign: { ja: '外国人住民（通称・漢字氏名）', en: 'foreign resident with alias and kanji name' },
  twelve: { ja: '十二人世帯', en: 'household of twelve' },
  usual: { ja: '一般的な例', en: 'the usual case' },
  undeclared: { ja: '未申告（＊表示）', en: 'undeclared dependant' },
  manySheets: { ja: '十枚を超える戸籍', en: 'a register of more than ten sheets' },
  former: { ja: '旧氏あり・性別あり', en: 'former surname, sex shown' },
  without: { ja: '本籍の記載なし', en: 'without registered domicile' },
} as const;

function residence(as: 'renderResidenceCertificate' | 'renderResidenceItems'): readonly Sample[] {
  const of = (
    sampleId: keyof typeof words,
    members: Parameters<typeof snapshotOf>[0],
    options = everything,
    change: Parameters<typeof snapshotOf>[1] = {},
  ): Sample => ({
    sampleId,
    label: words[sampleId],
    render: (engine, frame) =>
      engine[as]({
        snapshot: snapshotOf(members, change),
        options,
        memberNumbers: members.map((it) => it.addresseeNumber),
        frame,
      }),
  });
  const one = japanese('A1', '見本　太郎', { relationship: '世帯主' });
  return [
    of('one', [one], nothingExtra),
    of('long', [{ ...vietnamese('A1'), name: longName }, one], everything, { addressDetail: longAddress }),
    of('variants', hardMembers.slice(0, 3)),
    of('foreign', [{ ...vietnamese('A1'), relationship: '世帯主' }]),
    of('twelve', household(12)),
  ];
}

function seal(sampleId: 'usual' | 'long' | 'foreign' | 'former', change: Partial<HolderRecord>): Sample {
  return {
    sampleId,
    label: words[sampleId],
    render(engine, frame) {
      const { formerSurname: _, ...plain } = holder;
      const resident = { ...(sampleId === 'former' ? holder : plain), ...change };
      const impression = impressionOf(engine, '見本太郎', 18);
      const snapshot = sealSnapshot(impression, { resident, printsSex: sampleId === 'former' });
      return engine.renderSealCertificate({ snapshot, frame });
    },
  };
}

const seals: readonly Sample[] = [
  seal('usual', {}),
  seal('long', { name: longName, isForeign: true, addressDetail: longAddress }),
  seal('former', {}),
  seal('foreign', {
    name: text('NGUYEN VAN MIHON'),
    nameInKanji: text('阮文見本'),
    alias: text('見本　健太'),
    isForeign: true,
  }),
];

type TaxChoice = Parameters<FormEngine['renderTaxCertificate']>[0]['choice'];

function tax(choice: TaxChoice, more: readonly Sample[] = []): readonly Sample[] {
  const of = (sampleId: 'usual' | 'long', resident: HolderRecord): Sample => ({
    sampleId,
    label: words[sampleId],
    render: (engine, frame) =>
      engine.renderTaxCertificate({ snapshot: taxSnapshot(taxYear, { resident }), choice, frame }),
  });
  return [of('usual', holder), of('long', { ...holder, name: longName, addressDetail: longAddress }), ...more];
}

const fiscalYear = taxYear.fiscalYear;
const undeclaredIncome: Sample = {
  sampleId: 'undeclared',
  label: words.undeclared,
  render: (engine, frame) =>
    engine.renderTaxCertificate({
      snapshot: taxSnapshot(undeclared('undeclared-dependant')),
      choice: { kind: 'income-and-tax', fiscalYear },
      frame,
    }),
};

function family(
  sampleId: 'usual' | 'manySheets',
  choice: Parameters<FormEngine['renderFamilyRegisterCertificate']>[0]['choice'],
  change: () => Partial<FamilyRegister> = () => ({}),
): Sample {
  return {
    sampleId,
    label: words[sampleId],
    render: (engine, frame) =>
      engine.renderFamilyRegisterCertificate({ snapshot: familySnapshot(change()), choice, frame }),
  };
}

/** The same people again and again, until there are two dozen. */
function twoDozen(): Partial<FamilyRegister> {
  const { persons } = familyRegister;
  const again = Array.from({ length: 24 }, (_, i) => persons[i % persons.length]);
  return {
    persons: again.flatMap((it, i) =>
      it === undefined ? [] : [{ ...it, personNumber: i + 1, givenName: text(`見本${i + 1}`) }],
    ),
  };
}

function history(sampleId: 'usual' | 'without', domicile: boolean): Sample {
  return {
    sampleId,
    label: words[sampleId],
    render: (engine, frame) =>
      engine.renderRegisterHistory({
        snapshot: historySnapshot,
        options: { scope: domicile ? 'all' : 'some', domicile, overseasVoter: false },
        personNumbers: domicile ? [1, 2, 3] : [1, 2],
        frame,
      }),
  };
}

const payments = (['resident-tax', 'fixed-asset-tax', 'light-vehicle-tax'] as const).map((item) => ({
  fiscalYear,
  item,
}));

const all: Readonly<Record<string, readonly Sample[]>> = {
  residence: residence('renderResidenceCertificate'),
  'residence-items': residence('renderResidenceItems'),
  'seal-registration': seals,
  'income-and-tax': tax({ kind: 'income-and-tax', fiscalYear }, [undeclaredIncome]),
  'tax-payment': tax({ kind: 'tax-payment', of: payments }),
  'fixed-asset-valuation': tax({ kind: 'fixed-asset-valuation', fiscalYear }),
  'fixed-asset-levy': tax({ kind: 'fixed-asset-levy', fiscalYear }),
  'vehicle-inspection': tax({ kind: 'vehicle-inspection', fiscalYear, plate: '見本 580 あ 12-34' }),
  'family-register': [family('usual', { scope: 'all' }), family('manySheets', { scope: 'all' }, twoDozen)],
  'family-register-person': [family('usual', { scope: 'some', personNumbers: [3] })],
  'register-history': [history('usual', true), history('without', false)],
};

/** Of a form of the house; the first is the plainest. */
export function samplesOf(formId: string): readonly Sample[] {
  return Object.hasOwn(all, formId) ? (all[formId] ?? []) : [];
}
