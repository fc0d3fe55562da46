/** 各種税証明書: 所得・課税（非課税）, 納税, 固定資産 評価・公課, 軽自動車税納税 (地方税法 20条の10, 382条の3; ordinances). */
import type { FormEngine, TaxChoice } from '@dokodemo/documents';
import { type Answer, answer, type TaxSnapshot } from '@dokodemo/domain';
import { documentFrame, drawnFrom } from '../document-frame.ts';
import { isResident, isUnderAge } from '../holder-rules.ts';
import type { Drawn, Frame, KindModule } from '../kind.ts';
import { judgeBy } from '../rules.ts';
import { chooseTax, type TaxChosen, taxFeeNames } from './choice.ts';
import { printableTax } from './printable.ts';
import { taxClosedFor, taxQuestions } from './questions.ts';
import type { TaxSubject } from './rolls.ts';
import { taxRules } from './rules.ts';

export type TaxKind = KindModule<TaxSnapshot, TaxSubject, TaxChosen | undefined>;

/** In the form engine's terms. */
function orderOf({ certificate, fiscalYear, items, plate }: TaxChosen): TaxChoice {
  switch (certificate) {
    case 'tax-payment':
      return { kind: certificate, of: items.map((item) => ({ fiscalYear, item })) };
    case 'vehicle-inspection':
      return { kind: certificate, fiscalYear, plate: plate ?? '' };
    default:
      return { kind: certificate, fiscalYear };
  }
}

function drawTax(
  form: Pick<FormEngine, 'renderTaxCertificate'>,
  snapshot: TaxSnapshot,
  choice: TaxChosen | undefined,
  frame: Frame,
): Drawn {
  if (choice === undefined) return { ok: false, code: 'ANSWERS_WRONG', detail: 'no certificate was chosen' };
  return drawnFrom(
    form.renderTaxCertificate({
      snapshot: printableTax(snapshot, choice),
      choice: orderOf(choice),
      frame: documentFrame(frame),
    }),
  );
}

export function taxKind(form: Pick<FormEngine, 'renderTaxCertificate'>): TaxKind {
  return {
    kindId: 'tax',
    label: { text: 'kind.tax' },
    icon: 'tax',
    secondPin: false,
    async read(registry, municipality, holder): Promise<Answer<TaxSnapshot | null>> {
      const read = await registry.taxSnapshot({ municipality }, { holder });
      return read.ok ? answer(read.value.snapshot) : read;
    },
    versionsOf: ({ versions }) => versions,
    subjectOf: ({ holder, resident, fiscalYears, years }) => ({
      holder,
      ...(resident === undefined ? {} : { resident }),
      fiscalYears,
      years,
    }),
    isHere: isResident,
    closedFor: (subject, day, profile) => (isUnderAge(subject, day) ? 'UNDER_15' : taxClosedFor(subject, day, profile)),
    questions: taxQuestions,
    feeNames: taxFeeNames,
    choose: chooseTax,
    judge: (snapshot, { choice }, { policies }, day) => judgeBy(taxRules, { snapshot, choice, policies, day }),
    draw: (snapshot, { choice }, frame) => drawTax(form, snapshot, choice, frame),
  };
}
