import { vocabularies } from "../vocabularies.ts";
import { type AidContent, characterCount, isEmptyValue } from "./aid.ts";
import { type AidField, type DescriptionLevel, factsOf, fieldsWhere, limits } from "./field-table.ts";

const askedFields = fieldsWhere(({ asked }) => asked !== undefined);

const financialTypes: ReadonlySet<string> = new Set(
  vocabularies.aidTypes.filter((type) => type.group === "financial").map((type) => type.slug),
);

/** Fields that may be empty, or are to be corrected although they are filled. The other asked fields are to be filled. */
const lacksValue: Partial<Record<AidField, (content: AidContent) => boolean>> = {
  name: ({ name }) => characterCount(name) > limits.nameToPublish,
  startDate: ({ startDate, submissionDeadline }) => startDate !== null && submissionDeadline !== null && startDate > submissionDeadline,
  submissionDeadline: ({ submissionDeadline, recurrence }) =>
    submissionDeadline === null && (recurrence === "oneoff" || recurrence === "recurring"),
  destinations: ({ destinations, aidTypes }) => destinations.length === 0 && aidTypes.some((type) => financialTypes.has(type)),
  financers: ({ financers, financerSuggestion }) => financers.length === 0 && financerSuggestion === null,
  perimeters: ({ perimeters, perimeterSuggestion }) => perimeters.length === 0 && perimeterSuggestion === null,
  subventionRateLowerBound: ({ subventionRateLowerBound: lower, subventionRateUpperBound: upper }) =>
    lower !== null && upper !== null && lower > upper,
};

/**
 * Returns the fields to fill, or to correct (`name`, `startDate`, `subventionRateLowerBound`), before the aid is fully described, in
 * canonical order: those of the form for contributors of Aides-territoires, and those that publication needs.
 */
export function missingForDescription(content: AidContent): AidField[] {
  return askedFields.filter((field) => lacksValue[field]?.(content) ?? isEmptyValue(content[field]));
}

/** The fields that publication needs, in canonical order. */
export const publicationFields = fieldsWhere(({ asked }) => asked === "publishable");

/** Returns those of the fields of `missingForDescription` that publication needs. `raised`: further fields that the operator asks for. */
export function missingForPublication(content: AidContent, raised: readonly AidField[] = []): AidField[] {
  return missingAt("publishable", missingForDescription(content), raised);
}

/** Returns those of the fields of `missingForDescription` that a level asks for. */
export function missingAt(level: DescriptionLevel, missing: readonly AidField[], raised: readonly AidField[] = []): AidField[] {
  return missing.filter((field) => level === "fullyDescribed" || publicationFields.includes(field) || raised.includes(field));
}

/** Leaves out the fields whose words are ours. Only the others are named to a publisher. */
export function askedOfPublisher<Of extends AidField>(missing: readonly Of[]): Of[] {
  return missing.filter((field) => factsOf(field).isOurWord !== true);
}
