import type { HolderRecord } from '@dokodemo/domain';

/** The holder as a form of the holder's own papers may see them: no household, no sex, no move that is only notified. */
export function printableHolder({ movingOutOn: _, ...shown }: HolderRecord): HolderRecord {
  return { ...shown, householdNumber: '', sex: 'unknown' };
}
