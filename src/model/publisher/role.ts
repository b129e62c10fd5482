/** What a person may do in the console, each all that those before it may: look; curate aids, publishers and words; act on runs and plans; give roles. */
export const roles = ["read", "bizdev", "ops", "admin"] as const;

/** A role of the console. */
export type Role = (typeof roles)[number];

/** True where `held` allows what `needed` allows. */
export function mayAs(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
