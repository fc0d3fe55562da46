import { dayInJapan, type RefusalCode, type ResidenceOptions, type ResidenceSnapshot } from '@dokodemo/domain';
import type { Drawn, Frame } from '../kind.ts';
import { printableSnapshot } from './printable.ts';
import type { ResidenceChoice } from './questions.ts';

export type ResidenceForm = {
  renderResidenceCertificate(order: {
    readonly snapshot: ResidenceSnapshot;
    readonly options: ResidenceOptions;
    readonly memberNumbers: readonly string[];
    readonly frame: unknown;
  }):
    | { readonly ok: true; readonly sheets: readonly { readonly pdf: Uint8Array }[] }
    | { readonly ok: false; readonly code: RefusalCode; readonly detail?: string };
};

export function drawResidence(
  form: ResidenceForm,
  snapshot: ResidenceSnapshot,
  choice: ResidenceChoice,
  frame: Frame,
): Drawn {
  const drawn = form.renderResidenceCertificate({
    snapshot: printableSnapshot(snapshot, choice),
    options: choice.options,
    memberNumbers: choice.memberNumbers,
    frame: {
      documentNumber: frame.documentNumber,
      issuedOn: dayInJapan(frame.issuedAtMs),
      municipality: frame.profile.name,
      certifierTitle: frame.certifier.title,
      certifierName: frame.certifier.name,
      sealLegend: frame.seal.legend,
      specimen: frame.specimen,
    },
  });
  if (!drawn.ok) return { ok: false, code: drawn.code, detail: drawn.detail ?? '' };
  return { ok: true, sheets: drawn.sheets.map(({ pdf }) => pdf) };
}
