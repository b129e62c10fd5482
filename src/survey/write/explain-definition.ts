import type { ConnectorInput } from "../../kit/definition.ts";
import { pathsOfCondition } from "../../kit/expressions/expression-paths.ts";
import type { FieldRules, Rule } from "../../kit/field-rules.ts";
import { type ConstantRule, constant } from "../../kit/rules/constant.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import { pathsOfRule, rulesOf } from "../../kit/rules/rule-paths.ts";
import { plainTextToHtml } from "../../kit/rules/texts.ts";
import { kindOf } from "../../model/aid/field-table.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import { FeedAnalysis } from "../profile/feed-analysis.ts";
import type { FieldChoice } from "../propose/field-choice.ts";
import { conditionsOf, keepWhenOf } from "../propose/keep-when.ts";
import type { FieldProposal, IdentifierProposal, Proposal, ProposalOptions, Way } from "../propose/proposal.ts";
import { ignoredKeys, inOurOrder, unreadFields } from "../propose/propose-connector.ts";
import { proposeTermFiles } from "../propose/propose-term-files.ts";
import { wayOfTexts } from "../propose/propose-texts.ts";
import { ruleFor } from "../propose/rule-for.ts";
import type { Survey } from "../survey.ts";

/** A person's choices by aid field. Other fields keep their rule. */
export type FieldChoices = Readonly<Partial<Record<OwnField, FieldChoice>>>;

/** A definition, and the reasons for it. */
export interface ExplainedDefinition extends Pick<Proposal, "termFiles" | "unread"> {
  readonly definition: ConnectorInput;
  readonly fields: readonly FieldProposal[];
  /** Proposals for fields that the definition leaves empty. */
  readonly offered: readonly FieldProposal[];
  readonly identifier: IdentifierProposal | null;
}

/**
 * Explains a definition with the proposal for the same feed: the evidence and the alternatives of each rule, the words to map, and the unread
 * fields. `proposal`: null for a feed without records. `choices` replace rules; choices that read a missing field are ignored.
 */
export function explainDefinition(
  survey: Survey,
  terms: TermLookup,
  options: ProposalOptions,
  proposal: Proposal | null,
  { definition, choices }: { readonly definition: ConnectorInput; readonly choices: FieldChoices },
): ExplainedDefinition {
  const feed = new FeedAnalysis(survey, { ...options, terms });
  const rules = new Map(rulesOf(definition));
  for (const [name, choice] of Object.entries(choices)) {
    const field = name as OwnField;
    // Every aid needs an identifier and a title.
    if (choice.way === "none" && field !== "externalId" && field !== "name") rules.delete(field);
    const way = choice.way === "none" ? null : wayOf(field, choice, feed);
    if (way !== null) rules.set(field, way.rule);
  }
  const fields = inOurOrder([...rules].map(([field, rule]) => explained(field, rule, proposal)));
  const conditions = conditionsOf(keepWhenOf(definition)).flatMap(pathsOfCondition);
  const externalId = fields.find(({ field }) => field === "externalId");
  const identifier = proposal?.identifier ?? null;
  return {
    definition: {
      ...definition,
      fields: Object.fromEntries(fields.map(({ field, rule }) => [field, rule])) as unknown as FieldRules,
      ignored: ignoredKeys(survey, fields, conditions),
    },
    fields,
    offered: (proposal?.fields ?? []).filter(({ field }) => !rules.has(field)),
    identifier:
      identifier === null || externalId === undefined
        ? identifier
        : { ...identifier, chosen: { ...identifier.chosen, ...asWay(externalId) } },
    termFiles: proposeTermFiles(feed, fields),
    unread: unreadFields(survey, new Set([...fields.flatMap(({ from }) => from), ...conditions])),
  };
}

/** Returns a rule with the evidence of the equal proposal, or as given by a person; the other proposals are its alternatives. */
function explained(field: OwnField, rule: Rule, proposal: Proposal | null): FieldProposal {
  const own = proposal?.fields.find((candidate) => candidate.field === field);
  const candidates = field === "externalId" && proposal !== null ? [proposal.identifier.chosen, ...proposal.identifier.others] : [];
  const ways = distinct([...(own === undefined ? [] : [own, ...own.alternatives]), ...candidates]);
  const isSame = (way: Way) => canonicalJson(way.rule) === canonicalJson(rule);
  const given = { rule, certainty: 1, evidence: [evidence("given", {})], from: [...new Set(pathsOfRule(rule))] };
  return {
    field,
    ...asWay(ways.find(isSame) ?? given),
    examples: own !== undefined && isSame(own) ? own.examples : [],
    alternatives: ways.filter((way) => !isSame(way)).map(asWay),
  };
}

function distinct(ways: readonly Way[]): Way[] {
  return [...new Map(ways.map((way) => [canonicalJson(way.rule), way])).values()];
}

function asWay({ rule, certainty, evidence: why, from }: Way): Way {
  return { rule, certainty, evidence: why, from };
}

/** Returns the rule of a choice with its evidence, or null if it reads a missing field. */
export function wayOf(field: OwnField, choice: Exclude<FieldChoice, { way: "none" }>, feed: FeedAnalysis): Way | null {
  const given = [evidence("given", {})];
  if (choice.way === "constant") return { rule: constantFor(field, choice.value), certainty: 1, evidence: given, from: [] };
  if (choice.way === "rule") {
    // The rule is validated later, together with the whole connector.
    const rule = choice.rule as unknown as Rule;
    const from = [...new Set(pathsOfRule(rule))];
    return from.every((path) => hasField(feed.survey.fields, path)) ? { rule, certainty: 1, evidence: given, from } : null;
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

/** Returns true if a feed with these fields has a value at this path or below it. */
export function hasField(fields: readonly Pick<FieldProfile, "path">[], path: string): boolean {
  return fields.some((profile) => profile.path === path || profile.path.startsWith(`${path}.`) || profile.path.startsWith(`${path}[`));
}

/** Returns the rule for a value that a person entered: see `valueFor`. */
export function constantFor(field: OwnField, written: string): ConstantRule {
  return constant(valueFor(field, written));
}

/** Converts a text that a person entered to the type of the field. `;` separates several values. */
function valueFor(field: OwnField, written: string): unknown {
  const members = () =>
    written
      .split(";")
      .map((member) => member.trim())
      .filter((member) => member !== "");
  switch (kindOf(field)) {
    case "flag":
      return /^(oui|vrai|true|1)$/i.test(written.trim());
    case "percent":
    case "euros":
      return numberIn(written) ?? written.trim();
    case "terms":
    case "list":
      return members();
    case "organisations":
      return members().map((name) => ({ name, siren: null }));
    case "places":
      return members().map((member) => {
        const [scale = "", code = ""] = member.split(":");
        return { scale, code };
      });
    case "html":
      return withLinks(plainTextToHtml(written) ?? "");
    default:
      return written.trim();
  }
}

/** Makes links of the addresses in HTML that contains none. */
function withLinks(html: string): string {
  return html.replace(/https?:\/\/[^\s<>"]+[^\s<>".,;:)]/g, (address) => `<a href="${address}" rel="noopener">${address}</a>`);
}

/** Reads `1 500,50 €` or `80 %` as a number, or returns null. */
function numberIn(written: string): number | null {
  const digits = written.replace(/[\s€%]/g, "").replace(",", ".");
  return /^\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : null;
}
