/** Kinds of things that a record contains and its aid may lack, the most useful first. */
export const lossKinds = ["link", "document", "image", "mail", "phone", "date", "word"] as const;
export type LossKind = (typeof lossKinds)[number];

/** The things of one kind in one field of a record. */
export interface FieldLoss {
  /** Path of the field, such as `objectifs[].liens[].lien`. */
  readonly path: string;
  readonly kind: LossKind;
  /** Number of distinct things in the field. */
  readonly found: number;
  /** The things that are nowhere in the aid and that no issue of the record reports. */
  readonly lost: readonly string[];
}

/** A field of the feed that loses things of one kind. */
export interface LossGroup {
  readonly path: string;
  readonly kind: LossKind;
  readonly found: number;
  readonly lost: number;
  /** Number of records that lose something here. */
  readonly records: number;
  /** The first examples, in feed order. */
  readonly examples: readonly { readonly locator: string; readonly value: string }[];
}

/** What the aids of a run lack of their records. */
export interface Losses {
  /** Number of compared records. A run compares changed records only, and a sample of them if there are many. */
  readonly measured: number;
  readonly totals: Readonly<Partial<Record<LossKind, { readonly found: number; readonly lost: number }>>>;
  /** The fields with the greatest losses, the most useful kinds first. */
  readonly groups: readonly LossGroup[];
}
