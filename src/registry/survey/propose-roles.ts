import type { Bench } from "./bench.ts";
import { evidence } from "./evidence.ts";
import type { FieldProfile } from "./field-profile.ts";
import { organisationCells, rolesRule } from "./organisations-rule.ts";
import type { FieldProposal } from "./proposal.ts";

/** Proposes financers and instructors from one cell with roles. */
export function proposeRoles(bench: Bench, free: readonly FieldProfile[]): FieldProposal[] {
  for (const profile of free) {
    const cells = organisationCells(profile, bench);
    if (cells?.role == null) continue;
    const roles = [
      ["financers", cells.role.values.find((role) => /financ/i.test(role)) ?? "financeur"],
      ["instructors", cells.role.values.find((role) => /instruct|gestion/i.test(role)) ?? "instructeur"],
    ] as const;
    return roles.map(([field, role]) => ({
      field,
      rule: rolesRule(profile.path, cells, role),
      certainty: cells.role?.values.includes(role) ? 0.9 : 0.6,
      evidence: [evidence("roles", { path: profile.path, role })],
      from: [profile.path],
      examples: profile.examples.slice(0, 2),
      alternatives: [],
    }));
  }
  return [];
}
