import { join } from "../../kit/expressions/expression.ts";
import { date } from "../../kit/rules/date.ts";
import type { Bench } from "./bench.ts";
import type { OwnField } from "./known-names.ts";
import { nameScore } from "./match-name.ts";
import type { FieldProposal } from "./proposal.ts";

const leastName = 0.85;

/**
 * Extends a date with numbered fields (`ouverture-1`, `ouverture-2`) to the latest of them. Returns the same proposal if there is only one
 * field.
 */
export function withNumbered(proposal: FieldProposal, bench: Bench): FieldProposal {
  const { field, from } = proposal;
  const [first] = from;
  if (first === undefined || proposal.rule.kind !== "date") return proposal;
  const numbered = bench.survey.fields
    .filter(({ path, kind }) => isNumbered(path, field) && (kind === "date" || kind === "empty"))
    .map(({ path }) => path);
  if (numbered.length < 2 || !numbered.includes(first)) return proposal;
  const written = bench.dates(...numbered);
  if (written === null) return proposal;
  return { ...proposal, rule: date(join(numbered, " "), [...written.formats], { pick: "latest" }), from: numbered };
}

function isNumbered(path: string, field: OwnField): boolean {
  return /\d/.test(path) && nameScore(path, field) >= leastName;
}
