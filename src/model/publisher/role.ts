/**
 * Roles of the console. `read` may read pages, `bizdev` may edit aids, publishers and words, `ops` may act on runs and plans, and `admin`
 * may manage roles. Each role has the rights of the previous ones.
 */
export const roles = ["read", "bizdev", "ops", "admin"] as const;

/** A role of the console. */
export type Role = (typeof roles)[number];

/** Returns true if a person with this role has the rights of the role `needed`. */
export function mayAs(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
