import type { ConnectorInput } from "../../kit/definition.ts";
import { valueAt } from "../../kit/expressions/field-path.ts";
import type { FieldRules } from "../../kit/field-rules.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import { pathsOfRule, rulesOf } from "../../kit/rules/rule-paths.ts";
import { text } from "../../kit/rules/texts.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { aidFields } from "../../model/aid/aid.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import { FeedAnalysis } from "../profile/feed-analysis.ts";
import { countTexts } from "../profile/field-values.ts";
import { findPlaceholders } from "../profile/find-placeholders.ts";
import { identifierInCells, inCells, withLabelsAsFields } from "../profile/labelled-cells.ts";
import { languageOf } from "../profile/language-of.ts";
import { isPrivate } from "../profile/match-name.ts";
import { nameWords } from "../profile/name-words.ts";
import type { Survey } from "../survey.ts";
import { titleOf } from "./assign-fields.ts";
import { platformCall } from "./factory-call.ts";
import { expected, keepWhenOf } from "./keep-when.ts";
import {
  type FactoryCall,
  type FieldProposal,
  type IdentifierProposal,
  type Proposal,
  type ProposalContext,
  type ProposalOptions,
  proposalOf,
  type Unread,
} from "./proposal.ts";
import { proposeFields } from "./propose-fields.ts";
import { proposeIdentifier } from "./propose-identifier.ts";
import { proposeTermFiles } from "./propose-term-files.ts";

/** Proposes a connector for a feed: a valid draft, a rule for each field with certainty and evidence, term files, and the unread fields. */
export function proposeConnector(survey: Survey, terms: TermLookup, options: ProposalOptions): Proposal {
  const context: ProposalContext = { ...options, terms };
  const feed = new FeedAnalysis(survey, context);
  const { identifier, fields } = proposals(survey, context);
  const kept = proposeKeepWhen(feed);
  const conditions = kept === null ? [] : [String(kept.why.params.path)];
  const read = new Set(fields.flatMap(({ from }) => from));
  const placeholders = findPlaceholders(feed, read);
  const language = languageOf(survey);
  const definition: ConnectorInput = {
    id: options.id,
    publisher: options.publisher,
    ...(options.title !== undefined && { title: options.title }),
    state: "draft",
    ...(language !== "fr" && { language }),
    ...(options.publisher.kind === "european" && { timeZone: "Europe/Brussels" }),
    feed: { ...options.feed, ...(survey.paging !== null && { paging: survey.paging }) } as ConnectorInput["feed"],
    decode: survey.reading,
    ...(survey.details !== null && { details: survey.details }),
    ...(kept !== null && { keepWhen: kept.keepWhen }),
    ignored: ignoredKeys(survey, fields, conditions),
    ...(placeholders.length > 0 && { placeholders }),
    fields: Object.fromEntries(fields.map(({ field, rule }) => [field, rule])) as unknown as FieldRules,
    ...expected(survey, kept === null ? undefined : keepWhenOf(kept)),
  };
  const platform = platformCall(survey, definition);
  const written = asWritten(platform, fields);
  return {
    ...platform,
    fields: written,
    identifier: identifierWritten(identifier, written),
    termFiles: proposeTermFiles(feed, written),
    unread: unreadFields(survey, new Set([...written.flatMap(({ from }) => from), ...conditions])),
    remarks: [
      ...survey.remarks,
      ...(kept === null ? [] : [kept.why]),
      ...placeholders.slice(0, 3).map((placeholder) => evidence("placeholder", { text: placeholder })),
    ],
  };
}

/** Proposes the identifier and the fields. A label that the cells of a column repeat is proposed like a column. */
function proposals(survey: Survey, context: ProposalContext): { identifier: IdentifierProposal; fields: readonly FieldProposal[] } {
  const expanded = withLabelsAsFields(survey);
  const feed = new FeedAnalysis(expanded.survey, context);
  const title = titleOf(feed);
  const identifier = proposeIdentifier(feed, title?.profile.path ?? null);
  const fields = inCells(proposeFields(feed, title, identifier), expanded.labels);
  const chosen = identifierInCells(identifier, expanded.labels);
  return { identifier: chosen, fields: inOurOrder(withName(fields, chosen.chosen.from)) };
}

/** Returns the fields of the final connector. A rule of the platform replaces our proposal, which becomes an alternative. */
function asWritten({ definition, factory, argument, base }: FactoryCall, fields: readonly FieldProposal[]): FieldProposal[] {
  const proposed = new Map(fields.map((proposal) => [proposal.field, proposal]));
  return rulesOf(definition).map(([field, rule]) => {
    const own = proposed.get(field);
    const isFixed = base !== undefined || (factory !== "defineConnector" && !Object.hasOwn((argument.fields ?? {}) as object, field));
    if (own !== undefined && !isFixed) return own;
    const why = evidence("platform", { name: base?.factory ?? factory });
    const way = { rule, certainty: 0.95, evidence: [why], from: [...new Set(pathsOfRule(rule))] };
    return { ...proposalOf(field, way, own?.examples), alternatives: own === undefined ? [] : [own] };
  });
}

/** Replaces the proposed identifier by the platform's, if they differ. */
function identifierWritten(proposed: IdentifierProposal, fields: readonly FieldProposal[]): IdentifierProposal {
  const written = fields.find(({ field }) => field === "externalId");
  if (written === undefined || JSON.stringify(written.rule) === JSON.stringify(proposed.chosen.rule)) return proposed;
  const { rule, certainty, evidence: why, from } = written;
  const chosen = { rule, certainty, evidence: why, from, fill: 1, shared: 0, kept: null };
  return { chosen, others: [proposed.chosen, ...proposed.others], isFragile: false };
}

/** Adds a title if there is no proposal for it: the identifier, because the schema requires a title. */
function withName(fields: readonly FieldProposal[], identifier: readonly string[]): readonly FieldProposal[] {
  if (fields.some(({ field }) => field === "name")) return fields;
  const [path = "id"] = identifier;
  const why = evidence("no-known-name", { path, field: "name" });
  return [...fields, proposalOf("name", { rule: text(path), certainty: 0, evidence: [why], from: [path] })];
}

/** Sorts fields in the order of an aid. */
export function inOurOrder(fields: readonly FieldProposal[]): FieldProposal[] {
  const order: readonly OwnField[] = ["externalId", ...aidFields];
  return fields.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** Lists top-level keys that no rule reads, in feed order. The connector declares them as ignored, so that people see the loss. */
export function ignoredKeys(
  { records }: Pick<Survey, "records">,
  fields: readonly Pick<FieldProposal, "rule">[],
  others: readonly string[],
): string[] {
  const read = new Set(
    [...fields.flatMap(({ rule }) => pathsOfRule(rule)), ...others].flatMap((path) => [path, path.replace(/[.[].*$/s, "")]),
  );
  const keys = new Set(records.flatMap((record) => Object.keys(record)));
  return [...keys].filter((key) => key !== "" && !read.has(key) && !isLinkBeside(key, keys));
}

/** Returns true for `title (link)`, the key of a link in a cell of a workbook. */
function isLinkBeside(key: string, keys: ReadonlySet<string>): boolean {
  return key.endsWith(" (link)") && keys.has(key.slice(0, -" (link)".length));
}

/** Lists fields that no rule and no condition reads, with an example. */
export function unreadFields({ fields, records }: Survey, read: ReadonlySet<string>): Unread[] {
  return fields
    .filter(({ path }) => !read.has(path))
    .map(({ path, examples, kind }) => ({
      path,
      reason: isPrivate(path) ? evidence("not-for-publication", { path }) : null,
      example: kind === "empty" && records.every((record) => valueAt(record, path) !== undefined) ? "" : (examples[0] ?? ""),
    }));
}

const stateNames = new Set(["statut", "etat", "status", "state", "publie", "workflow", "publication"]);
const isNoAid =
  /^(?:brouillon|draft|archive|archivee?|archived|supprimee?|deleted|corbeille|trash|non publiee?|unpublished|depubliee?|private|prive)$/;
const maxStates = 15;

/** Proposes to leave out the states that mean draft or archived, or returns null. Records with new, unknown states are imported. */
function proposeKeepWhen(
  feed: FeedAnalysis,
): { readonly keepWhen: NonNullable<ConnectorInput["keepWhen"]>; readonly why: Evidence } | null {
  for (const { path, kind, distinct, isList } of feed.survey.fields) {
    if (kind !== "line" || isList || path.includes("[]") || distinct > maxStates || !nameWords(path).some((word) => stateNames.has(word)))
      continue;
    const states = [...countTexts(feed.texts(path)).values()].map(({ text }) => text);
    const drafts = states.filter((state) => isNoAid.test(foldTerm(state)));
    if (drafts.length === 0 || drafts.length === states.length) continue;
    return { keepWhen: { not: { field: path, isOneOf: drafts } }, why: evidence("drafts", { path, states: drafts.join(", ") }) };
  }
  return null;
}
