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

/** Form of a single value, recognised without the name of its field. A value may have several forms. */
export type ValueShape =
  | "siren"
  | "siret"
  | "uuid"
  | "machine-code"
  | "short-code"
  | "file-path"
  | "site-path"
  | "share-link"
  | "file-link"
  | "link"
  | "email"
  | "phone"
  | "number"
  | "year"
  | "amount"
  | "percentage"
  | "range"
  | "coordinates"
  | "postal-code"
  | "person"
  | "company"
  | "sentence"
  | "word";

/** Share of values, 0 to 1, that have each form. Forms without a value are missing. */
export type ShapeShares = Readonly<Partial<Record<ValueShape, number>>>;

export interface FieldProfile {
  /** Path, as rules write it. */
  readonly path: string;
  /** Number of records in which the field is filled. `fill` is their share. */
  readonly filled: number;
  readonly fill: number;
  /** True if it is a list in at least one record. */
  readonly isList: boolean;
  readonly kind: ValueKind;
  /** Share of values by form: SIREN, amount, sentence. */
  readonly shapes: ShapeShares;
  /** Number of distinct texts, compared without case and accents. In lists, members are counted. */
  readonly distinct: number;
  /** True if no two records have the same value. */
  readonly isUnique: boolean;
  /** Lengths of texts in characters. */
  readonly medianLength: number;
  readonly longest: number;
  /** Separator of list members in one text, or null. */
  readonly separator: string | null;
  /** Date formats that match values. `datesRead` is the share of values that match. */
  readonly dateFormats: readonly string[];
  readonly datesRead: number;
  /** A few distinct values, shortened. */
  readonly examples: readonly string[];
}
