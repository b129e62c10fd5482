import type { LetterCode } from "./letter.ts";

/** Chapters of a letter, the most harmful anomalies first. */
export const faultKinds = ["lost", "identifiers", "reported", "dates", "links", "amounts", "territories", "empty", "texts"] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Chapter of each anomaly. `question`: the cause may be on our side (our limits, our mapping). Null: the cause is on our side only, so the letter leaves it out. */
const kinds: Readonly<Record<LetterCode, FaultKind | "question" | null>> = {
  "broken-record": "lost",
  "too-many-cells": "lost",
  "missing-name": "lost",
  "name-too-long": "lost",
  "page-failed": "lost",
  "page-gone": "lost",
  "missing-external-id": "identifiers",
  "external-id-too-long": "identifiers",
  "duplicate-id": "identifiers",
  "exact-copy": "identifiers",
  "reported-error": "reported",
  "impossible-date": "dates",
  "unreadable-date": "dates",
  "deadline-before-start": "dates",
  "text-for-date": "dates",
  "blank-in-date": "dates",
  "unlikely-date": "dates",
  "permanent-call": "dates",
  "says-closed": "dates",
  "dead-link": "links",
  "unreadable-url": "links",
  "blank-in-url": "links",
  "url-without-scheme": "links",
  "misspelt-scheme": "links",
  "placeholder-link": "links",
  "unreadable-amount": "amounts",
  "foreign-currency": "amounts",
  "unreadable-rate": "amounts",
  "rate-out-of-range": "amounts",
  "rate-bounds-inverted": "amounts",
  "amount-without-unit": "amounts",
  "rate-above-100": "amounts",
  "unknown-perimeter": "territories",
  "outside-territory": "territories",
  "without-territory": "territories",
  "old-commune-code": "territories",
  "expected-filled": "empty",
  "test-record": "texts",
  "filler-text": "texts",
  "cut-text": "texts",
  "too-few-cells": "texts",
  "repeated-header": "texts",
  "total-row": null,
  "banner-row": null,
  "hidden-cells": null,
  "colours-ignored": null,
  "blank-below-merges": null,
  "duplicate-column": "texts",
  "unnamed-column": "texts",
  "wrong-encoding": "texts",
  "encoded-twice": "texts",
  "characters-broken": "texts",
  "link-formula": "texts",
  "html-in-text": "texts",
  "cell-error": "texts",
  "unsafe-markup": "texts",
  "unreadable-json": "texts",
  "unreadable-yes-no": "texts",
  "unmapped-term": "question",
  "announced-total-differs": "question",
  "field-never-seen": "question",
  "licence-differs": "question",
  "reading-changed": "question",
  "name-too-long-to-publish": "question",
  "text-too-long": "question",
  "unexpected-value": "question",
  "page-waiting": null,
  "page-stale": null,
  "page-unlike": "question",
  "computed-failed": null,
  "out-of-scope": null,
  "section-not-found": null,
};

/** Returns the chapter of an anomaly, `question`, or null: see `kinds`. */
export function faultKindOf(code: LetterCode): FaultKind | "question" | null {
  return kinds[code];
}

/** Returns the sort order of an anomaly: by chapter, questions last. */
export function faultRank(code: LetterCode): number {
  const kind = kinds[code];
  return kind === null || kind === "question" ? faultKinds.length : faultKinds.indexOf(kind);
}
