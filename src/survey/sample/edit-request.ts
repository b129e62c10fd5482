import type { Preview } from "../../ingest/preview-aids.ts";
import type { SentConnector } from "../../ingest/sent-connector.ts";
import type { AidContent, AidField } from "../../model/aid/aid.ts";
import type { SourceValue } from "../../model/aid/source-value.ts";
import type { Issue } from "../../model/issue.ts";
import type { Evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { DefinitionChange } from "../../registry/change-content.ts";
import type { FieldChoice } from "../propose/field-choice.ts";
import type { Reading } from "../survey.ts";
import type { SampleFile } from "./sample-request.ts";

/**
 * The source of a field.
 *
 * - `proposed`: the rule that the survey proposes.
 * - `default`: the present source, and the value of the aids for which it gives none.
 * - `named`: the terms that the title names; `value`: the terms of a title that names none, or "".
 *
 * `otherwise`: the value of the aids for which the chosen source gives none.
 */
export type EditChoice =
  | ((FieldChoice | { readonly way: "proposed" }) & { readonly otherwise?: string })
  | { readonly way: "default"; readonly value: string }
  | { readonly way: "named"; readonly value: string };

/** Choices that a person has not saved yet. */
export interface UnsavedChoices {
  readonly fields: Readonly<Partial<Record<OwnField, EditChoice>>>;
  /** Columns that are of no use. */
  readonly useless: readonly string[];
  /** Number of the reading in `EditedSample.readings`; null for that of the definition. */
  readonly reading: number | null;
}

/** A request to try choices on the first records of a file. Must be plain data, because it is sent to a thread. */
export interface EditRequest {
  readonly file: SampleFile;
  readonly connector: SentConnector;
  readonly choices: UnsavedChoices;
  /** Number of the record whose aid is shown, from 0. */
  readonly record: number;
}

/** One of our fields that reads a column. */
interface ReadBy {
  readonly field: OwnField;
  readonly others: readonly string[];
  /** An unsaved choice made it so. */
  readonly isUnsaved: boolean;
}

/** A proposed source of a field that is still empty. */
export interface ProposedField {
  readonly field: OwnField;
  /** Columns that it reads; none for a constant. */
  readonly from: readonly string[];
  readonly certainty: number;
  readonly evidence: readonly Evidence[];
  /** Its value in the first record that has one. */
  readonly example: unknown;
}

/** A column of the file. Its name is the path, as rules write it. */
export interface SheetColumn extends Pick<FieldProfile, "path" | "filled" | "examples"> {
  readonly readBy: readonly ReadBy[];
  /** The definition says that it is of no use. */
  readonly isUseless: boolean;
}

/** A record as a row of the table, with what becomes of it. */
export interface SheetRow {
  /** One text per column, shortened. */
  readonly cells: readonly string[];
  readonly outcome: "aid" | "skipped" | "rejected";
}

/** Number of aids of the sample: see `Preview`. */
type EditCounts = Pick<Preview, "received" | "skipped" | "rejected" | "valid" | "publishable" | "missing">;

/** A record, and its aid before and after the unsaved choices. */
export interface EditedRecord {
  readonly number: number;
  readonly before: AidContent | null;
  readonly after: AidContent | null;
  readonly missing: readonly AidField[];
  /** See `Memo.statesPermanence`. */
  readonly isPermanent: boolean;
  /** Why the record is left out, as `selectRecord` returns it; null if it is kept. */
  readonly skipped: string | null;
  /** Values of the record that could not be read as they are. Empty without an aid. */
  readonly issues: readonly Issue[];
  /** Why the record gives no aid. */
  readonly rejected: readonly Issue[];
}

/** The table of a file, and the result of the choices. */
export interface EditedSample {
  readonly columns: readonly SheetColumn[];
  /** Number of columns that are not in the table. */
  readonly columnsHidden: number;
  readonly rows: readonly SheetRow[];
  /** The file has more records than were read. */
  readonly isBeginning: boolean;
  /** Ways to read the file; the first is the current one. */
  readonly readings: readonly Reading[];
  readonly proposals: readonly ProposedField[];
  /** Fields that aids lack for publication and that can be the same for all of them. */
  readonly unsaid: readonly SourceValue[];
  /** Fields that the definition fills, with the columns that each reads. */
  readonly filled: readonly { readonly field: OwnField; readonly from: readonly string[] }[];
  /** The choices as a change of the definition, to save. */
  readonly change: DefinitionChange;
  /** Problems of the changed definition. With problems, `after` and `record.after` are those before the choices. */
  readonly problems: readonly { readonly key: string; readonly message: string }[];
  readonly before: EditCounts;
  readonly after: EditCounts;
  /** Values that could not be read, by kind and field, the most frequent first. Words without a term are left out: they have a page. */
  readonly unreadable: Preview["issues"];
  /** Null for an empty file. */
  readonly record: EditedRecord | null;
}
