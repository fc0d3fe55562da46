import type { SealRegistrationSnapshot } from '@dokodemo/domain';
import { deepFreeze } from '../../deep-freeze.ts';

/** The part of a snapshot that the form may see: no restrictions, no household, no move out that is only notified. */
export function printableSeal(snapshot: SealRegistrationSnapshot): SealRegistrationSnapshot {
  const { resident, ...rest } = snapshot;
  if (resident === undefined) return deepFreeze({ ...rest, restrictions: [], versions: {} });
  const { movingOutOn: _, sex, ...shown } = resident;
  return deepFreeze({
    ...rest,
    restrictions: [],
    versions: {},
    resident: { ...shown, householdNumber: '', sex: snapshot.printsSex ? sex : 'unknown' },
  });
}
