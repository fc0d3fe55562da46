/** Every form of the house can be looked at with people who are hard to print; a form in place of the house's is used. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { allForms } from '../certificates/all-forms.ts';
import { type FormEngine, openFormEngine } from '../form-engine.ts';
import { frameOf } from '../testing/residents.ts';
import { samplesOf } from './samples.ts';

let engine: FormEngine;
before(() => {
  engine = openFormEngine();
});

test('every sample of every form can be drawn', () => {
  for (const { formId } of allForms) {
    assert.ok(samplesOf(formId).length > 0, formId);
    for (const sample of samplesOf(formId)) {
      const rendered = sample.render(engine, frameOf(engine));
      assert.ok(rendered.ok, `${formId} ${sample.sampleId}: ${JSON.stringify(rendered)}`);
    }
  }
  assert.deepEqual(samplesOf('constructor'), []);
});

test('a municipality’s own form stands in the place of the house’s, and only of that one', () => {
  for (const form of allForms) {
    const foot = form.furniture.findIndex((it) => 'text' in it && it.text === '{municipalityName}');
    const own = {
      ...form,
      furniture: form.furniture.with(foot, { ...form.furniture[foot], text: '独自の様式' } as never),
    };
    const frame = { ...frameOf(engine), forms: { [form.formId]: own } };
    for (const { formId } of allForms) {
      const [sample] = samplesOf(formId);
      const rendered = sample?.render(engine, frame);
      assert.ok(rendered?.ok);
      assert.equal(rendered.sheets[0]?.said.includes('独自の様式'), formId === form.formId, formId);
    }
  }
});
