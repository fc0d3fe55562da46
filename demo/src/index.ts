export { rowsOf } from './columns.ts';
export { type DemoCard, demoCards } from './demo-cards.ts';
export { defaultTownRoot, openTownPortal } from './open-town.ts';
export * from './resident-at-kiosk.ts';
export { oneLine, TownError } from './town-error.ts';
