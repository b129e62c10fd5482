/** Roles of the console, each with the rights of the previous: reads, edits aids, publishers and words, acts on runs, manages roles. */
export const roles = ["read", "bizdev", "ops", "admin"] as const;

export type Role = (typeof roles)[number];

/** Returns true if a person with this role has the rights of the role `needed`. */
export function mayAs(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
