/** Every kind of certificate that this program can issue. Which of them are offered, each municipality says. */
import type { FormEngine } from '@dokodemo/documents';
import { enrolmentKind } from './enrolment/enrolment.ts';
import { familyRegisterKind } from './family-register/family-register.ts';
import type { AnyKind } from './kind.ts';
import { registerHistoryKind } from './register-history/register-history.ts';
import { residenceKind } from './residence/residence.ts';
import { residenceItemsKind } from './residence-items/residence-items.ts';
import { sealKind } from './seal/seal.ts';
import { taxKind } from './tax/tax.ts';

/** The forms that the kinds are drawn with. */
export type Forms = Pick<
  FormEngine,
  | 'renderResidenceCertificate'
  | 'renderResidenceItems'
  | 'renderSealCertificate'
  | 'renderTaxCertificate'
  | 'renderFamilyRegisterCertificate'
  | 'renderRegisterHistory'
>;

export function allKinds(forms: Forms): readonly AnyKind[] {
  // biome-ignore format: one kind a line
  return [
    residenceKind(forms),
    residenceItemsKind(forms),
    sealKind(forms),
    taxKind(forms),
    familyRegisterKind(forms),
    registerHistoryKind(forms),
    enrolmentKind(),
  ];
}
