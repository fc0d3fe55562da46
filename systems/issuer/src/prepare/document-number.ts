import type { DocumentNumber } from '@dokodemo/domain';

/** Serial numbers have seven digits and begin anew each day. */
export const lastSerial = 9_999_999;

/**
 * 発行番号: `YYYYMMDD-<municipality>-<serial>`, e.g. `20261123-482013-0000042`. Unique by municipality, day and a serial
 * number from the database; numbers may be missing (taken for a document that then was refused), none is given twice.
 */
export function documentNumber(day: string, municipality: string, serial: number): DocumentNumber {
  if (!Number.isInteger(serial) || serial < 1 || serial > lastSerial) throw new RangeError(`no serial: ${serial}`);
  return `${day.replaceAll('-', '')}-${municipality}-${String(serial).padStart(7, '0')}`;
}
