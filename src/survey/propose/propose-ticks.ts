import { join, literal, split, when } from "../../kit/expressions/expression.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import { terms } from "../../kit/rules/terms.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { type FieldProposal, proposalOf } from "./proposal.ts";

/** Fields whose terms may have a column each, with a tick where the term holds. */
const tickedFields = ["targetedAudiences", "aidTypes", "mobilizationSteps", "destinations", "categories"] as const;
const ticks = ["x", "✓", "✔", "oui", "yes", "vrai", "true", "1"];
const noTicks = new Set(["", "non", "no", "faux", "false", "0", "-"]);
/** A single column may just have the name of a term. */
const minColumns = 2;
const separator = ";";

/** Proposes a list of terms from columns that are named like our terms and contain ticks: "Communes", "EPCI", "Associations". */
export function proposeTicks(feed: FeedAnalysis, fields: readonly FieldProfile[]): FieldProposal[] {
  const ticked = fields.filter((profile) => isTicked(profile, feed));
  if (ticked.length < minColumns) return [];
  return tickedFields.flatMap((field): FieldProposal[] => {
    const columns = ticked.flatMap(({ path }) => {
      const label = labelOf(path);
      return feed.context.terms.targetsOf(field, label)?.length && !label.includes(separator) ? [{ path, label }] : [];
    });
    if (columns.length < minColumns) return [];
    const named = columns.map(({ path, label }) => when({ field: path, isOneOf: ticks }, literal(label)));
    const rule = terms(split(join(named, separator), separator), field);
    const why = evidence("several-fields", { count: columns.length });
    const way = { rule, certainty: 0.9, evidence: [why], from: [...new Set(pathsOfRule(rule))] };
    return [
      proposalOf(
        field,
        way,
        columns.slice(0, 3).map(({ label }) => label),
      ),
    ];
  });
}

function isTicked({ path, isList, filled }: FieldProfile, feed: FeedAnalysis): boolean {
  if (isList || filled === 0) return false;
  const texts = new Set(feed.texts(path).map(foldTerm));
  return [...texts].some((text) => ticks.includes(text)) && [...texts].every((text) => ticks.includes(text) || noTicks.has(text));
}

/** Returns the last part of a path as a label: "Communes" for `Publics > Communes` and for `publics.communes`. */
function labelOf(path: string): string {
  return (path.split(/ > |\./).at(-1) ?? path).replaceAll("_", " ");
}
