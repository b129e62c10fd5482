/** Code of a reason for or against a proposal. Its sentences are in `src/english` and `src/french`. */
export type EvidenceCode =
  // about the field
  | "name-known"
  | "name-only"
  | "no-known-name"
  | "values-fit"
  | "terms-known"
  | "given"
  | "usual"
  | "also-elsewhere"
  | "platform"
  | "several-fields"
  // about its format
  | "html"
  | "markdown"
  | "line-breaks"
  | "separated"
  | "json-in-cell"
  | "roles"
  | "day-first"
  | "month-first"
  | "day-or-month"
  | "both-orders"
  | "several-formats"
  | "midnight-in-utc"
  | "zone-not-meant"
  | "no-end"
  | "not-all-read"
  // about identifiers
  | "unique"
  | "shared"
  | "sometimes-empty"
  | "row-number"
  | "made-by-machine"
  | "holds-path"
  | "is-link"
  | "is-title"
  | "is-date"
  | "is-text"
  | "given-anew"
  | "stable"
  | "changed"
  | "few-records"
  // about the whole feed
  | "only-first-records"
  | "records-broken"
  | "cut-short"
  | "announced-differs"
  | "header-row"
  | "header-rows"
  | "hints-below"
  | "totals-left-out"
  | "banners-left-out"
  | "banner-field"
  | "filled-down"
  | "hidden-cells"
  | "colours-ignored"
  | "sheets-joined"
  | "other-lists"
  | "other-sheets"
  | "not-for-publication"
  | "drafts"
  | "placeholder"
  | "unreachable-key"
  | "older-unread"
  // about the contents of the file
  | "schema"
  | "names-recipients"
  | "registered-recipients"
  | "amounts-granted"
  | "days-of-decision"
  | "year-of-each"
  | "projects-named"
  | "organisations-as-titles"
  | "addresses"
  | "codes-with-labels"
  | "mostly-numbers"
  | "aids-for-whom"
  | "kinds-of-aid"
  | "deadlines"
  | "conditions-written"
  | "described"
  | "page-of-each"
  | "titles-of-aids"
  | "titles-of-calls"
  | "calls-named"
  | "nothing-typical";

/** A reason for or against a proposal, or a remark about the feed. */
export interface Evidence {
  readonly code: EvidenceCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Returns evidence. `evidence("unique", { count: 12 })`. */
export function evidence(code: EvidenceCode, params: Evidence["params"] = {}): Evidence {
  return { code, params };
}
