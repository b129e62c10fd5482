import { vocabularies } from "../vocabularies.ts";
import { type AidContent, characterCount, isEmptyValue } from "./aid.ts";
import { type AidField, aidFields, fieldsWhere, limits } from "./field-table.ts";

/** Fields that every published aid must fill, as in the edit form of Aides-territoires. */
const requiredFields = fieldsWhere(({ asked }) => asked === "always");

const financialTypes: ReadonlySet<string> = new Set(
  vocabularies.aidTypes.filter((type) => type.group === "financial").map((type) => type.slug),
);

/** Returns the fields to fill, or to correct (`name`, `subventionRateLowerBound`), before publication, in canonical order. */
export function missingForPublication(content: AidContent): AidField[] {
  const missing = new Set<AidField>(requiredFields.filter((field) => isEmptyValue(content[field])));
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
