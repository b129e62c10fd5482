import { time } from "../../kit/rules/date.ts";
import { text } from "../../kit/rules/text.ts";
import { formatProblem } from "../../kit/values/dates/read-date.ts";
import type { Bench } from "./bench.ts";
import { evidence } from "./evidence.ts";
import { areWrittenCodes } from "./identifier-candidates.ts";
import type { FieldProposal } from "./proposal.ts";
import { proposeRecurrence } from "./propose-recurrence.ts";

/** Derives from a deadline its time and the recurrence of the aid. */
export function proposeBeside(bench: Bench, proposed: readonly FieldProposal[]): FieldProposal[] {
  const found = new Map(proposed.map((proposal) => [proposal.field, proposal]));
  const deadline = found.get("submissionDeadline");
  const made: FieldProposal[] = [];
  if (deadline?.rule.kind === "date" && deadline.from[0] !== undefined) {
    const written = bench.dates(deadline.from[0]);
    if (written?.hasHours) {
      const withHour = deadline.rule.formats.filter((format) => formatProblem(format, "hour") === undefined);
      const rule = time(deadline.from[0], withHour);
      made.push({
        ...deadline,
        field: "submissionDeadlineTime",
        rule,
        evidence: [evidence("also-elsewhere", { field: "submissionDeadline" })],
        alternatives: [],
      });
    }
  }
  const deadlines = [...(deadline?.from ?? []), ...(found.get("startDate")?.from.slice(1) ?? [])];
  const areCalls = found.get("isCallForProject")?.rule.kind === "constant";
  const recurrence = found.has("recurrence") ? null : proposeRecurrence(bench, deadlines, areCalls);
  if (recurrence !== null) made.push(recurrence);
  return [...made, ...codeAsShortTitle(bench, proposed)];
}

/** An identifier that people write also serves as short title. */
function codeAsShortTitle(bench: Bench, proposed: readonly FieldProposal[]): FieldProposal[] {
  const identifier = proposed.find(({ field }) => field === "externalId");
  const [path] = identifier?.from ?? [];
  const areCalls = proposed.some(({ field, rule }) => field === "isCallForProject" && rule.kind === "constant");
  if (identifier === undefined || path === undefined || identifier.from.length > 1 || !areCalls) return [];
  if (proposed.some(({ field }) => field === "shortTitle") || !areWrittenCodes(bench.texts(path))) return [];
  return [
    {
      ...identifier,
      field: "shortTitle",
      rule: text(path),
      certainty: 0.6,
      evidence: [evidence("also-elsewhere", { field: "externalId" })],
      alternatives: [],
    },
  ];
}
