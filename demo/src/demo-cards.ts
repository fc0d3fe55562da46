/** The cards that the demo names, before any town is built: whose they are and what each shows. */
import { type DemoResident, demoResidents } from '@dokodemo/base-registry';
import { demoPin, notesInEnglish } from './town-plan.ts';

export type DemoCard = DemoResident & {
  readonly noteInEnglish: string;
  readonly pin: string;
  /** 第二暗証番号: of those who have registered one at the counter. */
  readonly secondPin?: string;
};

/** Who has the municipality's own application on the card; hanako, for one, has not. */
const secondPins: Readonly<Record<string, string>> = { taro: '5678' };

export const demoCards: readonly DemoCard[] = demoResidents.map((resident) => {
  const secondPin = secondPins[resident.key];
  return {
    ...resident,
    noteInEnglish: notesInEnglish[resident.key] ?? '',
    pin: demoPin,
    ...(secondPin === undefined ? {} : { secondPin }),
  };
});
