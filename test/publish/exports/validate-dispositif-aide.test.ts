import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import {
  type ColumnRule,
  type DispositifAideColumn,
  type DispositifAideRow,
  dispositifAideColumns,
} from "../../../src/publish/exports/dispositif-aide-schema.ts";
import { validateDispositifAide } from "../../../src/publish/exports/validate-dispositif-aide.ts";

const sharedFiles = join(process.env.MOISSON_SHARED ?? "../shared", "data");
const schemaFolder = join(sharedFiles, "schemas/schema-dispositif-aide");
const teeFile = join(sharedFiles, "aids/tee_data_gouv_export_2025-10.csv");

const validRow: DispositifAideRow = {
  id: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
  titre: "Rénover un gymnase",
  promesse: "",
  description: "Le toit.",
  eligibilite: "Les communes.",
  types_aides: "financement",
  porteurs: '[{"nom":"Région","siren":null,"roles":["financeur"]}]',
  programmes_parents: "",
  url_source: "https://exemple.fr/%C3%A9?a=b#c",
  cibles: "professionnels|secteur public",
  eligibilite_geographique: "REG-53|COM-29019",
  eligibilite_geographique_exclusions: "",
  date_ouverture: "",
  date_cloture: "2024-01-14T23:00:00.000Z",
  date_mise_a_jour: "2025-10-05T22:00:00Z",
};

function rowsOf(file: string): DispositifAideRow[] {
  return Papa.parse<DispositifAideRow>(readFileSync(file, "utf8"), { header: true, skipEmptyLines: true }).data;
}

describe("validateDispositifAide", () => {
  it("accepts a valid row", () => expect(validateDispositifAide(validRow)).toBeUndefined());

  it.each<[DispositifAideColumn, string, string]>([
    ["id", "", "required"],
    ["id", "17", "format"],
    ["titre", "  ", "required"],
    ["promesse", "x".repeat(181), "maxLength"],
    ["description", "é".repeat(5001), "maxLength"],
    ["types_aides", "", "required"],
    ["porteurs", "", "required"],
    ["url_source", "exemple.fr", "format"],
    ["url_source", "https://exemple.fr/é", "format"],
    ["url_source", "https://exemple.fr/a b", "format"],
    ["url_source", "ftp://exemple.fr/", "pattern"],
    ["url_source", "javascript:alert(1)", "pattern"],
    ["cibles", "professionnels|chercheurs", "pattern"],
    ["cibles", "professionnels|", "pattern"],
    ["eligibilite_geographique", "DEP-2A", "pattern"],
    ["eligibilite_geographique", "REG-53 | REG-28", "pattern"],
    ["eligibilite_geographique_exclusions", "Bretagne", "pattern"],
    ["date_ouverture", "2024-01-15", "type"],
    ["date_cloture", "15/01/2024", "type"],
    ["date_mise_a_jour", "2024-13-45T00:00:00Z", "type"],
    ["date_mise_a_jour", "", "required"],
  ])("%s %j breaks %s", (column, value, rule) => {
    expect(validateDispositifAide({ ...validRow, [column]: value })).toEqual({ column, rule });
  });

  it("counts 5,000 characters, not UTF-16 units", () => {
    expect(validateDispositifAide({ ...validRow, description: "🚲".repeat(5000) })).toBeUndefined();
    expect(validateDispositifAide({ ...validRow, description: "🚲".repeat(5001) })?.rule).toBe("maxLength");
  });
});

describe.skipIf(!existsSync(schemaFolder))("against the published schema (skipped where MOISSON_SHARED is absent)", () => {
  it("matches the schema's columns, order and constraints", () => {
    const schema = JSON.parse(readFileSync(join(schemaFolder, "dispositif-aide__schema.json"), "utf8"));
    const published = schema.fields.map(
      (field: { name: string; type: string; format?: string; pattern?: string; constraints?: object }) => ({
        name: field.name,
        type: field.type,
        ...(field.format && { format: field.format }),
        // url_source has its pattern outside of its constraints.
        ...(field.pattern && { pattern: field.pattern }),
        ...field.constraints,
      }),
    );
    const ours = dispositifAideColumns.map(({ field: _, ...column }: ColumnRule) =>
      column.pattern !== undefined ? { ...column, pattern: column.pattern.source.replaceAll("\\/", "/") } : column,
    );
    expect(ours).toEqual(published);
    expect(schema.version).toBe("v0.2.0");
  });

  it("accepts the published example and the real aids, except one whose description is over the limit in its feed", () => {
    const rows = [...rowsOf(join(schemaFolder, "dispositif-aide__exemple.csv")), ...rowsOf(teeFile)];
    expect(rows).toHaveLength(191);
    const faults = rows.flatMap((row) => validateDispositifAide(row) ?? []);
    expect(faults).toEqual([{ column: "description", rule: "maxLength" }]);
  });
});
