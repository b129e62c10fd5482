import { type AidField, factsOf } from "./field-table.ts";

/**
 * Handling of a publisher's change to a field of a published aid. `publisher`: the change is applied at once. `review`: it is proposed to a
 * curator. `curator`: it is ignored. `fill`: it is applied only if the field is empty.
 */
export const fieldPolicies = ["publisher", "review", "curator", "fill"] as const;

export type FieldPolicy = (typeof fieldPolicies)[number];

/**
 * Returns the policy of a field if the connector declares none. The table follows the practice of the Aides-territoires team: curators own
 * the name and the audience check, dates and links follow the publisher, and changes to other fields are reviewed.
 */
export function defaultPolicy(field: AidField): FieldPolicy {
  return factsOf(field).policy ?? "review";
}
