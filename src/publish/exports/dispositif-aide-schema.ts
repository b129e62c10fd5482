import type { FieldOfKind } from "../../model/aid/field-table.ts";

/** Constraints of the national schema on one column. */
export interface ColumnRule {
  readonly name: string;
  readonly type: "string" | "datetime";
  readonly required?: true;
  readonly unique?: true;
  readonly format?: "uuid" | "uri";
  readonly pattern?: RegExp;
  /** In characters (code points). */
  readonly maxLength?: number;
  /** The field that the column contains; absent if the column is made of several, or none. */
  readonly field?: FieldOfKind<"title" | "html" | "link" | "date">;
}

const targets = "(professionnels|particuliers|associations|secteur public)";
/** Codes without letters: Corsican departments and communes cannot be written. */
const inseeCodes = /^[A-Z]+-\d+(\|[A-Z]+-\d+)*$/;

/**
 * The fifteen columns of `schema-dispositif-aide` v0.2.0 (core), https://github.com/etalab/schema-dispositif-aide, in its order, with its
 * constraints. A test compares them with the published schema.
 */
export const dispositifAideColumns = [
  { name: "id", type: "string", format: "uuid", required: true, unique: true },
  { name: "titre", field: "name", type: "string", required: true },
  { name: "promesse", type: "string", maxLength: 180 },
  { name: "description", field: "description", type: "string", required: true, maxLength: 5000 },
  { name: "eligibilite", field: "eligibility", type: "string", required: true },
  { name: "types_aides", type: "string", required: true },
  { name: "porteurs", type: "string", required: true },
  { name: "programmes_parents", type: "string" },
  { name: "url_source", field: "originUrl", type: "string", format: "uri", pattern: /^(https?:\/\/).+/ },
  { name: "cibles", type: "string", required: true, pattern: new RegExp(`^${targets}(\\|${targets})*$`) },
  { name: "eligibilite_geographique", type: "string", required: true, pattern: inseeCodes },
  { name: "eligibilite_geographique_exclusions", type: "string", pattern: inseeCodes },
  { name: "date_ouverture", field: "startDate", type: "datetime" },
  { name: "date_cloture", field: "submissionDeadline", type: "datetime" },
  { name: "date_mise_a_jour", field: "sourceUpdatedDate", type: "datetime", required: true },
] as const satisfies readonly ColumnRule[];

/** Name of a column. */
export type DispositifAideColumn = (typeof dispositifAideColumns)[number]["name"];

/** Name of a column that contains one field. */
export type FieldColumn = Extract<(typeof dispositifAideColumns)[number], { readonly field: string }>["name"];

/** One row of the file: every column, possibly empty. */
export type DispositifAideRow = Readonly<Record<DispositifAideColumn, string>>;
