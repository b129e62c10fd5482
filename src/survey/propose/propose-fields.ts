import { join } from "../../kit/expressions/expression.ts";
import { date } from "../../kit/rules/date.ts";
import { fieldsWhere } from "../../model/aid/field-table.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import { type FeedAnalysis, pathsRead } from "../profile/feed-analysis.ts";
import { nameScore } from "../profile/match-name.ts";
import { assign, type Match, matchesFor } from "./assign-fields.ts";
import { organisationCells, rolesRule } from "./organisations-rule.ts";
import { type FieldProposal, type IdentifierProposal, proposalOf, type Way } from "./proposal.ts";
import { areCallCodes, proposeCall } from "./propose-call-for-projects.ts";
import { proposeConstants, proposeDerivedFields } from "./propose-derived-fields.ts";
import { identifierField } from "./propose-identifier.ts";
import { proposeParts } from "./propose-parts.ts";
import { proposeTexts } from "./propose-texts.ts";
import { proposeTicks } from "./propose-ticks.ts";
import { ruleFor } from "./rule-for.ts";

/** Aid fields that one field of the feed fills. The title is proposed before them, long texts after them. */
const single = fieldsWhere(({ kind, isNeverProposed }) => kind !== "title" && kind !== "html" && isNeverProposed !== true);
const maxAlternatives = 2;

/** Proposes a rule for each aid field that the feed can fill. */
export function proposeFields(feed: FeedAnalysis, title: Match | null, identifier: IdentifierProposal): FieldProposal[] {
  const proposed: FieldProposal[] = [identifierField(identifier, feed)];
  const usedUp = new Set<string>(identifier.isFragile ? [] : identifier.chosen.from);
  if (title !== null) {
    proposed.push(proposalOfMatch(title, feed));
    usedUp.add(title.profile.path);
  }
  const free = () => feed.survey.fields.filter(({ path }) => !usedUp.has(path));
  const take = (...more: readonly FieldProposal[]) => {
    proposed.push(...more);
    for (const path of pathsRead(more)) usedUp.add(path);
  };

  const call = proposeCall(feed, free());
  const flags = assign(feed, ["isCallForProject"], free());
  if (call !== null && flags.length === 0) {
    proposed.push(call);
    const profile = feed.survey.fields.find(({ path }) => path === call.from[0]);
    if (profile !== undefined && areCallCodes(profile, feed)) usedUp.add(profile.path);
  }
  take(...proposeRoles(feed, free()));
  take(...proposeTicks(feed, free()));
  const known = new Set(proposed.map(({ field }) => field));
  take(
    ...assign(
      feed,
      single.filter((field) => !known.has(field)),
      free(),
    ).map((match) => withNumbered(proposalOfMatch(match, feed), feed)),
  );
  const parts = proposeParts(feed, proposed);
  proposed.push(...parts);
  // A day in a sentence is all that its field says.
  for (const path of pathsRead(parts.filter(({ rule }) => rule.kind === "date"))) usedUp.add(path);
  proposed.push(...proposeDerivedFields(feed, proposed));
  const ofContact = new Set(
    proposed.filter(({ field }) => field === "contactEmail" || field === "contactPhone").flatMap(({ from }) => from),
  );
  // The exact words about the audience are for readers, its terms for the search.
  const ofAudience = proposed
    .filter(({ field }) => field === "targetedAudiences")
    .flatMap(({ from }) => from.filter((path) => feed.isSection(path)));
  take(
    ...proposeTexts(
      feed,
      feed.survey.fields.filter(({ path }) => !usedUp.has(path) || ofContact.has(path) || ofAudience.includes(path)),
      ofContact,
    ),
  );
  return withConstants(feed, proposed);
}

function proposalOfMatch(match: Match, feed: FeedAnalysis): FieldProposal {
  const alternatives = matchesFor(feed, match.field, feed.survey.fields)
    .filter(({ profile }) => profile.path !== match.profile.path)
    .slice(0, maxAlternatives);
  return {
    field: match.field,
    ...ruleFor(match, feed),
    examples: match.profile.examples.slice(0, 3),
    alternatives: alternatives.map((other): Way => ruleFor(other, feed)),
  };
}

function withConstants(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const constants = proposeConstants(feed, proposed);
  const replaced = new Set(constants.map(({ field }) => field));
  return [...proposed.filter(({ field }) => !replaced.has(field)), ...constants];
}

const minName = 0.85;
/** A number adds words such as "session" or "stage" to a name. */
const minNameNumbered = 0.7;
const series = /premi[eè]re?|second|deuxi[eè]me|first|final/i;

/** Extends a date rule to all numbered fields of its kind (`ouverture-1`, "Date limite 2e session"). It then reads the latest date. */
function withNumbered(proposal: FieldProposal, feed: FeedAnalysis): FieldProposal {
  const { field, from } = proposal;
  const [first] = from;
  if (first === undefined || proposal.rule.kind !== "date") return proposal;
  const numbered = feed.survey.fields
    .filter(({ path, kind }) => isNumbered(path, field) && (kind === "date" || kind === "empty"))
    .map(({ path }) => path);
  if (numbered.length < 2 || !numbered.includes(first)) return proposal;
  const written = feed.dates(...numbered);
  if (written === null) return proposal;
  return { ...proposal, rule: date(join(numbered, " "), [...written.formats], { pick: "latest" }), from: numbered };
}

function isNumbered(path: string, field: OwnField): boolean {
  return (/\d/.test(path) && nameScore(path, field) >= minNameNumbered) || (series.test(path) && nameScore(path, field) >= minName);
}

/** Proposes financers and instructors from a cell that contains organisations with their roles. */
function proposeRoles(feed: FeedAnalysis, free: readonly FieldProfile[]): FieldProposal[] {
  for (const profile of free) {
    const cells = organisationCells(profile, feed);
    if (cells?.role == null) continue;
    const roles = [
      ["financers", cells.role.values.find((role) => /financ/i.test(role)) ?? "financeur"],
      ["instructors", cells.role.values.find((role) => /instruct|gestion/i.test(role)) ?? "instructeur"],
    ] as const;
    return roles.map(([field, role]) => {
      const certainty = cells.role?.values.includes(role) ? 0.9 : 0.6;
      const why = evidence("roles", { path: profile.path, role });
      const way = { rule: rolesRule(profile.path, cells, role), certainty, evidence: [why], from: [profile.path] };
      return proposalOf(field, way, profile.examples.slice(0, 2));
    });
  }
  return [];
}
