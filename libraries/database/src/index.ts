export * from './embedded-server.ts';
export * from './migrate.ts';
export * from './open-database.ts';
export * from './roles.ts';
