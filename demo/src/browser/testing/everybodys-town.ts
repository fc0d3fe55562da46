/**
 * One town, with its shops, for all scenes that run in this process and leave it as they found it: opening one takes
 * longer than most of them. Everything is open before the first scene begins.
 */
import { furtherKiosk } from './further-kiosk.ts';
import { hurriedClock } from './hurried-clock.ts';
import { nextResident, townInABrowser } from './town-in-a-browser.ts';

const browserTown = await townInABrowser({ furtherTerminals: 3 });
export const { town, browser, newResident } = browserTown;

/** The address of another shop's kiosk. */
export const otherShop = await furtherKiosk(browserTown, { which: 0 });

/** Time at the kiosk of `hurriedResident`. */
export const clock = hurriedClock();
const hurriedShop = await furtherKiosk(browserTown, { which: 1, clock });
export const hurriedResident = () => nextResident(browser, hurriedShop);

// Whoever pulls the plug between two sheets must be quicker than the printer, also on a busy machine.
const slowShop = await furtherKiosk(browserTown, { which: 2, sheetMs: 3_000 });
export const residentAtASlowPrinter = () => nextResident(browser, slowShop);
