import type { PublicationWarning } from "../model/aid/publication-warnings.ts";
import type { StandingDecision } from "../model/plan/standing-decision.ts";

const warnings: Readonly<Record<PublicationWarning, string>> = {
  "deadline-past": "its deadline is past",
  "no-searchable-territory": "no search by place finds its territory",
  "unconfirmed-suggestion": "nobody has confirmed a date, amount, rate or condition that we filled in",
  "record-issue": "a part of its record could not be read",
  "proposal-waits": "a change of the publisher waits for a curator",
  "sources-contradict": "its sources contradict each other",
};

/** Returns why a person should look at an aid before it is published. */
export function warningMessage(warning: PublicationWarning): string {
  return warnings[warning];
}

/** Says what a standing decision does in every run. */
export function decisionMessage({ kind, field, rule, value }: StandingDecision): string {
  if (kind === "publish") return "publishes aids that lack nothing and have no warning";
  const from = value === null ? `its sure suggestion${rule === null ? "" : ` of the rule ${rule}`}` : JSON.stringify(value);
  return `fills an empty ${field} with ${from}`;
}
