import { AidContent, type AidField, aidFields, characterCount, limits } from "../../model/aid/aid.ts";
import type { Draft } from "../../model/aid/draft.ts";
import { type Issue, issue } from "../../model/issue.ts";

/** A valid draft, or a rejected one. `issues` contain the reasons for the rejection, or report emptied fields. */
export type Checked =
  | { readonly valid: true; readonly externalId: string; readonly content: AidContent; readonly issues: readonly Issue[] }
  | { readonly valid: false; readonly issues: readonly Issue[] };

/** Maximum length by field, characters. Other fields have no maximum. */
const lineLimits: Partial<Record<AidField, number>> = {
  nameInitial: limits.line,
  shortTitle: limits.shortTitle,
  contactEmail: limits.line,
  contactPhone: limits.contactPhone,
  contactDetail: limits.line,
  originUrl: limits.url,
  originUrlText: limits.line,
  applicationUrl: limits.url,
  applicationUrlText: limits.line,
  financerSuggestion: limits.line,
  instructorSuggestion: limits.line,
  perimeterSuggestion: limits.line,
  subventionComment: limits.line,
  otherFinancialAidComment: limits.otherFinancialAidComment,
  importDataUrl: limits.url,
  importDataMention: 900,
};
const limitedFields = Object.entries(lineLimits) as [AidField, number][];

/**
 * Checks whether a draft can be stored and reviewed: it needs an identifier and a title of at most 255 characters. Empties every other
 * invalid field and reports an issue. Does not truncate values.
 */
export function validateDraft(draft: Draft, locator: string): Checked {
  const issues: Issue[] = [];
  const say = (code: Parameters<typeof issue>[1], at: Parameters<typeof issue>[2]) =>
    issues.push(issue("validate", code, { locator, ...at }));
  const content: Record<string, unknown> = { ...draft.content };

  if (draft.externalId === null) say("missing-external-id", { field: "externalId" });
  else if (draft.externalId.length > limits.line) {
    const params = { length: characterCount(draft.externalId), limit: limits.line };
    say("external-id-too-long", { field: "externalId", value: draft.externalId, params });
  }
  const name = content.name;
  const nameLength = typeof name === "string" ? characterCount(name) : 0;
  if (nameLength === 0) say("missing-name", { field: "name" });
  else if (nameLength > limits.name)
    say("name-too-long", { field: "name", value: name, params: { length: nameLength, limit: limits.name } });
  if (issues.length > 0 || draft.externalId === null) return { valid: false, issues };
  if (nameLength > limits.nameToPublish) {
    say("name-too-long-to-publish", { field: "name", value: name, params: { length: nameLength, limit: limits.nameToPublish } });
  }

  for (const [field, limit] of limitedFields) {
    const text = content[field];
    if (typeof text !== "string" || text.length <= limit) continue;
    const length = characterCount(text);
    if (length <= limit) continue;
    say("text-too-long", { field, value: text, params: { length, limit } });
    content[field] = null;
  }
  for (const field of ["keywords", "programs", "projectReferences"] as const) {
    const list = content[field];
    if (!Array.isArray(list)) continue;
    const fitting = list.filter((text) => typeof text !== "string" || characterCount(text) <= limits.line);
    if (fitting.length === list.length) continue;
    const tooLong = list.find((text) => !fitting.includes(text));
    say("text-too-long", { field, value: tooLong, params: { length: characterCount(String(tooLong)), limit: limits.line } });
    content[field] = fitting;
  }

  const parsed = AidContent.safeParse(content);
  if (!parsed.success) {
    for (const field of new Set(parsed.error.issues.map((found) => String(found.path[0])))) {
      say("unexpected-value", { field, value: content[field] });
      content[field] = Array.isArray(content[field]) ? [] : null;
    }
  }
  const kept = parsed.success ? parsed.data : AidContent.parse(content);
  checkTogether(kept, say);
  return { valid: true, externalId: draft.externalId, content: kept, issues };
}

/** Checks fields that contradict each other. Keeps both values, for a curator to correct; a letter informs the publisher. */
function checkTogether(content: AidContent, say: (code: Parameters<typeof issue>[1], at: Parameters<typeof issue>[2]) => void): void {
  const { startDate, submissionDeadline, subventionRateLowerBound: lower, subventionRateUpperBound: upper } = content;
  if (startDate !== null && submissionDeadline !== null && submissionDeadline < startDate) {
    say("deadline-before-start", { field: "submissionDeadline", value: submissionDeadline, params: { start: startDate } });
  }
  if (lower !== null && upper !== null && lower > upper) {
    say("rate-bounds-inverted", { field: "subventionRateLowerBound", value: `${lower}`, params: { upper } });
  }
}

/** Returns the filled fields as the hexadecimal bit set of `Memo.filled`. */
export function filledBits(content: AidContent): string {
  let bits = 0n;
  for (let i = 0; i < aidFields.length; i++) {
    const value = content[aidFields[i] as AidField];
    if (value !== null && !(Array.isArray(value) && value.length === 0)) bits |= 1n << BigInt(i);
  }
  return bits.toString(16);
}
