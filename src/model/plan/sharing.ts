import type { AidField } from "../aid/aid.ts";
import type { FieldPolicy } from "../aid/field-policy.ts";

/** What other connectors must know of a connector's definition. The catalogue stores it, because a run loads only its own connector. */
export interface Sharing {
  /** Certain pairs are linked without a person, if both connectors allow it. */
  readonly link: boolean;
  /** Publishers describe their own aids better than aggregators do. */
  readonly isAggregator: boolean;
  /** Connector -> fields in which this connector's values replace those of the other one. */
  readonly rules: Readonly<Record<string, readonly AidField[] | "all">>;
  readonly policy: Readonly<Partial<Record<AidField, FieldPolicy>>>;
}

/** Sharing of a connector that has declared nothing. */
export const noSharing: Sharing = { link: false, isAggregator: false, rules: {}, policy: {} };

/** A value of a further source that replaces the value of the aid's own source. `from`: the aid that was merged into this one. */
export interface BorrowedValue {
  readonly value: unknown;
  readonly from: string;
}

/** A field in which two sources of an aid contradict each other. `isSwapped`: see `Contradiction`. */
export interface SourceContradiction {
  readonly field: AidField;
  readonly one: { readonly connector: string; readonly value: unknown };
  readonly other: { readonly connector: string; readonly value: unknown };
  readonly isSwapped: boolean;
}
