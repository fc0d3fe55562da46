/** The engine: one font, all forms, each compiled when it is first used and then only filled. */

import { type ResidenceOrder, residenceFilling } from './certificates/residence/residence.ts';
import { residenceForm, residenceItemsForm } from './certificates/residence/residence-form.ts';
import { loadFont } from './font/font-file.ts';
import { openGlyphStore } from './font/glyph-store.ts';
import { readTrueType } from './font/true-type.ts';
import { type CompiledForm, compileForm, FormError } from './form/compile-form.ts';
import type { DocumentFrame, Filling, OfficialSeal, Rendered } from './form/filling.ts';
import type { Form } from './form/form.ts';
import { renderForm } from './form/render-form.ts';
import type { PdfaPart } from './pdf/pdf-file.ts';
import { drawSeal } from './seal/seal-drawing.ts';

export type EngineOptions = {
  /** Where the font is unpacked to. */
  readonly fontDirectory?: string;
  /** PDF/A-1b instead of PDF/A-2b, for judges that know no later part. */
  readonly pdfaPart?: PdfaPart;
};

export type FormEngine = {
  renderResidenceCertificate(order: ResidenceOrder): Rendered;
  renderResidenceItems(order: ResidenceOrder): Rendered;
  /** Any form, filled with plain data under the names that it uses. */
  render(form: Form, filling: Filling, frame: DocumentFrame): Rendered;
  /** What is wrong with a form, or with a municipality's words for it; empty when nothing is. */
  faultsOf(form: unknown, ownTexts?: Form['texts']): readonly string[];
  /** A seal for specimens. */
  drawSeal(legend: string, widthMm: number): OfficialSeal;
};

const nobody: Rendered = { ok: false, code: 'FORM_INCOMPLETE', detail: 'a member is not in the snapshot' };
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
      ready = compile(form, frame.texts?.[form.formId] ?? noTexts);
    } catch (error) {
      if (error instanceof FormError) return { ok: false, code: 'FORM_INCOMPLETE', detail: error.message };
      throw error;
    }
    return renderForm(ready, filling, frame, options.pdfaPart);
  };

  const residence = (form: Form, order: ResidenceOrder): Rendered => {
    const filling = residenceFilling(order);
    return filling === undefined ? nobody : render(form, filling, order.frame);
  };

  return {
    render,
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
    renderResidenceCertificate: (order) => residence(residenceForm, order),
    renderResidenceItems: (order) => residence(residenceItemsForm, order),
  };
}
