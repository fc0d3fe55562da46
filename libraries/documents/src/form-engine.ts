/** The engine: one font, all forms, each compiled when it is first used and then only filled. */

import { type BackMaker, openBackMaker } from './back/back-maker.ts';
import { type FamilyRegisterOrder, familyRegisterFilling } from './certificates/family-register/family-register.ts';
import { familyRegisterForm, familyRegisterPersonForm } from './certificates/family-register/family-register-form.ts';
import { type RegisterHistoryOrder, registerHistoryFilling } from './certificates/register-history/register-history.ts';
import { registerHistoryForm } from './certificates/register-history/register-history-form.ts';
import { type ResidenceOrder, residenceFilling } from './certificates/residence/residence.ts';
import { residenceForm, residenceItemsForm } from './certificates/residence/residence-form.ts';
import { type SealOrder, sealFilling } from './certificates/seal-registration/seal.ts';
import { sealForm } from './certificates/seal-registration/seal-form.ts';
import { type Chosen, chooseTax, type TaxOrder } from './certificates/tax/tax.ts';
import { loadFont } from './font/font-file.ts';
import { openGlyphStore } from './font/glyph-store.ts';
import { readTrueType } from './font/true-type.ts';
import { type CompiledForm, compileForm, FormError } from './form/compile-form.ts';
import { type DocumentFrame, type Filling, NotRenderable, type OfficialSeal, type Rendered } from './form/filling.ts';
import type { Form } from './form/form.ts';
import { renderForm } from './form/render-form.ts';
import type { PdfaPart } from './pdf/pdf-file.ts';
import { drawPlainSheet, type PlainSheet } from './plain/plain-sheet.ts';
import { drawSeal } from './seal/seal-drawing.ts';

export type EngineOptions = {
  /** Where the font is unpacked to. */
  readonly fontDirectory?: string;
  /** PDF/A-1b instead of PDF/A-2b, for judges that know no later part. */
  readonly pdfaPart?: PdfaPart;
};

export type FormEngine = {
  /** 住民票の写し. */
  renderResidenceCertificate(order: ResidenceOrder): Rendered;
  /** 住民票記載事項証明書. */
  renderResidenceItems(order: ResidenceOrder): Rendered;
  /** 印鑑登録証明書. */
  renderSealCertificate(order: SealOrder): Rendered;
  /** 所得・課税（非課税）, 納税, 固定資産評価・公課, 軽自動車税納税証明書. */
  renderTaxCertificate(order: TaxOrder): Rendered;
  /** 戸籍全部事項証明書, 戸籍個人事項証明書. */
  renderFamilyRegisterCertificate(order: FamilyRegisterOrder): Rendered;
  /** 戸籍の附票の写し. */
  renderRegisterHistory(order: RegisterHistoryOrder): Rendered;
  /** Any form, filled with plain data under the names that it uses. */
  render(form: Form, filling: Filling, frame: DocumentFrame): Rendered;
  /** What is wrong with a form, or with a municipality's words for it; empty when nothing is. */
  faultsOf(form: unknown, ownTexts?: Form['texts']): readonly string[];
  /** A sheet that certifies nothing. Throws where its words do not fit. */
  renderPlainSheet(sheet: PlainSheet): Uint8Array;
  /** Makes coded backs, and takes sheets that have one apart. */
  readonly backs: BackMaker;
  /** A seal for specimens. */
  drawSeal(legend: string, widthMm: number): OfficialSeal;
};

/** What a snapshot does not hold cannot be certified: the issuer's rules say so long before; this is the last wall. */
function nothingToCertify(detail: string): Rendered {
  return { ok: false, code: 'FORM_INCOMPLETE', detail };
}
const noTexts: Form['texts'] = {};

export function openFormEngine(options: EngineOptions = {}): FormEngine {
  const font = readTrueType(loadFont(options.fontDirectory));
  const store = openGlyphStore(font);
  const compiled = new WeakMap<Form, WeakMap<object, CompiledForm>>();

  /** Once for each form and each municipality's own words. */
  const compile = (form: Form, texts: Readonly<Form['texts']>): CompiledForm => {
    const byTexts = compiled.get(form) ?? new WeakMap<object, CompiledForm>();
    compiled.set(form, byTexts);
    const known = byTexts.get(texts);
    if (known !== undefined) return known;
    const made = compileForm(form, store, texts);
    byTexts.set(texts, made);
    return made;
  };

  const render: FormEngine['render'] = (form, filling, frame) => {
    let ready: CompiledForm;
    try {
      ready = compile(frame.forms?.[form.formId] ?? form, frame.texts?.[form.formId] ?? noTexts);
    } catch (error) {
      if (error instanceof FormError) return { ok: false, code: 'FORM_INCOMPLETE', detail: error.message };
      throw error;
    }
    return renderForm(ready, filling, frame, options.pdfaPart);
  };

  /** `chosen` may refuse what it was given. */
  const draw = (frame: DocumentFrame, chosen: () => Chosen): Rendered => {
    try {
      const made = chosen();
      return typeof made === 'string' ? nothingToCertify(made) : render(made.form, made.filling, frame);
    } catch (error) {
      if (error instanceof NotRenderable) return { ok: false, code: error.code, detail: error.message };
      throw error;
    }
  };
  const drawWith = (form: Form, frame: DocumentFrame, filling: () => Filling | string): Rendered =>
    draw(frame, () => {
      const made = filling();
      return typeof made === 'string' ? made : { form, filling: made };
    });

  return {
    render,
    renderPlainSheet: (sheet) => drawPlainSheet(store, sheet, options.pdfaPart),
    backs: openBackMaker(store),
    faultsOf(form, ownTexts) {
      try {
        compileForm(form, store, ownTexts);
        return [];
      } catch (error) {
        if (error instanceof FormError) return error.faults;
        throw error;
      }
    },
    drawSeal: (legend, widthMm) => ({ widthMm, image: drawSeal(font, legend, widthMm) }),
    renderResidenceCertificate: (order) => drawWith(residenceForm, order.frame, () => residenceFilling(order)),
    renderResidenceItems: (order) => drawWith(residenceItemsForm, order.frame, () => residenceFilling(order)),
    renderSealCertificate: (order) => drawWith(sealForm, order.frame, () => sealFilling(order)),
    renderTaxCertificate: (order) => draw(order.frame, () => chooseTax(order)),
    renderFamilyRegisterCertificate: (order) =>
      drawWith(order.choice.scope === 'all' ? familyRegisterForm : familyRegisterPersonForm, order.frame, () =>
        familyRegisterFilling(order),
      ),
    renderRegisterHistory: (order) => drawWith(registerHistoryForm, order.frame, () => registerHistoryFilling(order)),
  };
}
