/** What the values of a field are, for the most part. */
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

/** What there is to know of one field of a feed. Plain data: it is also what a person is shown. */
export interface FieldProfile {
  /** As a rule writes it. */
  readonly path: string;
  /** Records in which it says something, and their share of all. */
  readonly filled: number;
  readonly fill: number;
  /** It is a list in some record. */
  readonly isList: boolean;
  readonly kind: ValueKind;
  /** Texts that differ (folded), of the members where it is a list. */
  readonly distinct: number;
  /** No two records say the same. */
  readonly isUnique: boolean;
  /** Characters of a text. */
  readonly medianLength: number;
  readonly longest: number;
  /** What parts the members of a list that is written in one text. */
  readonly separator: string | null;
  /** Formats that read its values as dates, and the share that they read; none where they are no dates. */
  readonly dateFormats: readonly string[];
  readonly datesRead: number;
  /** Some values that differ, shortened. */
  readonly examples: readonly string[];
}
