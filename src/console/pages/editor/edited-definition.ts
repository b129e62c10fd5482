import type { Connector } from "../../../kit/definition.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import type { OwnField } from "../../../model/survey/own-field.ts";
import type { DefinitionChange } from "../../../registry/change-content.ts";
import type { FieldChoice } from "../../../survey/propose/field-choice.ts";
import type { ShownProposal, ShownSurvey } from "../../../survey/sample/sample-request.ts";
import type { Done, Form, Page } from "../../route.ts";

/** What a page of the editor shows. `path`: its address below `base`. The frame of a step knows the title and the heading of the step. */
export interface EditorContent extends Pick<Page, "content" | "status"> {
  readonly path: string;
  readonly title?: string;
  readonly heading?: string;
}

/** What a person edits: a draft, which is version 0 of its connector, or a live connector. */
export interface Edited {
  /** Address of the pages: `/brouillons/<id>` or `/connecteurs/<id>/definition`. */
  readonly base: string;
  /** The publisher's name, or the draft's. */
  readonly name: string;
  /** Name in the audit trail. */
  readonly subject: string;
  /** A draft saves each change at once. A live connector asks for a reason, and tries the change before a person keeps it. */
  readonly isDraft: boolean;
  /** Revision of the draft, or number of the newest version; 0 without versions. */
  readonly revision: number;
  readonly changedBy: string;
  /** Returns a page in the frame of the draft or the connector. */
  page(content: EditorContent): Page;
}

/** A change to save. `why`: empty for a draft. `back`: the page that a draft shows next, below `base`. */
export interface SavedChange {
  readonly change: DefinitionChange;
  readonly why: string;
  readonly back: string;
  /** Which feed tries the change of a live connector: the last one, that at the new address, or none for a change that affects no aid. */
  readonly trial: "snapshot" | "address" | "none";
}

/** Choices to analyse before they are saved. */
export interface Unsaved {
  readonly field?: { readonly field: OwnField; readonly choice: FieldChoice };
  readonly keepWhen?: Connector["keepWhen"];
}

/** The sample, and what the definition makes of it: see `SampleAnalysis`. */
export interface SampleAnalysis {
  readonly survey: ShownSurvey;
  readonly proposal: ShownProposal;
}

/** A definition that a person edits. */
export interface EditedDefinition extends Edited {
  readonly connector: LoadedConnector;
  /** The ignored fields of the connector's file or of the draft's proposal: see `ignoredAfter`. */
  readonly ignoredInOrder: readonly string[];
  /** Hash of the snapshot that shows what the definition does: the uploaded file, or the last complete feed; null without one. */
  readonly snapshot: string | null;
  /** Returns false for a draft, and before the first applied run: in another state, the first run would not be held for approval. */
  mayLeaveDraft(): Promise<boolean>;
  /** Returns the page, below `base`, that a field's page leads back to. */
  fieldBack(field: OwnField): string;
  /** Returns the definition as it was at a revision, or null if that is not stored. */
  definitionAt(revision: number): Promise<Connector | null>;
  /** Analyses the sample. Returns a page if the sample cannot be read. */
  analyse(unsaved?: Unsaved): Promise<SampleAnalysis | Page>;
  /**
   * Saves a change of the definition, or starts its trial. Returns the problem if the changed definition is invalid, or null if somebody else
   * saved first.
   */
  save(change: SavedChange): Promise<Done | { readonly problem: string } | null>;
}

/** Returns true if somebody else has saved since the form was shown. */
export function isOutdated({ revision, isDraft }: Edited, form: Pick<Form, "has" | "text">): boolean {
  if (isDraft && !form.has("version")) return false;
  return form.text("version") !== String(revision);
}

/** Returns the page, below `base`, that leads to all parts of a definition: the last step of a draft, or the definition itself. */
export function editedBack({ isDraft }: Edited): string {
  return isDraft ? "/essai" : "";
}
