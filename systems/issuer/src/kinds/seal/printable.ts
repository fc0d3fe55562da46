import type { SealRegistrationSnapshot } from '@dokodemo/domain';
import { deepFreeze } from '../../deep-freeze.ts';
import { printableHolder } from '../printable-holder.ts';

/** The part of a snapshot that the form may see. */
export function printableSeal({ resident, ...snapshot }: SealRegistrationSnapshot): SealRegistrationSnapshot {
  const sex = snapshot.printsSex && resident !== undefined ? { sex: resident.sex } : {};
  return deepFreeze({
    ...snapshot,
    restrictions: [],
    versions: {},
    ...(resident === undefined ? {} : { resident: { ...printableHolder(resident), ...sex } }),
  });
}
