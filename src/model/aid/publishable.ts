import { vocabularies } from "../vocabularies.ts";
import { type AidContent, type AidField, aidFields, characterCount, isEmptyValue, limits } from "./aid.ts";

/** Fields that every published aid fills (edit form of Aides-territoires, `domain/aid-schema.md` §2.2). */
const alwaysAsked: readonly AidField[] = [
  "description",
  "contact",
  "originUrl",
  "recurrence",
  "targetedAudiences",
  "aidTypes",
  "mobilizationSteps",
  "categories",
];

const financialTypes: ReadonlySet<string> = new Set(
  vocabularies.aidTypes.filter((type) => type.group === "financial").map((type) => type.slug),
);

/**
 * What must still be filled or mended before an aid can be published, in the order of `aidFields`; empty where nothing is missing.
 * `name`: more than 180 characters; `subventionRateLowerBound`: above the upper one; the rest is empty.
 */
export function missingForPublication(content: AidContent): AidField[] {
  const missing = new Set<AidField>(alwaysAsked.filter((field) => isEmptyValue(content[field])));
  if (characterCount(content.name) > limits.nameToPublish) missing.add("name");
  if (content.destinations.length === 0 && content.aidTypes.some((type) => financialTypes.has(type))) missing.add("destinations");
  if (content.submissionDeadline === null && (content.recurrence === "oneoff" || content.recurrence === "recurring")) {
    missing.add("submissionDeadline");
  }
  if (content.financers.length === 0 && content.financerSuggestion === null) missing.add("financers");
  if (content.perimeters.length === 0 && content.perimeterSuggestion === null) missing.add("perimeters");
  const { subventionRateLowerBound: lower, subventionRateUpperBound: upper } = content;
  if (lower !== null && upper !== null && lower > upper) missing.add("subventionRateLowerBound");
  return aidFields.filter((field) => missing.has(field));
}
