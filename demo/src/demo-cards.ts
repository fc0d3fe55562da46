/** The cards that the demo names, before any town is built: whose they are and what each shows. */
import { type DemoResident, demoResidents } from '@dokodemo/base-registry';
import { demoPin, notesInEnglish } from './town-plan.ts';

export type DemoCard = DemoResident & { readonly noteInEnglish: string; readonly pin: string };

export const demoCards: readonly DemoCard[] = demoResidents.map((resident) => ({
  ...resident,
  noteInEnglish: notesInEnglish[resident.key] ?? '',
  pin: demoPin,
}));
