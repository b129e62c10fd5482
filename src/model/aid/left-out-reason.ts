/** Why an aid is not in the open data: the first reason in this order. */
export type LeftOutReason =
  /** The licence does not allow open data: an agreement, or unknown. */
  | "licence"
  /** A territory, or an excluded one, has no INSEE code or a letter in it. */
  | "perimeter-without-insee-code"
  /** A programme's name contains `|`, the separator of programmes. */
  | "separator-in-program"
  /** A date that does not exist. */
  | "impossible-date"
  | "missing-description"
  /** More than 5,000 characters as Markdown. */
  | "description-too-long"
  | "missing-eligibility"
  | "missing-type"
  /** Neither instructor nor financer. */
  | "missing-organisation"
  /** The link is not a URI. */
  | "unreadable-url"
  /** No audience, or only researchers, which the schema lacks. */
  | "missing-audience"
  | "missing-perimeter"
  | "missing-source-updated-date"
  /** Another aid in the file has the same identifier: it came through two feeds. */
  | "duplicate-id"
  /** Any other constraint of the schema. */
  | "invalid-value";
