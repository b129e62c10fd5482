import type { ConnectorInput } from "../../kit/definition.ts";
import { pathsOfCondition } from "../../kit/expressions/expression-paths.ts";
import type { FieldRules, Rule } from "../../kit/field-rules.ts";
import { constant } from "../../kit/rules/constant.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { evidence } from "./evidence.ts";
import { expected } from "./expected.ts";
import { FeedAnalysis } from "./feed-analysis.ts";
import type { FieldChoice } from "./field-choice.ts";
import { conditionsOf, keepWhenOf, keepWhenWith, type LeftOut, leftOutOf } from "./left-out.ts";
import type { OwnField } from "./match-name.ts";
import type { FieldProposal, Proposal, ProposalOptions, Way } from "./proposal.ts";
import { ignoredKeys, inOurOrder, unreadFields } from "./propose-connector.ts";
import { proposeTermFiles } from "./propose-term-files.ts";
import { wayOfTexts } from "./propose-texts.ts";
import { ruleFor } from "./rule-for.ts";
import type { Survey } from "./survey.ts";

/** A person's choices by aid field. Other fields remain as proposed. */
export type FieldChoices = Readonly<Partial<Record<OwnField, FieldChoice>>>;

/**
 * Applies a person's choices to a proposal. Ignores a choice that reads a missing field. `leftOut`: values by which the person leaves out
 * records, or null to use the proposed values.
 */
export function reviseProposal(
  survey: Survey,
  terms: TermLookup,
  options: ProposalOptions,
  proposal: Proposal,
  choices: FieldChoices,
  leftOut: readonly LeftOut[] | null = null,
): Proposal {
  const feed = new FeedAnalysis(survey, { ...options, terms });
  const chosen = new Map(proposal.fields.map((field) => [field.field, field]));
  for (const [name, choice] of Object.entries(choices)) {
    const field = name as OwnField;
    const before = chosen.get(field);
    if (choice.way === "none") {
      // Every aid needs an identifier and a title.
      if (field !== "externalId" && field !== "name") chosen.delete(field);
      continue;
    }
    const way = wayOf(field, choice, feed);
    if (way !== null) chosen.set(field, revised(field, way, before));
  }
  const fields = inOurOrder([...chosen.values()]);
  const definition = leftOut === null ? proposal.definition : leavingOut(feed, proposal.definition, leftOut);
  const conditions = conditionsOf(keepWhenOf(definition)).flatMap(pathsOfCondition);
  const externalId = chosen.get("externalId");
  return {
    ...proposal,
    fields,
    identifier:
      externalId === undefined
        ? proposal.identifier
        : { ...proposal.identifier, chosen: { ...proposal.identifier.chosen, ...asWay(externalId) } },
    definition: {
      ...definition,
      fields: Object.fromEntries(fields.map(({ field, rule }) => [field, rule])) as unknown as FieldRules,
      ignored: ignoredKeys(survey, fields, conditions),
    },
    termFiles: proposeTermFiles(feed, fields),
    unread: unreadFields(survey, new Set([...fields.flatMap(({ from }) => from), ...conditions])),
  };
}

/** Replaces the values that leave out records, and the expected number of records. Ignores fields that the feed does not have. */
function leavingOut(feed: FeedAnalysis, definition: ConnectorInput, leftOut: readonly LeftOut[]): ConnectorInput {
  const { keepWhen: _, expect: { atLeast: _usual, ...expect } = {}, ...others } = definition;
  const before = keepWhenOf(definition);
  const proposed = new Set(leftOutOf(before).map(({ field }) => field));
  const keepWhen = keepWhenWith(
    before,
    leftOut.filter(({ field }) => proposed.has(field) || hasField(feed, field)),
  );
  return { ...others, ...(keepWhen !== undefined && { keepWhen }), expect: { ...expect, ...expected(feed.survey, keepWhen).expect } };
}

function asWay({ rule, certainty, evidence: why, from }: FieldProposal): Way {
  return { rule, certainty, evidence: why, from };
}

function revised(field: OwnField, way: Way, before: FieldProposal | undefined): FieldProposal {
  // Keep the previous way as an alternative.
  const others = before === undefined ? [] : [asWay(before), ...before.alternatives];
  const alternatives = others.filter(({ rule }) => JSON.stringify(rule) !== JSON.stringify(way.rule));
  return { field, ...way, examples: [], alternatives };
}

/** Returns the rule of a choice with its evidence, or null if it reads a missing field. */
export function wayOf(field: OwnField, choice: Exclude<FieldChoice, { way: "none" }>, feed: FeedAnalysis): Way | null {
  const given = [evidence("given", {})];
  if (choice.way === "constant") return { rule: constant(valueFor(field, choice.value)) as Rule, certainty: 1, evidence: given, from: [] };
  if (choice.way === "rule") {
    // The rule is validated later, together with the whole connector.
    const rule = choice.rule as unknown as Rule;
    const from = [...new Set(pathsOfRule(rule))];
    return from.every((path) => hasField(feed, path)) ? { rule, certainty: 1, evidence: given, from } : null;
  }
  const profiles = choice.paths.flatMap((path) => feed.survey.fields.find((profile) => profile.path === path) ?? []);
  const [profile] = profiles;
  if (profile === undefined) return null;
  const text = wayOfTexts(field, profiles, feed);
  if (text !== null) return { ...asWay(text), certainty: 1 };
  const way = ruleFor({ field, profile, name: 1, fit: 1, certainty: 1 }, feed);
  const rule = choice.formats === undefined || way.rule.kind !== "date" ? way.rule : { ...way.rule, formats: choice.formats };
  return { ...way, rule, certainty: 1 };
}

function hasField({ survey }: FeedAnalysis, path: string): boolean {
  return survey.fields.some(
    (profile) => profile.path === path || profile.path.startsWith(`${path}.`) || profile.path.startsWith(`${path}[`),
  );
}

const lists: ReadonlySet<OwnField> = new Set<AidField>([
  "aidTypes",
  "targetedAudiences",
  "destinations",
  "mobilizationSteps",
  "categories",
  "keywords",
  "programs",
  "projectReferences",
]);
const yesNo: ReadonlySet<OwnField> = new Set<AidField>(["isCallForProject", "isCharged", "inFranceRelance"]);
const organisations: ReadonlySet<OwnField> = new Set<AidField>(["financers", "instructors"]);
const territories: ReadonlySet<OwnField> = new Set<AidField>(["perimeters", "perimeterExclusions"]);

/** Converts a text that a person entered to the type of the field. `;` separates several values. */
function valueFor(field: OwnField, written: string): unknown {
  const members = () =>
    written
      .split(";")
      .map((member) => member.trim())
      .filter((member) => member !== "");
  if (yesNo.has(field)) return /^(oui|vrai|true|1)$/i.test(written.trim());
  if (lists.has(field)) return members();
  if (organisations.has(field)) return members().map((name) => ({ name, siren: null }));
  if (territories.has(field)) {
    return members().map((member) => {
      const [scale = "", code = ""] = member.split(":");
      return { scale, code };
    });
  }
  return written.trim();
}
