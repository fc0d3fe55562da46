/** What a town is made from, and its running numbers. */
import { addresseeNumbers, individualNumberCheckDigit, type MunicipalityCode } from '@dokodemo/domain';
import type { Draw } from './draw.ts';

export type TownPlan = {
  readonly municipality: MunicipalityCode;
  /** 「見本県どこでも市」 */
  readonly name: string;
  readonly residents: number;
  readonly seed: number;
};

export type NewNumbers = { person(): string; household(): string; individual(): string };

export function numbersFor(draw: Draw): NewNumbers {
  const persons = addresseeNumbers(100_000_001);
  const households = addresseeNumbers(500_000_001);
  const next = (numbers: Generator<string>) => numbers.next().value as string;
  return {
    person: () => next(persons),
    household: () => next(households),
    individual() {
      const first = Array.from({ length: 11 }, () => draw.between(0, 9)).join('');
      return `${first}${individualNumberCheckDigit(first)}`;
    },
  };
}

/** The year in which the town was made: its people do not grow older by themselves. */
export const thisYear = 2026;
/** The last day of which its registers know. */
export const lastDay = '2026-10-31';
