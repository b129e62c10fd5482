import { choose, type Rule } from "../../kit/field-rules.ts";
import { constant } from "../../kit/rules/constant.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { shareOf } from "../profile/field-values.ts";
import { type FieldProposal, proposalOf } from "./proposal.ts";

/** Proposes fields that have the same value in every aid of this publisher, and default values for fields that may be empty. */
export function proposeConstants(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const { publisher, isPublisherGiven, territory } = feed.context;
  const found = new Map(proposed.map((proposal) => [proposal.field, proposal]));
  const isOne = isPublisherGiven && publisher.kind !== "aggregator" && publisher.kind !== "any";
  const financer = [{ name: publisher.name, siren: publisher.siren ?? null }];
  return [
    ...(isOne ? withDefault(found, "financers", constant(financer), 0.8, evidence("given")) : []),
    ...(territory === null ? [] : withDefault(found, "perimeters", constant([territory]), 0.8, evidence("given"))),
    ...(found.has("aidTypes") || !mentionsGrants(feed)
      ? []
      : [fixed("aidTypes", constant(["grant"]), 0.35, evidence("usual", { field: "aidTypes" }))]),
    ...((publisher.kind === "european" || territory?.scale === "continent") && !found.has("europeanAid")
      ? [fixed("europeanAid", constant("sectorial"), 0.4, evidence("usual", { field: "europeanAid" }))]
      : []),
  ];
}

/** Proposes a constant if no feed field is read, otherwise a default for records in which the field is empty. */
function withDefault(
  found: ReadonlyMap<OwnField, FieldProposal>,
  field: "financers" | "perimeters",
  value: Rule,
  certainty: number,
  why: Evidence,
): FieldProposal[] {
  const read = found.get(field);
  if (read === undefined) return [fixed(field, value, certainty, why)];
  const [path] = read.from;
  if (path === undefined || read.rule.kind === "choose") return [];
  return [{ ...read, rule: choose([{ when: { field: path, isFilled: true }, use: read.rule }], value), evidence: [...read.evidence, why] }];
}

function fixed(field: OwnField, rule: Rule, certainty: number, why: Evidence): FieldProposal {
  return proposalOf(field, { rule, certainty, evidence: [why], from: [] });
}

const grantWords = /(?<![\p{L}])(?:subvention|cofinanc|grant|dotation|aide financiere|taux)/u;
const longTextKinds = new Set(["html", "markdown", "lines", "text"]);

/** Returns true if at least half of the records mention a grant. */
function mentionsGrants({ survey: { fields, records } }: FeedAnalysis): boolean {
  const paths = fields.filter(({ kind }) => longTextKinds.has(kind)).map(({ path }) => path);
  if (paths.length === 0) return false;
  return shareOf(records.slice(0, 300), (record) => grantWords.test(foldTerm(JSON.stringify(record)))) >= 0.5;
}
