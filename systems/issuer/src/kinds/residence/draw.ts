import type { FormEngine } from '@dokodemo/documents';
import { dayInJapan, isoJapan, type ResidenceSnapshot } from '@dokodemo/domain';
import type { Drawn, Frame } from '../kind.ts';
import { printableSnapshot } from './printable.ts';
import type { ResidenceChoice } from './questions.ts';

export type ResidenceForm = Pick<FormEngine, 'renderResidenceCertificate'>;

export function drawResidence(
  form: ResidenceForm,
  snapshot: ResidenceSnapshot,
  choice: ResidenceChoice,
  frame: Frame,
): Drawn {
  const { profile, certifier, seal } = frame;
  const drawn = form.renderResidenceCertificate({
    snapshot: printableSnapshot(snapshot, choice),
    options: choice.options,
    memberNumbers: choice.memberNumbers,
    frame: {
      municipality: profile.code,
      municipalityName: profile.name,
      documentNumber: frame.documentNumber,
      issuedOn: dayInJapan(frame.issuedAtMs),
      issuedAt: isoJapan(frame.issuedAtMs),
      certifier: { title: certifier.title, name: { text: certifier.name }, seal: seal.image },
      specimen: frame.specimen,
    },
  });
  return drawn.ok
    ? { ok: true, sheets: drawn.sheets.map(({ pdf }) => pdf) }
    : { ok: false, code: drawn.code, detail: fieldOnly(drawn.detail) };
}

/** Which field it was may be kept; a character of somebody's name may not. */
function fieldOnly(detail: string): string {
  return /^([A-Za-z][A-Za-z ]{0,40}):/.exec(detail)?.[1] ?? 'a field';
}
