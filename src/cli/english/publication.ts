import type { LeftOutReason } from "../../model/aid/left-out-reason.ts";
import type { PublicationWarning } from "../../model/aid/publication-warnings.ts";
import type { StandingDecision } from "../../model/plan/standing-decision.ts";

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

const leftOutSentences: Record<LeftOutReason, string> = {
  licence: "their publisher's licence does not allow open data",
  "perimeter-without-insee-code": "a territory without an INSEE code that the schema can hold",
  "separator-in-program": "the name of a programme contains |",
  "impossible-date": "a date that is not in the calendar",
  "missing-description": "no description",
  "description-too-long": "a description of more than 5,000 characters",
  "missing-eligibility": "no eligibility",
  "missing-type": "no type of aid",
  "missing-organisation": "neither an instructor nor a financer",
  "unreadable-url": "a link that is no address",
  "missing-audience": "no audience that the schema has a word for",
  "missing-perimeter": "no territory",
  "missing-source-updated-date": "no date of the publisher's last change",
  "duplicate-id": "another aid of the file has the same identifier",
  "invalid-value": "a value that the schema refuses",
};

/** Explains why aids are left out of an export. */
export function leftOutMessage(reason: LeftOutReason): string {
  return leftOutSentences[reason];
}
