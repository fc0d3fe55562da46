/** Can this printer make a certificate? PDF, A4, both sides of one sheet; and by which operations. */
import { type Group, textsOf } from './ipp-exchange.ts';

export const fitnessAttributes = [
  'printer-name',
  'printer-make-and-model',
  'document-format-supported',
  'media-supported',
  'sides-supported',
  'print-color-mode-supported',
  'print-scaling-supported',
  'job-sheets-supported',
  'operations-supported',
];

export type Fitness = {
  readonly name: string;
  /** Job template attributes of every sheet. */
  readonly job: Readonly<Record<string, string | number>>;
  /** Create-Job and Send-Document: the job is known by number before any data is on its way. */
  readonly createsJobs: boolean;
};

/** PWG 5101.1, and its name before. */
const a4 = ['iso_a4_210x297mm', 'iso-a4'];
const bothSides = 'two-sided-long-edge';

export function fitnessOf(printer: Group): Fitness | { readonly faults: readonly string[] } {
  const has = (attribute: string, value: string) => textsOf(printer, attribute).includes(value);
  const media = a4.find((name) => has('media-supported', name));
  const faults = [
    ...(has('document-format-supported', 'application/pdf') ? [] : ['it does not take PDF']),
    ...(media === undefined ? ['it does not know A4 paper'] : []),
    ...(has('sides-supported', bothSides) ? [] : ['it does not print on both sides of a sheet']),
  ];
  if (media === undefined || faults.length > 0) return { faults };
  const scalings = textsOf(printer, 'print-scaling-supported');
  const [name = 'IPP printer'] = [...textsOf(printer, 'printer-make-and-model'), ...textsOf(printer, 'printer-name')];
  return {
    name,
    createsJobs: has('operations-supported', 'Create-Job') && has('operations-supported', 'Send-Document'),
    job: {
      copies: 1,
      media,
      sides: bothSides,
      // Fitting the page to the paper ruins its background. A printer that does not say is asked all the same.
      ...(scalings.length === 0 || scalings.includes('none') ? { 'print-scaling': 'none' } : {}),
      ...(has('print-color-mode-supported', 'monochrome') ? { 'print-color-mode': 'monochrome' } : {}),
      // No banner sheets of a print server between certificates.
      ...(has('job-sheets-supported', 'none') ? { 'job-sheets': 'none' } : {}),
    },
  };
}
