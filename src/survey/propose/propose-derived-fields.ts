import { time } from "../../kit/rules/date.ts";
import { text } from "../../kit/rules/text.ts";
import { formatProblem } from "../../kit/values/dates/read-date.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { areWrittenCodes } from "../profile/identifier-candidates.ts";
import type { FieldProposal } from "./proposal.ts";
import { recurrenceRule } from "./recurrence-rule.ts";

/** Proposes fields derived from other proposals: the time of the deadline, the recurrence and the short title. */
export function proposeDerivedFields(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const found = new Map(proposed.map((proposal) => [proposal.field, proposal]));
  const deadline = found.get("submissionDeadline");
  const made: FieldProposal[] = [];
  if (deadline?.rule.kind === "date" && deadline.from[0] !== undefined) {
    const written = feed.dates(deadline.from[0]);
    if (written?.hasHours) {
      const withHour = deadline.rule.formats.filter((format) => formatProblem(format, "hour") === undefined);
      const why = evidence("also-elsewhere", { field: "submissionDeadline" });
      const rule = time(deadline.from[0], withHour);
      made.push({ ...deadline, field: "submissionDeadlineTime", rule, evidence: [why], alternatives: [] });
    }
  }
  const deadlines = [...(deadline?.from ?? []), ...(found.get("startDate")?.from.slice(1) ?? [])];
  const areCalls = found.get("isCallForProject")?.rule.kind === "constant";
  const recurrence = found.has("recurrence") ? null : recurrenceRule(feed, deadlines, areCalls);
  if (recurrence !== null) {
    const why = [evidence("usual", { field: "recurrence" })];
    made.push({ field: "recurrence", ...recurrence, certainty: 0.7, evidence: why, examples: [], alternatives: [] });
  }
  return [...made, ...codeAsShortTitle(feed, proposed)];
}

/** Proposes the identifier of a call as its short title if people write such codes ("LIFE-2024-01"). */
function codeAsShortTitle(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const identifier = proposed.find(({ field }) => field === "externalId");
  const [path] = identifier?.from ?? [];
  const areCalls = proposed.some(({ field, rule }) => field === "isCallForProject" && rule.kind === "constant");
  if (identifier === undefined || path === undefined || identifier.from.length > 1 || !areCalls) return [];
  if (proposed.some(({ field }) => field === "shortTitle") || !areWrittenCodes(feed.texts(path))) return [];
  const why = evidence("also-elsewhere", { field: "externalId" });
  return [{ ...identifier, field: "shortTitle", rule: text(path), certainty: 0.6, evidence: [why], alternatives: [] }];
}
