/**
 * What is asked for a tax certificate: which one (on one level or two), of which fiscal year, of which 税目 or vehicle. What
 * cannot be had is shown closed with its reason; a level with one choice left is not put.
 */
import { fiscalYearText, incomeYearText, type RefusalCode, type TaxItem, type TaxYear } from '@dokodemo/domain';
import type { Label, Option, Question } from '@dokodemo/protocol';
import { type LabelBook, onScreen } from '../../menu/label-book.ts';
import { type MunicipalityProfile, type TaxPolicy, usualTaxPolicy } from '../../municipality.ts';
import { holderQuestion } from '../holder-question.ts';
import type { Moment, Questionnaire } from '../kind.ts';
import { feeNameOf, optionOf, yearOptionOf } from './choice.ts';
import {
  certificateFault,
  itemsOf,
  type OfferedTax,
  type TaxSubject,
  vehicleFault,
  type YearShown,
  yearOf,
  yearsShown,
} from './rolls.ts';

type Asking = {
  readonly subject: TaxSubject;
  readonly policy: TaxPolicy;
  readonly moment: Moment;
  readonly labels: LabelBook;
  /** Filled as the vehicles are asked for: option → 標識番号. */
  readonly meanings: Record<string, string>;
};

const text = (id: string, args?: Record<string, string | number>): Label =>
  args === undefined ? { text: id } : { text: id, args };

const closedWith = (closed: RefusalCode | undefined) => (closed === undefined ? {} : { closed });

const isOfFixedAssets = ({ certificate }: OfferedTax) =>
  certificate === 'fixed-asset-valuation' || certificate === 'fixed-asset-levy';

function feeOf({ moment }: Asking, offered: OfferedTax): { readonly feeYen?: number } {
  const feeYen = moment.feeYenOf(feeNameOf(offered.certificate)) ?? moment.feeYenOf('tax');
  return feeYen === undefined ? {} : { feeYen };
}

function faultOf({ subject, moment }: Asking, offered: OfferedTax): RefusalCode | undefined {
  return certificateFault(subject, offered, moment.day);
}

/** With its fee, unless each 税目 will have it. */
function certificateOption(asking: Asking, offered: OfferedTax): Option {
  const id = optionOf[offered.certificate];
  const closed = faultOf(asking, offered);
  const byItem = offered.certificate === 'tax-payment' && asking.policy.askItems;
  const hasNote = !isOfFixedAssets(offered) && offered.certificate !== 'vehicle-inspection' && closed === undefined;
  return {
    id,
    label: text(`tax.certificate.${id}`),
    ...(hasNote ? { note: text(`tax.certificate.${id}.note`) } : {}),
    ...(byItem ? {} : feeOf(asking, offered)),
    ...closedWith(closed),
  };
}

/** The button behind which the certificates of fixed assets are. */
function fixedAssetOption(asking: Asking, group: readonly OfferedTax[]): Option {
  const faults = group.map((it) => faultOf(asking, it));
  const closed = faults.includes(undefined) ? undefined : faults[0];
  return {
    id: 'fixed-asset',
    label: text('tax.certificate.fixed-asset'),
    leadsOn: true,
    ...(closed === undefined ? { note: text('tax.certificate.fixed-asset.note') } : { closed }),
  };
}

function one(id: string, options: Option[], when?: NonNullable<Question['when']>): Question {
  return {
    id,
    label: text(`tax.${id.split('-')[0]}`),
    line: text(`tax.line.${id.split('-')[0]}`),
    choose: 'one',
    atLeast: 1,
    options,
    ...(when === undefined ? {} : { when }),
    skipIfSingle: true,
  };
}

function certificateQuestions(asking: Asking): Question[] {
  const { certificates, levels } = asking.policy;
  const group = levels === 3 ? certificates.filter(isOfFixedAssets) : [];
  const first = group[0];
  const options = certificates.flatMap((it): Option[] => {
    if (!group.includes(it)) return [certificateOption(asking, it)];
    return it === first ? [fixedAssetOption(asking, group)] : [];
  });
  const second = {
    ...one(
      'fixed-asset',
      group.map((it) => certificateOption(asking, it)),
      { question: 'certificate', is: ['fixed-asset'] },
    ),
    label: text('tax.fixed-asset'),
    line: text('tax.line.certificate'),
  };
  return [one('certificate', options), ...(group.length === 0 ? [] : [second])];
}

function yearOption({ fiscalYear, closed }: YearShown, { certificate, newYearFrom }: OfferedTax): Option {
  const [month = '', day = ''] = newYearFrom.split('-');
  const note =
    closed === 'TAX_YEAR_SWITCH'
      ? text('tax.year.opens', { month: Number(month), day: Number(day) })
      : closed === undefined && certificate === 'income-and-tax'
        ? text('tax.year.income', { era: incomeYearText(fiscalYear), year: fiscalYear - 1 })
        : undefined;
  return {
    id: yearOptionOf(fiscalYear),
    label: text('tax.year.option', { era: fiscalYearText(fiscalYear), year: fiscalYear }),
    ...(note === undefined ? {} : { note }),
    ...closedWith(closed),
  };
}

function yearQuestion(asking: Asking, offered: OfferedTax): Question {
  const option = optionOf[offered.certificate];
  const isDeeper = asking.policy.levels === 3 && isOfFixedAssets(offered);
  const years = yearsShown(asking.subject, offered, asking.moment.day);
  return {
    ...one(
      `year-${option}`,
      years.map((it) => yearOption(it, offered)),
      { question: isDeeper ? 'fixed-asset' : 'certificate', is: [option] },
    ),
    // While the new year is awaited, whoever gets the old one has seen that it is the old one.
    skipIfSingle: !years.some(({ closed }) => closed === 'TAX_YEAR_SWITCH'),
  };
}

function itemQuestion(asking: Asking, offered: OfferedTax, year: TaxYear): Question {
  const own = (item: TaxItem) => year.payments.find((it) => it.item === item)?.label ?? '';
  const options = itemsOf(year).map(
    (item): Option => ({ id: item, label: text(`tax.item.${item}`, { own: own(item) }), ...feeOf(asking, offered) }),
  );
  const question = one(`items-${year.fiscalYear}`, options, {
    question: 'year-payment',
    is: [yearOptionOf(year.fiscalYear)],
  });
  return options.length === 1 ? question : { ...question, choose: 'some' };
}

function vehicleQuestion({ labels, meanings }: Asking, { fiscalYear, vehicles }: TaxYear): Question {
  const options = vehicles.slice(0, 50).map((vehicle, i): Option => {
    const id = `v${fiscalYear}-${i + 1}`;
    meanings[id] = vehicle.plate.text;
    return { id, label: labels.personal(onScreen(vehicle.plate.text)), ...closedWith(vehicleFault(vehicle)) };
  });
  return one(`vehicle-${fiscalYear}`, options, { question: 'year-vehicle', is: [yearOptionOf(fiscalYear)] });
}

/** What depends on the year, for each year that can be chosen. */
function questionsOfYears(asking: Asking, offered: OfferedTax): Question[] {
  const { certificate } = offered;
  if (certificate !== 'vehicle-inspection' && !(certificate === 'tax-payment' && asking.policy.askItems)) return [];
  return yearsShown(asking.subject, offered, asking.moment.day).flatMap(({ fiscalYear, closed }) => {
    const year = yearOf(asking.subject, fiscalYear);
    if (closed !== undefined || year === undefined) return [];
    return [certificate === 'tax-payment' ? itemQuestion(asking, offered, year) : vehicleQuestion(asking, year)];
  });
}

/** Years whose questions say the same have one question together: another year then keeps its answer. */
function gathered(questions: readonly Question[]): Question[] {
  const byContent = new Map<string, Question>();
  for (const question of questions) {
    const { id: _, when, ...content } = question;
    const key = JSON.stringify(content);
    const same = byContent.get(key);
    const is = [...(same?.when?.is ?? []), ...(when?.is ?? [])];
    byContent.set(key, { ...(same ?? question), ...(when === undefined ? {} : { when: { ...when, is } }) });
  }
  return [...byContent.values()];
}

export function taxQuestions(
  subject: TaxSubject,
  { policies }: MunicipalityProfile,
  labels: LabelBook,
  moment: Moment,
): Questionnaire {
  const meanings: Record<string, string> = {};
  const asking: Asking = { subject, policy: policies.tax ?? usualTaxPolicy, moment, labels, meanings };
  const open = asking.policy.certificates.filter((it) => faultOf(asking, it) === undefined);
  const years = open.flatMap((offered) => [
    yearQuestion(asking, offered),
    ...gathered(questionsOfYears(asking, offered)),
  ]);
  const holder = subject.resident === undefined ? [] : [holderQuestion(subject.resident.name, labels)];
  return { questions: [...certificateQuestions(asking), ...years, ...holder], meanings };
}

/** Closed altogether when no certificate can be had: for the reason of the first. */
export function taxClosedFor(subject: TaxSubject, day: string, { policies }: MunicipalityProfile) {
  const faults = (policies.tax ?? usualTaxPolicy).certificates.map((it) => certificateFault(subject, it, day));
  return faults.includes(undefined) ? undefined : faults[0];
}
