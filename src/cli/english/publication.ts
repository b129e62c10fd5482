import type { LeftOutReason } from "../../model/aid/left-out-reason.ts";
import type { ReasonToRead } from "../../model/aid/publication-warnings.ts";
import type { ReuseBasisName, ReuseExclusion } from "../../model/aid/reuse-basis.ts";
import type { StandingDecision } from "../../model/plan/standing-decision.ts";

/** Legal bases for the command line. */
export const basisInWords: Readonly<Record<ReuseBasisName, string>> = {
  licence: "open licence of the records",
  crpa: "public information of an administration (CRPA L321-1)",
  "ec-reuse": "documents of the European Commission (2011/833/EU)",
  agreement: "agreement of the publisher",
  unknown: "unknown",
};

/** Questions about exclusions. "no" allows the reuse. */
export const exclusionQuestions: Readonly<Record<ReuseExclusion, string>> = {
  "third-party-rights": "do others have rights on the texts (CRPA L321-2)?",
  "competitive-service": "is it a database of an industrial or commercial service open to competition (CRPA L321-3)?",
  "personal-data": "does the published part of the records contain personal data (CRPA L322-2)?",
  "private-publisher": "is the publisher private, or does it gather the aids of others?",
  "no-reuse-by-others": "does the agreement cover our site only, and not reuse by others?",
};

/** Why a person should look at an aid before it is published. */
export const warningMessages: Readonly<Record<ReasonToRead, string>> = {
  "deadline-past": "its deadline is past",
  "no-searchable-territory": "no search by place finds its territory",
  "unconfirmed-suggestion": "nobody has confirmed a date, amount, rate or condition that we filled in",
  "record-issue": "a part of its record could not be read",
  "proposal-waits": "a change of the publisher waits for a curator",
  "sources-contradict": "its sources contradict each other",
  "date-unstated": "the publisher does not say until when it is open",
  "foreign-text": "it is not in French",
  "needs-answer": "a value that publication needs is an answer of ours",
};

/** Says what a standing decision does in every run. */
export function decisionMessage({ kind, field, value, condition }: StandingDecision): string {
  if (kind === "publish") return `publishes ${value === "publishable" ? "publishable" : "fully described"} aids that have no warning`;
  if (kind === "ask") return `publishes no aid without ${field}`;
  return `fills a missing ${field} with ${value === null ? "nothing" : JSON.stringify(value)}${condition === null ? "" : ` where ${JSON.stringify(condition)}`}`;
}

/** Why aids are left out of an export. */
export const leftOutMessages: Record<LeftOutReason, string> = {
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
