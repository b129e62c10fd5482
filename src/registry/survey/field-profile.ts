/** What most values of a field are. */
export type ValueKind =
  | "empty"
  | "yes-no"
  | "number"
  | "date"
  | "link"
  | "email"
  | "phone"
  | "json"
  | "html"
  | "markdown"
  | "lines"
  | "text"
  | "line";

/** Profile of one field of a feed. Plain data, also shown to people. */
export interface FieldProfile {
  /** Path as in a rule. */
  readonly path: string;
  /** Number and share of records where it is filled. */
  readonly filled: number;
  readonly fill: number;
  /** It is a list in some record. */
  readonly isList: boolean;
  readonly kind: ValueKind;
  /** Number of distinct texts (folded), of list members if it is a list. */
  readonly distinct: number;
  /** No two records share a value. */
  readonly isUnique: boolean;
  /** Length of a text in characters. */
  readonly medianLength: number;
  readonly longest: number;
  /** Separator of list members in one text. */
  readonly separator: string | null;
  /** Date formats that match, and the share of values that they match; empty if there are no dates. */
  readonly dateFormats: readonly string[];
  readonly datesRead: number;
  /** Some distinct values, shortened. */
  readonly examples: readonly string[];
}
