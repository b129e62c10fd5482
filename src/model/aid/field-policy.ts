import type { AidField } from "./aid.ts";

/**
 * Who owns a field of a published aid when its publisher changes it: `publisher`, applied at once; `review`, proposed to a curator; `curator`, never
 * proposed over; `fill`, applied only where the catalogue shows nothing.
 */
export const fieldPolicies = ["publisher", "review", "curator", "fill"] as const;

/** Who owns a field. */
export type FieldPolicy = (typeof fieldPolicies)[number];

/** Fields that follow the publisher at once: dates, links, attribution, its own title. */
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
 * The policy of a field where its connector says nothing: what the team of Aides-territoires does by hand. The published name is the team's, and so is
 * whether the aid is one for our audiences; dates and links follow the publisher; texts, contact, vocabularies, territories and amounts are looked at first.
 */
export function defaultPolicy(field: AidField): FieldPolicy {
  if (field === "name" || field === "outOfScope") return "curator";
  return publishersOwn.has(field) ? "publisher" : "review";
}
