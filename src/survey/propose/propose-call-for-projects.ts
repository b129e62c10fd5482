import type { Condition } from "../../kit/expressions/expression.ts";
import { choose } from "../../kit/field-rules.ts";
import { constant } from "../../kit/rules/constant.ts";
import { cleanLine, foldTerm } from "../../kit/values/text/clean-text.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { countTexts } from "../profile/field-values.ts";
import { nameScore } from "../profile/match-name.ts";
import { fileVerdict } from "../read/file-verdict.ts";
import { type FieldProposal, proposalOf } from "./proposal.ts";

/** Maximum number of distinct labels in a field that contains the kind of record. */
const maxLabels = 40;
const maxLabelLength = 60;
/** Folded words for a call for projects. */
const phrases = [
  "appels? (?:a|aux) (?:projets?|manifestations?|propositions?|candidatures?)",
  "calls? for (?:proposals?|projects?|expressions?)",
  "aap|ami|concours",
];
const call = new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join("|")})(?![\\p{L}\\p{N}])`, "u");
const usualNames = /type|nature|kind|categorie|category|forme|genre|aides_appels/i;

/** Proposes the rule for `isCallForProject`, or returns null. */
export function proposeCall(feed: FeedAnalysis, free: readonly FieldProfile[]): FieldProposal | null {
  return areAllCalls(feed) ?? fieldOfCalls(feed, free);
}

/** Proposes `true` for a feed of calls only, whose fields name calls or whose titles are those of calls. */
function areAllCalls({ survey }: FeedAnalysis): FieldProposal | null {
  const { kind, evidence: reasons } = fileVerdict(survey);
  const why = reasons.find(({ code }) => code === "calls-named" || code === "titles-of-calls");
  if (kind !== "calls" || why === undefined) return null;
  return proposalOf("isCallForProject", { rule: constant(true), certainty: 0.7, evidence: [why], from: [] });
}

/** Proposes the field with the largest share of labels that mean a call. If it contains one label per record, other labels mean "no". */
function fieldOfCalls(feed: FeedAnalysis, free: readonly FieldProfile[]): FieldProposal | null {
  const found = free.filter(mayBeKind).flatMap(({ path, isList }) => {
    const labels = [...countTexts(feed.texts(path)).values()]
      .map(({ text }) => cleanLine(text))
      .filter((label) => label.length <= maxLabelLength);
    const calls = labels.filter((label) => call.test(foldTerm(label)));
    return calls.length === 0 ? [] : [{ path, calls, isAlone: !isList, share: calls.length / labels.length }];
  });
  const [best] = found.sort((a, b) => b.share - a.share);
  if (best === undefined) return null;
  const { path, calls, isAlone } = best;
  const isCall: Condition = { field: path, isOneOf: calls };
  const isSomething: Condition = { field: path, isFilled: true };
  const rule = choose([{ when: isCall, use: constant(true) }, ...(isAlone ? [{ when: isSomething, use: constant(false) }] : [])]);
  const why = evidence("name-known", { path, field: "isCallForProject" });
  return proposalOf("isCallForProject", { rule, certainty: 0.75, evidence: [why], from: [path] }, calls.slice(0, 3));
}

function mayBeKind({ path, kind, distinct }: FieldProfile): boolean {
  const isLabel = kind === "line" || kind === "text" || kind === "html";
  return isLabel && usualNames.test(path) && distinct <= maxLabels && nameScore(path, "name") <= 0.9;
}

/** Returns true if a field contains only codes ("AAP"). Such a field only says whether a record is a call. */
export function areCallCodes(profile: FieldProfile, feed: FeedAnalysis): boolean {
  return !profile.isList && feed.texts(profile.path).every((label) => /^[A-Z_-]{2,8}$/.test(label.trim()));
}
