/** Every form of the house, as data. */
import type { Form } from '../form/form.ts';
import { familyRegisterForm, familyRegisterPersonForm } from './family-register/family-register-form.ts';
import { registerHistoryForm } from './register-history/register-history-form.ts';
import { residenceForm, residenceItemsForm } from './residence/residence-form.ts';
import { sealForm } from './seal-registration/seal-form.ts';
import { incomeForm } from './tax/income-form.ts';
import { levyForm, paymentForm, valuationForm, vehicleForm } from './tax/tax-forms.ts';

export const allForms: readonly Form[] = [
  residenceForm, residenceItemsForm, sealForm, incomeForm, paymentForm, valuationForm, levyForm, vehicleForm,
  familyRegisterForm, familyRegisterPersonForm, registerHistoryForm,
]; // biome-ignore format: one list
