import type { AidField } from "./aid.ts";

/**
 * Handling of a publisher's change to a field of a published aid. `publisher`: the change is applied at once. `review`: it is proposed to a
 * curator. `curator`: it is ignored. `fill`: it is applied only if the field is empty.
 */
export const fieldPolicies = ["publisher", "review", "curator", "fill"] as const;

/** Policy of a field. */
export type FieldPolicy = (typeof fieldPolicies)[number];

/** Fields whose changes are applied at once: dates, links, attribution, the publisher's own title. */
const publishersOwn: ReadonlySet<AidField> = new Set<AidField>([
  "nameInitial",
  "originUrl",
  "originUrlText",
  "applicationUrl",
  "applicationUrlText",
  "startDate",
  "predepositDate",
  "submissionDeadline",
  "submissionDeadlineTime",
  "importDataUrl",
  "importDataMention",
  "importShareLicence",
  "sourceUpdatedDate",
  "language",
]);

/**
 * Returns the policy of a field if the connector declares none. It follows the practice of the Aides-territoires team: curators own the
 * name and the audience check, dates and links follow the publisher, and changes to other fields are reviewed.
 */
export function defaultPolicy(field: AidField): FieldPolicy {
  if (field === "name" || field === "outOfScope") return "curator";
  return publishersOwn.has(field) ? "publisher" : "review";
}
