import type { LetterCode } from "./letter.ts";

/** Chapters of a letter, most harmful first. */
export const faultKinds = ["lost", "identifiers", "dates", "links", "amounts", "territories", "empty", "texts"] as const;

/** What an anomaly is about. */
export type FaultKind = (typeof faultKinds)[number];

/**
 * Where a letter says what: in a chapter; as a question where it may be our doing (our limits, our mapping) as well as theirs; or not at all, where it is
 * ours alone (null).
 */
const kinds: Readonly<Record<LetterCode, FaultKind | "question" | null>> = {
  "broken-record": "lost",
  "too-many-cells": "lost",
  "missing-name": "lost",
  "name-too-long": "lost",
  "missing-external-id": "identifiers",
  "external-id-too-long": "identifiers",
  "duplicate-id": "identifiers",
  "impossible-date": "dates",
  "unreadable-date": "dates",
  "deadline-before-start": "dates",
  "text-for-date": "dates",
  "blank-in-date": "dates",
  "dead-link": "links",
  "unreadable-url": "links",
  "blank-in-url": "links",
  "url-without-scheme": "links",
  "unreadable-amount": "amounts",
  "foreign-currency": "amounts",
  "unreadable-rate": "amounts",
  "rate-out-of-range": "amounts",
  "rate-bounds-inverted": "amounts",
  "unknown-perimeter": "territories",
  "old-commune-code": "territories",
  "expected-filled": "empty",
  "too-few-cells": "texts",
  "repeated-header": "texts",
  "duplicate-column": "texts",
  "unnamed-column": "texts",
  "wrong-encoding": "texts",
  "cell-error": "texts",
  "unsafe-markup": "texts",
  "unreadable-json": "texts",
  "unreadable-yes-no": "texts",
  "unmapped-term": "question",
  "announced-total-differs": "question",
  "field-never-seen": "question",
  "licence-differs": "question",
  "name-too-long-to-publish": "question",
  "text-too-long": "question",
  "unexpected-value": "question",
  "computed-failed": null,
  "out-of-scope": null,
  "section-not-found": null,
};

/** The chapter of an anomaly, `question`, or null: see `kinds`. */
export function faultKindOf(code: LetterCode): FaultKind | "question" | null {
  return kinds[code];
}

/** Sorts what is to be mended: by chapter, questions last. */
export function faultRank(code: LetterCode): number {
  const kind = kinds[code];
  return kind === null || kind === "question" ? faultKinds.length : faultKinds.indexOf(kind);
}
