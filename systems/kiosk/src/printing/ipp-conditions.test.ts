/** What printers say, in their many words, and what a kiosk does about it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PrinterCondition } from '../ports.ts';
import { conditionsOf } from './ipp-conditions.ts';
import { fitnessOf } from './ipp-fitness.ts';

const cases: readonly [what: string, reasons: string | string[], state: string, conditions: PrinterCondition[]][] = [
  ['ready', 'none', 'idle', []],
  ['little toner: goes on', ['toner-low-warning', 'media-low-report'], 'idle', []],
  ['a jam, however grave it is called', 'media-jam-warning', 'processing', ['jam']],
  ['a jam without a suffix', 'media-jam', 'stopped', ['jam']],
  ['a mere report of a jam that was', 'media-jam-report', 'idle', []],
  ['one of several trays is empty', 'media-empty-warning', 'idle', []],
  ['no paper for this job', ['media-empty-warning', 'media-needed-warning'], 'processing', ['media-empty']],
  ['no paper at all', 'media-empty-error', 'stopped', ['media-empty']],
  ['a tray is pulled out', 'input-tray-missing', 'stopped', ['media-empty']],
  ['any door', 'finisher-cover-open-error', 'stopped', ['door-open']],
  ['several at once', ['media-jam-error', 'door-open-error'], 'stopped', ['jam', 'door-open']],
  ['a print server that lost the printer', 'offline-report', 'idle', ['offline']],
  ['paused by its panel', 'paused', 'stopped', ['stopped']],
  ['stopped without a word', 'none', 'stopped', ['stopped']],
  ['something grave and unheard of', 'flux-capacitor-empty-error', 'stopped', ['other']],
  ['something unheard of, and it goes on', 'flux-capacitor-empty-warning', 'processing', []],
];

for (const [what, reasons, state, conditions] of cases) {
  test(what, () => {
    assert.deepEqual(conditionsOf({ 'printer-state-reasons': reasons, 'printer-state': state }), conditions);
  });
}

test('a printer that takes no jobs is not ready', () => {
  assert.deepEqual(conditionsOf({ 'printer-state-reasons': 'none', 'printer-is-accepting-jobs': false }), ['stopped']);
});

const able = {
  'printer-make-and-model': 'Copier 3000',
  'document-format-supported': ['application/octet-stream', 'application/pdf'],
  'media-supported': ['iso_a4_210x297mm', 'na_letter_8.5x11in'],
  'sides-supported': ['one-sided', 'two-sided-long-edge'],
  'operations-supported': ['Print-Job', 'Create-Job', 'Send-Document'],
};

test('what is asked of a printer is what it knows: banner sheets off, black, not scaled', () => {
  const knowing = {
    ...able,
    'print-scaling-supported': ['auto', 'none'],
    'print-color-mode-supported': ['color', 'monochrome'],
    'job-sheets-supported': ['none', 'standard'],
  };
  const fitness = fitnessOf(knowing);
  assert.ok('job' in fitness);
  assert.equal(fitness.name, 'Copier 3000');
  assert.deepEqual(fitness.job, {
    copies: 1,
    media: 'iso_a4_210x297mm',
    sides: 'two-sided-long-edge',
    'print-scaling': 'none',
    'print-color-mode': 'monochrome',
    'job-sheets': 'none',
  });
  const scaling = fitnessOf({ ...able, 'print-scaling-supported': ['auto', 'fit'] });
  assert.ok('job' in scaling && !('print-scaling' in scaling.job) && !('job-sheets' in scaling.job));
});

test('A4 by its old name; a printer without PDF, A4 or a back side is told all of it', () => {
  const old = fitnessOf({ ...able, 'media-supported': 'iso-a4', 'operations-supported': ['Print-Job'] });
  assert.ok('job' in old && old.job.media === 'iso-a4' && !old.createsJobs);
  const unfit = fitnessOf({ 'document-format-supported': 'image/urf', 'media-supported': 'na_letter_8.5x11in' });
  assert.ok('faults' in unfit && unfit.faults.length === 3);
});
