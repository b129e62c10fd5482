/** How much an issue weighs: an `error` rejects the record, a `warning` leaves a field empty or wants a look, `info` is said once. */
export type Severity = "error" | "warning" | "info";

/** The stage that met the issue. */
export type Stage = "fetch" | "decode" | "map" | "validate" | "plan";

/**
 * Every issue there is: code, usual severity. The sentences are in `texts/`; parameters are named there.
 * The list is closed: a stage that meets something new adds a code here and a sentence in `texts/en.ts`.
 */
const issueCodes = {
  /** The record cannot be decoded: a malformed JSON item, a row with too many cells. The record is rejected. */
  "broken-record": "error",
  /** A row has filled cells beyond the last column. The record is rejected. */
  "too-many-cells": "error",
  /** A row has fewer cells than the header. It is read, what is missing is empty. */
  "too-few-cells": "warning",
  /** The header row stands again in the middle of the feed; it is left out. */
  "repeated-header": "info",
  /** Two columns have the same title; the second is read under `title (2)`. */
  "duplicate-column": "warning",
  /** A column has no title but has values; it is read under `column N`. */
  "unnamed-column": "info",
  /** Bytes that are not text in the feed's encoding; they are read as U+FFFD or as windows-1252. */
  "wrong-encoding": "warning",
  /** A spreadsheet cell holds an error (#REF!, #N/A…); it is read as empty. */
  "cell-error": "warning",
  /** The number of records that the feed announces is not the number received. */
  "announced-total-differs": "warning",
  /** The portal on which the feed is found gives another licence than the connector. Feed level. */
  "licence-differs": "warning",

  /** No identifier: the record cannot be kept. */
  "missing-external-id": "error",
  /** No title: the record cannot be kept. */
  "missing-name": "error",
  /** The title has more than 255 characters: the record is rejected. */
  "name-too-long": "error",
  /** The title has 181 to 255 characters: kept, but it cannot be published. */
  "name-too-long-to-publish": "warning",
  /** An identifier of more than 255 characters is none. */
  "external-id-too-long": "error",
  /** The identifier was already read in this feed; the first record wins. */
  "duplicate-id": "error",

  /** The text has more characters than the field holds; the field stays empty, nothing is cut. */
  "text-too-long": "warning",
  /** A value of another kind than the rule reads (an object where a text is expected). */
  "unexpected-value": "warning",
  /** A field that should always be filled is empty. */
  "expected-filled": "warning",
  /** No declared format reads this date. */
  "unreadable-date": "warning",
  /** The date does not exist (31 February). */
  "impossible-date": "warning",
  /** A text stands where a date is expected ("toute l'année"). */
  "text-for-date": "info",
  /** Blanks inside a time stamp were removed. */
  "blank-in-date": "info",
  /** The deadline is before the opening date. */
  "deadline-before-start": "warning",
  /** The link cannot be read; the field stays empty. */
  "unreadable-url": "warning",
  /** Blanks around `://` were removed from a link. */
  "blank-in-url": "info",
  /** The link had no scheme; https:// was put in front. */
  "url-without-scheme": "info",
  /** The amount cannot be read ("150 00 €"). */
  "unreadable-amount": "warning",
  /** The amount is in another currency than the euro. */
  "foreign-currency": "warning",
  /** The rate cannot be read. */
  "unreadable-rate": "warning",
  /** A rate outside 0–100 %. */
  "rate-out-of-range": "warning",
  /** The lower rate is above the upper one. */
  "rate-bounds-inverted": "warning",
  /** Neither a yes nor a no. */
  "unreadable-yes-no": "warning",
  /** A term that no term file and no label of ours knows. */
  "unmapped-term": "warning",
  /** A territory that we do not know. */
  "unknown-perimeter": "warning",
  /** An old commune code; its successor was taken. */
  "old-commune-code": "info",
  /** Markup that is not on the allow-list and may be dangerous (script, event handler, javascript: link) was taken out. */
  "unsafe-markup": "warning",
  /** JSON inside a cell that cannot be read. */
  "unreadable-json": "warning",
  /** An anchor (heading) between which a section is cut was not found. */
  "section-not-found": "info",
  /** A field named by the connector was in no record of the feed. Feed level. */
  "field-never-seen": "info",
  /** The aid is no business of our audiences, by the connector's rule, which is the value. It is kept, not reviewed. */
  "out-of-scope": "info",
  /** The computed rule threw on this record. */
  "computed-failed": "warning",
} as const satisfies Record<string, Severity>;

/** Code of an issue. */
export type IssueCode = keyof typeof issueCodes;

/** Parameters of the sentence. */
export type IssueParams = Readonly<Record<string, string | number>>;

/** Something about one record, or (without locator) about the whole feed. */
export interface Issue {
  readonly stage: Stage;
  readonly code: IssueCode;
  readonly severity: Severity;
  /** Where a person finds it (`row 14`, `sheet Aides, row 9`, `/flux/aide[3]`, `page 2, item 17`); null: the whole feed. */
  readonly locator: string | null;
  /** Field of the aid, or of the feed where no field of the aid is concerned; null: the whole record. */
  readonly field: string | null;
  /** The value as received, as text, at most 200 characters. */
  readonly value: string | null;
  readonly params: IssueParams;
}

/** Longest value kept in an issue, in characters. */
const longestValue = 200;

/** Makes an issue with the severity of its code; the value is shown as text and shortened for display. */
export function issue(
  stage: Stage,
  code: IssueCode,
  at: { locator?: string | null; field?: string | null; value?: unknown; params?: IssueParams; severity?: Severity } = {},
): Issue {
  return {
    stage,
    code,
    severity: at.severity ?? issueCodes[code],
    locator: at.locator ?? null,
    field: at.field ?? null,
    value: shownValue(at.value),
    params: at.params ?? {},
  };
}

function shownValue(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= longestValue) return text;
  return `${Array.from(text.slice(0, longestValue * 2))
    .slice(0, longestValue)
    .join("")}…`;
}
