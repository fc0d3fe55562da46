/** Who works here, and what each may do for which municipality. */

export type Staff = {
  /** The provider's own name for this person, never reused: what an audit log holds. */
  readonly subject: string;
  /** For people to read. */
  readonly name: string;
  /** Roles by municipality code. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
};

const grantPattern = /^(\d{6}):([a-z][a-z-]{0,39})$/;
/** A person with more entries than this is no person. */
const entriesMax = 500;

/**
 * Roles come from one claim, a list of `<municipality>:<role>` (`482013:form-editor`): every provider can carry a list of
 * words. What is not of this shape or not a role of this program belongs to another program and means nothing here.
 */
export function grantsOf(claim: unknown, roles: readonly string[]): Staff['grants'] {
  const grants: Record<string, string[]> = {};
  if (!Array.isArray(claim)) return grants;
  for (const entry of claim.slice(0, entriesMax)) {
    const [, municipality, role] = typeof entry === 'string' ? (grantPattern.exec(entry) ?? []) : [];
    if (municipality === undefined || role === undefined || !roles.includes(role)) continue;
    grants[municipality] ??= [];
    if (!grants[municipality].includes(role)) grants[municipality].push(role);
  }
  return grants;
}

export function hasRole(staff: Staff, municipality: string, anyOf: readonly string[]): boolean {
  const own = Object.hasOwn(staff.grants, municipality) ? staff.grants[municipality] : undefined;
  return own?.some((role) => anyOf.includes(role)) ?? false;
}
