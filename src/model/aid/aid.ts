import { z } from "zod";
import { Perimeter } from "../territories/perimeter.ts";
import { type Slug, slugsOf, type VocabularyName, vocabularyNames } from "../vocabularies.ts";
import { type AidField, aidFields, type FieldKind, factsOf, type fieldTable, limits } from "./field-table.ts";

export { type AidField, aidFields, limits } from "./field-table.ts";

/** Counts the characters (code points) of a text. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const atMost = (limit: number) =>
  z
    .string()
    .min(1)
    .refine((text) => text.length <= limit || characterCount(text) <= limit, `more than ${limit} characters`);
const matching = (pattern: RegExp) => z.string().regex(pattern).nullable();
const calendarDate = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

/** An organisation that finances or runs an aid. `siren`: nine digits, if known. */
export const Organisation = z.strictObject({ name: atMost(limits.line), siren: matching(/^\d{9}$/) });
export type Organisation = z.infer<typeof Organisation>;

/** The type of a field's values, by its kind. */
type ValueOf<F extends AidField, Kind extends FieldKind = (typeof fieldTable)[F]["kind"]> = Kind extends "title"
  ? string
  : Kind extends "line" | "html" | "link" | "date" | "time" | "language"
    ? string | null
    : Kind extends "flag"
      ? boolean | null
      : Kind extends "percent" | "euros"
        ? number | null
        : Kind extends "list"
          ? string[]
          : Kind extends "organisations"
            ? Organisation[]
            : Kind extends "places"
              ? Perimeter[]
              : F extends VocabularyName
                ? { terms: Slug<F>[]; term: Slug<F> | null; licence: Slug<F> }[Kind & ("terms" | "term" | "licence")]
                : never;

/** The longest text of a field, in characters, or undefined for HTML and for values that are no text. */
export function maxLengthOf(field: AidField): number | undefined {
  const facts = factsOf(field);
  if (facts.kind === "link") return limits.url;
  return facts.kind === "title" || facts.kind === "line" ? (facts.limit ?? limits.line) : undefined;
}

function schemaOf(field: AidField): z.ZodType {
  const facts = factsOf(field);
  const slugs = () => z.enum(slugsOf(vocabularyNames.find((name) => name === field) as VocabularyName));
  switch (facts.kind) {
    case "title":
      return atMost(maxLengthOf(field) ?? limits.line);
    case "line":
    case "link":
      return atMost(maxLengthOf(field) ?? limits.line).nullable();
    case "html":
      return z.string().min(1).nullable();
    case "list":
      return z.array(atMost(limits.line));
    case "organisations":
      return z.array(Organisation);
    case "places":
      return z.array(Perimeter);
    case "date":
      return calendarDate;
    case "time":
      return matching(/^([01]\d|2[0-3]):[0-5]\d$/);
    case "language":
      return matching(/^[a-z]{2}$/);
    case "flag":
      return z.boolean().nullable();
    case "percent":
      return z.number().min(0).max(100).nullable();
    case "euros":
      return z.number().nonnegative().nullable();
    case "term":
      return slugs().nullable();
    case "terms":
      return z.array(slugs());
    case "licence":
      return slugs();
  }
}

/** The publisher's data about one aid. Every field is always present, and `null` or `[]` if the feed has no value. */
export const AidContent = z.strictObject(
  Object.fromEntries(aidFields.map((field) => [field, schemaOf(field)])) as { [F in AidField]: z.ZodType<ValueOf<F>> },
);
export type AidContent = { [F in AidField]: ValueOf<F> };

/** An aid of the catalogue: the publisher's data, and its state in the catalogue. */
export const Aid = z.strictObject({
  /** Permanent identifier: UUIDv5 of the connector and the aid's first external id. */
  aidId: z.uuid(),
  connector: z.string(),
  /** The publisher's identifier as text, trimmed, with leading zeros. */
  externalId: z.string().min(1),
  ...AidContent.shape,
  /** Draft, in review, published, deleted (rejected) or merged. */
  status: z.enum(slugsOf("status")),
  /** Day of withdrawal, or null. */
  withdrawnAt: calendarDate,
  /** Fields that must be filled or corrected before publication, and before the aid is fully described. */
  missingForPublication: z.array(z.enum(aidFields as [AidField, ...AidField[]])),
  missingForDescription: z.array(z.enum(aidFields as [AidField, ...AidField[]])),
  /** Fields that we filled with a suggestion, and its rule. `confirmed`: a person has accepted it for this aid. Absent without such fields. */
  filledByMoisson: z
    .array(z.strictObject({ field: z.enum(aidFields as [AidField, ...AidField[]]), rule: z.string(), confirmed: z.boolean() }))
    .optional(),
});
export type Aid = z.infer<typeof Aid>;

/** Returns true for null, undefined and an empty list. */
export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
