export { rowsOf } from './columns.ts';
export { type DemoCard, demoCards } from './demo-cards.ts';
export * from './resident-at-kiosk.ts';
export { oneLine, TownError } from './town-error.ts';
export { defaultTownRoot } from './town-folder.ts';
export { openTownPortal } from './town-note.ts';
