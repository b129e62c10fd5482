/**
 * Roles of the console, each with the rights of those before: read; curate aids, publishers and words; act on runs and plans; manage
 * roles.
 */
export const roles = ["read", "bizdev", "ops", "admin"] as const;

/** A role of the console. */
export type Role = (typeof roles)[number];

/** Returns true if the role `held` includes the rights of `needed`. */
export function mayAs(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
