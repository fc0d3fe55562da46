import type { FormEngine } from '@dokodemo/documents';
import type { ResidenceSnapshot } from '@dokodemo/domain';
import { documentFrame, drawnFrom } from '../document-frame.ts';
import type { Drawn, Frame } from '../kind.ts';
import { printableSnapshot } from './printable.ts';
import type { ResidenceChoice } from './questions.ts';

export function drawResidence(
  render: FormEngine['renderResidenceCertificate'],
  snapshot: ResidenceSnapshot,
  choice: ResidenceChoice,
  frame: Frame,
): Drawn {
  return drawnFrom(
    render({
      snapshot: printableSnapshot(snapshot, choice),
      options: choice.options,
      memberNumbers: choice.memberNumbers,
      frame: documentFrame(frame),
    }),
  );
}
