import type { AidField } from "./aid.ts";

/**
 * What happens when the publisher changes a field of a published aid: `publisher`, applied at once; `review`, proposed to a curator;
 * `curator`, ignored; `fill`, applied only if the field is empty.
 */
export const fieldPolicies = ["publisher", "review", "curator", "fill"] as const;

/** Owner of a field. */
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
 * Returns a field's policy when its connector declares none, as the Aides-territoires team works: it owns the published name and the
 * audience check; dates and links follow the publisher; texts, contact, vocabularies, territories and amounts are reviewed first.
 */
export function defaultPolicy(field: AidField): FieldPolicy {
  if (field === "name" || field === "outOfScope") return "curator";
  return publishersOwn.has(field) ? "publisher" : "review";
}
