import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { allForms } from '../certificates/all-forms.ts';
import { type FormEngine, openFormEngine } from '../form-engine.ts';
import { frameOf, household, nothingExtra, snapshotOf } from '../testing/residents.ts';
import type { DocumentFrame } from './filling.ts';
import type { Form, Furniture } from './form.ts';

let engine: FormEngine;
before(() => {
  engine = openFormEngine();
});

const copy = (form: Form | undefined) => JSON.parse(JSON.stringify(form)) as Form;
const residence = () => copy(allForms.find(({ formId }) => formId === 'residence'));

test('every form of the house is plain JSON, has a name of its own and no fault', () => {
  for (const form of allForms) {
    assert.deepEqual(copy(form), form);
    assert.deepEqual(engine.faultsOf(copy(form)), [], form.formId);
  }
  assert.equal(new Set(allForms.map(({ formId }) => formId)).size, allForms.length);
});

test('a form with a fault is refused with words for it', () => {
  const set = (target: object | undefined, change: object) => Object.assign(target ?? assert.fail(), change);
  const furnitureBut = (form: Form, without: (it: Furniture) => boolean) =>
    set(form, { furniture: form.furniture.filter((it) => !without(it)) });
  const faulty: readonly (readonly [RegExp, (form: Form) => unknown])[] = [
    [/additional properties|unevaluated/i, (form) => set(form, { colour: 'red' })],
    [/no such fit/, (form) => delete form.fits.address],
    [/ends at/, (form) => set(blockOf(form, 'japanese'), { width: 183 })],
    [/no glyph/, (form) => set(form.texts, { sealNote: '\u{E777}' })],
    [
      /does not stand on every sheet/,
      (form) => furnitureBut(form, (it) => 'text' in it && it.text.includes('発行番号')),
    ],
    [/no place for the seal/, (form) => furnitureBut(form, (it) => 'seal' in it)],
    [/like the real thing/, (form) => furnitureBut(form, (it) => 'watermark' in it)],
    [/over the edge of the sheet/, (form) => set(blockOf(form, 'foreign'), { left: 55 })],
    [/more rows than there are/, (form) => blockOf(form, 'foreign').rows.pop()],
    [/does not go on any sheet/, (form) => set(blockOf(form, 'japanese').rows[1], { height: 240 })],
    [/wider than its cell/, (form) => set(blockOf(form, 'japanese').rows[2]?.cells[0], { label: '旧氏'.repeat(20) })],
    [/lower than its smallest type/, (form) => set(blockOf(form, 'japanese').rows[2], { height: 1 })],
    [/no text "none"/, (form) => delete form.texts.none],
  ];
  for (const [words, spoil] of faulty) {
    const form = residence();
    spoil(form);
    assert.match(engine.faultsOf(form).join('\n'), words, String(words));
  }
});

function blockOf(form: Form, name: string) {
  const block = form.flow.sections[0]?.blocks[name];
  assert.ok(block);
  return block;
}

const orderWith = (frame: Partial<DocumentFrame>) => ({
  snapshot: snapshotOf(household(1)),
  options: nothingExtra,
  memberNumbers: ['A1'],
  frame: { ...frameOf(engine), ...frame },
});

test('a municipality’s own words stand in place of the form’s; words that the form does not have are a fault', () => {
  const own = { residence: { omitted: '＊＊＊', certifyAll: 'この写しは、原本と相違ないことを証明します。' } };
  const rendered = engine.renderResidenceCertificate(orderWith({ texts: own }));
  assert.ok(rendered.ok);
  const said = rendered.sheets[0]?.said ?? [];
  assert.ok(said.includes('＊＊＊') && said.includes(own.residence.certifyAll) && !said.includes('（省略）'));
  const strange = engine.renderResidenceCertificate(orderWith({ texts: { residence: { ommitted: '－' } } }));
  assert.ok(!strange.ok && strange.code === 'FORM_INCOMPLETE' && /no text "ommitted"/.test(strange.detail));
});

test('a real paper has no mark of a specimen', () => {
  const said = (specimen: boolean) => {
    const rendered = engine.renderResidenceCertificate(orderWith({ specimen }));
    return rendered.ok ? (rendered.sheets[0]?.said ?? []) : [];
  };
  assert.ok(said(true).includes('見本') && said(true).includes('見　本'));
  assert.ok(!said(false).includes('見本') && !said(false).includes('見　本'));
});

test('a cell that nobody fills is no paper, a value that no cell takes is a defect', () => {
  const form = residence();
  const person = { block: 'japanese', values: { name: '見本　太郎' } };
  const filling = { values: { address: '見本県' }, lists: { persons: [person] } };
  const refused = engine.render(form, filling, frameOf(engine));
  assert.ok(!refused.ok && refused.code === 'FORM_INCOMPLETE' && /^number:/.test(refused.detail));
  const lost = { ...filling, values: { address: '見本県', adress: '見本県' } };
  assert.throws(() => engine.render(form, lost, frameOf(engine)), /no field adress/);
});

test('more sheets than the form may have are refused', () => {
  const snapshot = snapshotOf(household(61));
  const memberNumbers = snapshot.household.members.map((it) => it.addresseeNumber);
  const refused = engine.renderResidenceCertificate({
    snapshot,
    options: nothingExtra,
    memberNumbers,
    frame: frameOf(engine),
  });
  assert.ok(!refused.ok && refused.code === 'PAGE_LIMIT');
});
