import { type Bench, pathsRead } from "./bench.ts";
import type { OwnField } from "./known-names.ts";
import { assign, type Match, matchesFor } from "./match.ts";
import { withNumbered } from "./numbered-dates.ts";
import type { FieldProposal, IdentifierProposal, Way } from "./proposal.ts";
import { proposeBeside } from "./propose-beside.ts";
import { areCallCodes, proposeCall } from "./propose-call.ts";
import { proposeConstants } from "./propose-constants.ts";
import { identifierField } from "./propose-identifier.ts";
import { proposeRoles } from "./propose-roles.ts";
import { proposeTexts } from "./propose-texts.ts";
import { ruleFor } from "./rule-for.ts";

/** Fields filled by one field of the feed. The name comes before, the long texts after. */
const single: readonly OwnField[] = [
  "nameInitial",
  "shortTitle",
  "contactEmail",
  "contactPhone",
  "originUrl",
  "applicationUrl",
  "originUrlText",
  "applicationUrlText",
  "isCallForProject",
  "isCharged",
  "inFranceRelance",
  "startDate",
  "predepositDate",
  "submissionDeadline",
  "recurrence",
  "aidTypes",
  "targetedAudiences",
  "destinations",
  "mobilizationSteps",
  "categories",
  "keywords",
  "programs",
  "projectReferences",
  "financers",
  "instructors",
  "perimeters",
  "perimeterExclusions",
  "perimeterSuggestion",
  "subventionRateLowerBound",
  "subventionRateUpperBound",
  "subventionComment",
  "loanAmount",
  "recoverableAdvanceAmount",
  "otherFinancialAidComment",
  "importDataUrl",
  "sourceUpdatedDate",
];
const mostAlternatives = 2;

/** Proposes a rule for each field that the feed can fill, the surest first. */
export function proposeFields(bench: Bench, title: Match | null, identifier: IdentifierProposal): FieldProposal[] {
  const proposed: FieldProposal[] = [identifierField(identifier, bench)];
  const usedUp = new Set<string>(identifier.isFragile ? [] : identifier.chosen.from);
  if (title !== null) {
    proposed.push(proposalOf(title, bench));
    usedUp.add(title.profile.path);
  }
  const free = () => bench.survey.fields.filter(({ path }) => !usedUp.has(path));
  const take = (...more: readonly FieldProposal[]) => {
    proposed.push(...more);
    for (const path of pathsRead(more)) usedUp.add(path);
  };

  const call = proposeCall(bench, free());
  const flags = assign(bench, ["isCallForProject"], free());
  if (call !== null && flags.length === 0) {
    proposed.push(call);
    const profile = bench.survey.fields.find(({ path }) => path === call.from[0]);
    if (profile !== undefined && areCallCodes(profile, bench)) usedUp.add(profile.path);
  }
  take(...proposeRoles(bench, free()));
  const known = new Set(proposed.map(({ field }) => field));
  take(
    ...assign(
      bench,
      single.filter((field) => !known.has(field)),
      free(),
    ).map((match) => withNumbered(proposalOf(match, bench), bench)),
  );
  proposed.push(...proposeBeside(bench, proposed));
  const ofContact = new Set(
    proposed.filter(({ field }) => field === "contactEmail" || field === "contactPhone").flatMap(({ from }) => from),
  );
  take(
    ...proposeTexts(
      bench,
      bench.survey.fields.filter(({ path }) => !usedUp.has(path) || ofContact.has(path)),
      ofContact,
    ),
  );
  return withConstants(bench, proposed);
}

function proposalOf(match: Match, bench: Bench): FieldProposal {
  const alternatives = matchesFor(bench, match.field, bench.survey.fields)
    .filter(({ profile }) => profile.path !== match.profile.path)
    .slice(0, mostAlternatives);
  return {
    field: match.field,
    ...ruleFor(match, bench),
    examples: match.profile.examples.slice(0, 3),
    alternatives: alternatives.map((other): Way => ruleFor(other, bench)),
  };
}

function withConstants(bench: Bench, proposed: readonly FieldProposal[]): FieldProposal[] {
  const constants = proposeConstants(bench, proposed);
  const replaced = new Set(constants.map(({ field }) => field));
  return [...proposed.filter(({ field }) => !replaced.has(field)), ...constants];
}
