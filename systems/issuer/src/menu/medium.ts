/**
 * Paper or a file: the last question of a kind, put only where the municipality offers electronic copies of it and the
 * terminal can hand a file over. What was chosen is an answer like any other: bound into the sealed document, and
 * compared by the kiosk with what it asked.
 */
import { mediumQuestionId, type Question } from '@dokodemo/protocol';
import type { MunicipalityProfile, OfferedKind } from '../municipality.ts';

export function mayBeElectronic(
  { electronicCopies }: Pick<MunicipalityProfile, 'electronicCopies'>,
  offered: OfferedKind,
  terminalId: string,
): boolean {
  return offered.electronicCopies === true && electronicCopies?.terminals.includes(terminalId) === true;
}

export const mediumQuestion: Question = {
  id: mediumQuestionId,
  label: { text: 'medium' },
  choose: 'one',
  atLeast: 1,
  skipIfSingle: false,
  options: [
    { id: 'paper', label: { text: 'medium.paper' } },
    // Whoever has a file copies it.
    { id: 'electronic', label: { text: 'medium.electronic' }, maxCopies: 1 },
  ],
};
