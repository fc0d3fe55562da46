/** Where the town is and who answers there, for commands that need nothing else of it. */
export { defaultTownRoot } from './town-folder.ts';
export { openTownPortal } from './town-note.ts';
