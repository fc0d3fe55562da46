/** Staff sign in by OpenID Connect. */
export type { Session, SessionLimits } from './sessions.ts';
export * from './sign-in.ts';
export { grantsOf, hasRole, type Staff } from './staff.ts';
