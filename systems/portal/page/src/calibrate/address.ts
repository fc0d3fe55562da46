/** Behind the #, so that it opens without a network as the rest of the page does. */
export const calibrateHash = '#calibrate';

export const isCalibrateAddress = (): boolean => location.hash === calibrateHash;

/** Whoever leaves can come back by the same link. */
export function leaveCalibrateAddress(): void {
  if (isCalibrateAddress()) history.replaceState(null, '', `${location.pathname}${location.search}`);
}
