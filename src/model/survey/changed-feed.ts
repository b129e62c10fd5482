import type { Values } from "../run/decoded-record.ts";
import type { OwnField } from "./own-field.ts";

/** Two feeds of a connector, of which the newer lacks fields that the connector reads. */
export interface ChangedFeed {
  /** The missing fields, with the aid fields that they filled. */
  readonly gone: readonly { readonly path: string; readonly fields: readonly OwnField[] }[];
  /** Fields that no rule reads and that the connector does not ignore. */
  readonly added: readonly string[];
  /** Records of the earlier feed. Empty if no feed is stored. */
  readonly before: readonly Values[];
  readonly now: readonly Values[];
  /** Returns the identifier of a record, or null if the rule of the identifier no longer works. */
  identify(record: Values): string | null;
}
