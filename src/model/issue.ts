/** Severity of an issue. An `error` rejects the record, a `warning` empties a field or should be checked, and `info` is only reported. */
export type Severity = "error" | "warning" | "info";

export type Stage = "fetch" | "decode" | "map" | "validate" | "plan";

/** Every issue code with its default severity. A new code also needs a sentence in `src/french` and `src/cli/english`. */
const issueCodes = {
  /** The record cannot be decoded: a malformed JSON item, a row with too many cells. The record is rejected. */
  "broken-record": "error",
  /** A row has filled cells beyond the last column. The record is rejected. */
  "too-many-cells": "error",
  /** A row has fewer cells than the header. Missing cells are empty. */
  "too-few-cells": "warning",
  /** The header row occurs again in the middle of the feed; it is skipped. */
  "repeated-header": "info",
  /** A row with a sum, such as "Total général"; it is left out. */
  "total-row": "info",
  /** A row with text in a single cell, such as a heading between groups or a note below the table; it is left out. */
  "banner-row": "info",
  /** A sheet has hidden rows or columns; they are read like the others. About the whole feed. */
  "hidden-cells": "info",
  /** The cells of a column have several colours, which may mean something; colours are not read. About the whole feed. */
  "colours-ignored": "info",
  /** A column has merged cells, which are repeated, and blank cells, which are not. About the whole feed. */
  "blank-below-merges": "info",
  /** Two columns have the same title; the second is read under `title (2)`. */
  "duplicate-column": "warning",
  /** A column has no title but has values; it is read under `column N`. */
  "unnamed-column": "info",
  /** Some bytes are invalid in the feed's encoding. They are read as U+FFFD or as windows-1252. */
  "wrong-encoding": "warning",
  /** Texts of the record were encoded in UTF-8 twice or more ("Ã©" for "é"); they were decoded. */
  "encoded-twice": "info",
  /** Characters of the record are lost (U+FFFD) or illegible ("Ã" alone), and cannot be repaired. */
  "characters-broken": "warning",
  /** A link is a spreadsheet formula without a result; its label and its address were read. */
  "link-formula": "info",
  /** The declared delimiter or record path fits no longer, but another one certainly does; the feed was read with it. About the whole feed. */
  "reading-changed": "warning",
  /** A spreadsheet cell contains an error (#REF!, #N/A…); read as empty. */
  "cell-error": "warning",
  /** The feed announces another number of records than it contains. */
  "announced-total-differs": "warning",
  /** The portal names another licence than the connector. About the whole feed. */
  "licence-differs": "warning",
  /** The page of the record was not requested yet, because a large site is read over several nights. The record is rejected. */
  "page-waiting": "error",
  /** The page of the record cannot be requested: server error, refusal, robots.txt, another site. The record is rejected. */
  "page-failed": "error",
  /** The page of the record is not the expected one: sign-in, consent, another structure… The record is rejected. */
  "page-unlike": "error",
  /** The page of the record cannot be requested tonight. An older copy was read. */
  "page-stale": "warning",
  /** The page of the record no longer exists (404, 410, or a page that says so). The record is left out. */
  "page-gone": "warning",

  /** No identifier: the record is rejected. */
  "missing-external-id": "error",
  /** No title: the record is rejected. */
  "missing-name": "error",
  /** The title has more than 255 characters: the record is rejected. */
  "name-too-long": "error",
  /** The title has 181 to 255 characters: stored, but not publishable. */
  "name-too-long-to-publish": "warning",
  /** The identifier has more than 255 characters. The record is rejected. */
  "external-id-too-long": "error",
  /** The identifier occurred before in this feed. The record is rejected, and the first one is used. */
  "duplicate-id": "error",
  /** The record equals an earlier one of this feed. It is skipped. */
  "exact-copy": "info",

  /** The text is too long for the field, which stays empty. Nothing is truncated. */
  "text-too-long": "warning",
  /** A plain text contains HTML, which was cleaned as such. */
  "html-in-text": "info",
  /** The value has another type than the rule reads (an object instead of a text). */
  "unexpected-value": "warning",
  /** A field that should always be filled is empty. */
  "expected-filled": "warning",
  /** No declared format matches this date. */
  "unreadable-date": "warning",
  /** The date does not exist (31 February). */
  "impossible-date": "warning",
  /** The field contains a text instead of a date ("toute l'année"). */
  "text-for-date": "info",
  /** Blanks inside a time stamp were removed. */
  "blank-in-date": "info",
  /** The deadline is before the opening date. */
  "deadline-before-start": "warning",
  /** The link cannot be read; the field stays empty. */
  "unreadable-url": "warning",
  /** Blanks around `://` were removed from a link. */
  "blank-in-url": "info",
  /** The link had no scheme; `https://` was added. */
  "url-without-scheme": "info",
  /** The scheme of a link was misspelt, such as "htpp://"; it was corrected. */
  "misspelt-scheme": "info",
  /** The amount cannot be read ("150 00 €"). */
  "unreadable-amount": "warning",
  /** The amount is in another currency than the euro. */
  "foreign-currency": "warning",
  /** The rate cannot be read. */
  "unreadable-rate": "warning",
  /** The rate is outside 0–100 %. */
  "rate-out-of-range": "warning",
  /** The lower rate is above the upper one. */
  "rate-bounds-inverted": "warning",
  /** A date in a year that is far past or decades away. The date is kept. */
  "unlikely-date": "warning",
  /** A call for projects is said to be permanent, and has no deadline. */
  "permanent-call": "warning",
  /** A text says that the aid is closed, suspended or out of money, but its dates do not. */
  "says-closed": "warning",
  /** A text contains an amount of the aid without its unit. */
  "amount-without-unit": "warning",
  /** A text contains a rate of the aid above 100 %. */
  "rate-above-100": "warning",
  /** A title or text that somebody wrote to test, or that must not be published. */
  "test-record": "warning",
  /** A text contains the pseudo-Latin that fills layouts. */
  "filler-text": "warning",
  /** A text ends in mid-sentence. */
  "cut-text": "warning",
  /** A link leads to a test server or a placeholder. */
  "placeholder-link": "warning",
  /** The aid applies only outside the publisher's territory. */
  "outside-territory": "warning",
  /** A closed aid has no territory. */
  "without-territory": "warning",
  /** The value means neither yes nor no. */
  "unreadable-yes-no": "warning",
  /** The term is in no term file and equals none of our labels. */
  "unmapped-term": "warning",
  /** The territory is unknown. */
  "unknown-perimeter": "warning",
  /** The code is that of a former commune or EPCI. The current territory is used. */
  "old-commune-code": "info",
  /** Dangerous markup outside the allow-list (script, event handler, javascript: link) was removed. */
  "unsafe-markup": "warning",
  /** A cell contains unreadable JSON. */
  "unreadable-json": "warning",
  /** The heading before or after a section was not found. */
  "section-not-found": "info",
  /** No record has a field that the connector names. About the whole feed. */
  "field-never-seen": "info",
  /** By a rule of the connector, the aid is not for our audiences. The value is the reason. The aid is stored, but not reviewed. */
  "out-of-scope": "info",
  /** The computed rule threw on this record. */
  "computed-failed": "warning",
} as const satisfies Record<string, Severity>;

export type IssueCode = keyof typeof issueCodes;

/** Parameters of an issue's sentence. */
export type IssueParams = Readonly<Record<string, string | number>>;

/** A problem with one record or with the whole feed. */
export interface Issue {
  readonly stage: Stage;
  readonly code: IssueCode;
  readonly severity: Severity;
  /** Place of the record (`row 14`, `sheet Aides, row 9`, `/flux/aide[3]`, `page 2, item 17`); null for the whole feed. */
  readonly locator: string | null;
  /** Field of the aid or, if it has none, of the feed; null for the whole record. */
  readonly field: string | null;
  /** The received value as text, at most 200 characters. */
  readonly value: string | null;
  readonly params: IssueParams;
}

/** Maximum length of a value in an issue, characters. */
const maxValueLength = 200;

/** Returns an issue with the severity of its code. The value is converted to text and shortened. */
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
  if (text.length <= maxValueLength) return text;
  return `${Array.from(text.slice(0, maxValueLength * 2))
    .slice(0, maxValueLength)
    .join("")}…`;
}
