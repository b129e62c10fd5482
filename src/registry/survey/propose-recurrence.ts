import type { Condition } from "../../kit/expressions/expression.ts";
import { choose } from "../../kit/field-rules.ts";
import { constant } from "../../kit/rules/constant.ts";
import type { Bench } from "./bench.ts";
import { evidence } from "./evidence.ts";
import { nameWords } from "./name-words.ts";
import type { FieldProposal } from "./proposal.ts";

/**
 * Proposes the recurrence from the deadline. A date that means "no end" counts as none. A field for a future campaign or a second deadline
 * means recurring. `deadlines`: fields of the deadline, the first campaign first; `areCalls`: all records are calls, so one without a
 * deadline is not permanently open.
 */
export function proposeRecurrence(bench: Bench, deadlines: readonly string[], areCalls: boolean): FieldProposal | null {
  const [deadline, ...later] = deadlines;
  if (deadline === undefined) return null;
  const { fields } = bench.survey;
  const future = fields.find(({ path, kind }) => (kind === "date" || kind === "empty") && nameWords(path).includes("futur"))?.path;
  const again = [...later, ...(future === undefined ? [] : [future])].map((field): Condition => ({ field, isFilled: true }));
  const noEnd = bench.dates(deadline)?.noEnd ?? [];
  const hasDeadline: Condition = { field: deadline, isFilled: true };
  const cases = [
    ...(again.length === 0
      ? []
      : [{ when: again.length === 1 && again[0] !== undefined ? again[0] : { any: again }, use: constant("recurring" as const) }]),
    {
      when: noEnd.length === 0 ? hasDeadline : { all: [hasDeadline, { not: { field: deadline, isOneOf: [...noEnd] } }] },
      use: constant("oneoff" as const),
    },
  ];
  return {
    field: "recurrence",
    rule: areCalls ? choose(cases) : choose(cases, constant("ongoing" as const)),
    certainty: 0.7,
    evidence: [evidence("usual", { field: "recurrence" })],
    from: [...deadlines, ...(future === undefined ? [] : [future])],
    examples: [],
    alternatives: [],
  };
}
