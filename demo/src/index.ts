export * from './resident-at-kiosk.ts';
