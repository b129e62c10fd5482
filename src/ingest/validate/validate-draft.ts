import { AidContent, characterCount, isEmptyValue, maxLengthOf } from "../../model/aid/aid.ts";
import type { Draft } from "../../model/aid/draft.ts";
import { type AidField, aidFields, fieldsOfKind, limits } from "../../model/aid/field-table.ts";
import { bitSet } from "../../model/bit-set.ts";
import { compileCheck } from "../../model/compile-check.ts";
import { type Issue, issue } from "../../model/issue.ts";
import { checkPlausible, type Say, type TerritoryScope } from "./plausible/check-plausible.ts";

/** A valid draft, or a rejected one. `issues` contain the reasons for the rejection, or report emptied fields. */
export type Checked =
  | { readonly valid: true; readonly externalId: string; readonly content: AidContent; readonly issues: readonly Issue[] }
  | { readonly valid: false; readonly issues: readonly Issue[] };

/** Fields with a maximum length, except the title, whose length decides whether the record is rejected. */
const limitedFields = fieldsOfKind("line", "link").map((field) => [field, maxLengthOf(field) ?? limits.line] as const);

/**
 * Checks whether a draft can be stored and reviewed: it needs an identifier and a title of at most 255 characters. Empties every other
 * invalid field and reports an issue. Does not truncate values. `scope`: the territories of the connector.
 */
export function validateDraft(draft: Draft, locator: string, scope: TerritoryScope): Checked {
  const issues: Issue[] = [];
  const say: Say = (code, at) => void issues.push(issue("validate", code, { locator, ...at }));
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
  for (const field of fieldsOfKind("list")) {
    const list = content[field];
    if (!Array.isArray(list)) continue;
    const fitting = list.filter((text) => typeof text !== "string" || characterCount(text) <= limits.line);
    if (fitting.length === list.length) continue;
    const tooLong = list.find((text) => !fitting.includes(text));
    say("text-too-long", { field, value: tooLong, params: { length: characterCount(String(tooLong)), limit: limits.line } });
    content[field] = fitting;
  }

  const kept = isContent(content) ? (content as AidContent) : withoutUnexpected(content, say);
  checkTogether(kept, say);
  checkPlausible(kept, scope, say);
  return { valid: true, externalId: draft.externalId, content: kept, issues };
}

const isContent = compileCheck(AidContent);

/** Empties the fields that do not fit the schema, and reports them. */
function withoutUnexpected(content: Record<string, unknown>, say: Say): AidContent {
  const parsed = AidContent.safeParse(content);
  if (parsed.success) return parsed.data;
  for (const field of new Set(parsed.error.issues.map((found) => String(found.path[0])))) {
    say("unexpected-value", { field, value: content[field] });
    content[field] = Array.isArray(content[field]) ? [] : null;
  }
  return AidContent.parse(content);
}

/** Checks fields that contradict each other. Keeps both values, for a curator to correct; a letter informs the publisher. */
function checkTogether(content: AidContent, say: Say): void {
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
  return bitSet(aidFields.length, (index) => !isEmptyValue(content[aidFields[index] as AidField]));
}
