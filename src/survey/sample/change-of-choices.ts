import type { Connector } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import { namedTerms } from "../../kit/rules/terms.ts";
import { wordedVocabularies } from "../../kit/values/text/terms-named-in.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import type { DefinitionChange } from "../../registry/change-content.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { withDefaultValue } from "../propose/default-value.ts";
import type { Proposal } from "../propose/proposal.ts";
import { recurrenceRule } from "../propose/propose-derived-fields.ts";
import { constantFor, wayOf } from "../write/explain-definition.ts";
import type { EditChoice, UnsavedChoices } from "./edit-request.ts";

type Rules = Readonly<Record<string, Rule | undefined>>;

/** Returns the choices as a change of the definition. Ignores choices that the file does not allow. */
export function changeOf(definition: Connector, choices: UnsavedChoices, feed: FeedAnalysis, proposal: Proposal | null): DefinitionChange {
  const rules = definition.fields as unknown as Rules;
  const fields: Record<string, Rule | null> = {};
  for (const [name, choice] of Object.entries(choices.fields)) {
    const field = name as OwnField;
    if (choice.way === "none") {
      if (field !== "externalId" && field !== "name" && rules[field] !== undefined) fields[field] = null;
      continue;
    }
    const rule = ruleOfChoice(field, choice, { rules, feed, proposal });
    if (rule !== undefined && canonicalJson(rule) !== canonicalJson(rules[field] ?? null)) fields[field] = rule;
  }
  const derived = recurrenceAfter(rules, fields, choices, feed);
  if (derived !== undefined) fields.recurrence = derived;
  const read = new Set(Object.entries({ ...rules, ...fields }).flatMap(([, rule]) => (rule ? pathsOfRule(rule).map(keyOf) : [])));
  const chosen = new Set(Object.values(fields).flatMap((rule) => (rule === null ? [] : pathsOfRule(rule).map(keyOf))));
  const useless = choices.useless.map(keyOf).filter((key) => !read.has(key) && !definition.ignored.includes(key));
  const ignored = [...definition.ignored.filter((key) => !chosen.has(key)), ...new Set(useless)];
  return {
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(canonicalJson(ignored) !== canonicalJson(definition.ignored) && { ignored }),
  };
}

/** Returns the recurrence that follows from a chosen deadline, unless the recurrence has a source of its own. */
function recurrenceAfter(
  rules: Rules,
  chosen: Readonly<Record<string, Rule | null>>,
  { fields }: UnsavedChoices,
  feed: FeedAnalysis,
): Rule | undefined {
  const { submissionDeadline: deadline, recurrence } = rules;
  if (!chosen.submissionDeadline || fields.submissionDeadline?.way !== "path" || fields.recurrence !== undefined) return undefined;
  const before = new Set(deadline === undefined ? [] : pathsOfRule(deadline));
  const isDerived = recurrence === undefined || pathsOfRule(recurrence).every((path) => before.has(path));
  return isDerived ? recurrenceRule(feed, fields.submissionDeadline.paths)?.rule : undefined;
}

/** Returns the rule of a choice, or undefined if the file does not allow it. */
function ruleOfChoice(
  field: OwnField,
  choice: Exclude<EditChoice, { way: "none" }>,
  { rules, feed, proposal }: { readonly rules: Rules; readonly feed: FeedAnalysis; readonly proposal: Proposal | null },
): Rule | undefined {
  if (choice.way === "default") return withDefaultValue(rules[field], constantFor(field, choice.value));
  if (choice.way !== "named") {
    const isProposed = choice.way === "proposed";
    const rule = isProposed ? proposal?.fields.find((proposed) => proposed.field === field)?.rule : wayOf(field, choice, feed)?.rule;
    const { otherwise } = choice;
    return rule === undefined || otherwise === undefined ? rule : withDefaultValue(rule, constantFor(field, otherwise));
  }
  const vocabulary = wordedVocabularies.find((one) => one === field);
  const [title] = rules.name === undefined ? [] : pathsOfRule(rules.name);
  if (vocabulary === undefined || title === undefined) return undefined;
  const { value: otherwise } = choice;
  const named = namedTerms(title, vocabulary, otherwise === "" ? {} : { otherwise: otherwise.split(";") });
  return withDefaultValue(rules[field], named);
}

/** Returns the key of a record that contains a path: `conditions` for `conditions[].secteur`. */
export function keyOf(path: string): string {
  return path.split(/\[\]|\./, 1)[0] ?? path;
}
