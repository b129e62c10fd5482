import type { Edit, Memo, PerField, StoredAid } from "../plan/plan.ts";
import { type AidContent, type AidField, isEmptyValue } from "./aid.ts";
import { criticalFields, type DescriptionLevel } from "./field-table.ts";
import { isOpeningStated, type StatedAid } from "./open-until.ts";
import { publicationFields } from "./publishable.ts";
import { isUnconfirmed } from "./suggested-edit.ts";

/**
 * Why a person should look at an aid before it is published, although nothing prevents it:
 * - `deadline-past`: its last day to apply is past;
 * - `no-searchable-territory`: its territory is only a free text, so no search by place finds it;
 * - `unconfirmed-suggestion`: nobody has confirmed a date, amount, rate or condition that we filled in;
 * - `record-issue`: a part of its record could not be read;
 * - `proposal-waits`: a change of the publisher waits for a curator;
 * - `sources-contradict`: its sources contradict each other.
 */
const publicationWarnings = [
  "deadline-past",
  "no-searchable-territory",
  "unconfirmed-suggestion",
  "record-issue",
  "proposal-waits",
  "sources-contradict",
] as const;

export type PublicationWarning = (typeof publicationWarnings)[number];

/** Why a run leaves an aid to a person. */
export type ReasonToRead = PublicationWarning | "date-unstated" | "foreign-text" | "needs-answer";

/** An aid as it will be shown, as far as warnings need it. */
export interface WarnedAid {
  readonly content: AidContent;
  readonly edits: PerField<Edit>;
  readonly proposals: StoredAid["proposals"];
  readonly contradictions?: StoredAid["contradictions"];
  readonly memo: Pick<Memo, "issues">;
}

/** Returns the warnings about an aid. `today`: `YYYY-MM-DD` in Paris. */
export function warningsOf(aid: WarnedAid, today: string): PublicationWarning[] {
  const { content, edits, proposals, contradictions = [], memo } = aid;
  const { submissionDeadline: deadline } = content;
  const isGuessed = (field: string) => criticalFields.has(field as AidField) && isUnconfirmed(edits[field as AidField]?.suggestion);
  // An issue about a field that a person has filled or corrected since is settled.
  const isOpen = ({ severity, field }: Memo["issues"][number]) =>
    severity === "warning" && !(field !== null && field in edits && !isEmptyValue(content[field as AidField]));
  const found: Readonly<Record<PublicationWarning, boolean>> = {
    "deadline-past": deadline !== null && deadline < today,
    "no-searchable-territory": content.perimeters.length === 0,
    "unconfirmed-suggestion": Object.keys(edits).some(isGuessed),
    "record-issue": memo.issues.some(isOpen),
    "proposal-waits": Object.keys(proposals).length > 0,
    "sources-contradict": contradictions.length > 0,
  };
  return publicationWarnings.filter((code) => found[code]);
}

/**
 * Returns why a person must read an aid that lacks nothing for a level before it is published: its warnings, and below the full
 * description also an unstated date, a foreign text, and an answer of ours in a field that publication needs.
 */
export function reasonsToRead(aid: WarnedAid & StatedAid, level: DescriptionLevel, today: string): ReasonToRead[] {
  const warnings = warningsOf(aid, today);
  if (level === "fullyDescribed") return warnings;
  const { content, edits } = aid;
  return [
    ...(isOpeningStated(content, aid) ? [] : (["date-unstated"] as const)),
    ...((content.language ?? "fr") === "fr" ? [] : (["foreign-text"] as const)),
    ...(publicationFields.some((field) => isUnconfirmed(edits[field]?.suggestion)) ? (["needs-answer"] as const) : []),
    ...warnings,
  ];
}
