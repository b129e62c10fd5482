import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FeedPart } from "../../../src/ingest/decode/decoded.ts";
import { type DecodedFeed, type DecodeInput, decodeBytes, decodeParts, issuesOf, valuesOf } from "../../support/decode-bytes.ts";
import { hasSharedData, sharedData, sharedFiles, whySkipped } from "../../support/shared-data.ts";

/** Decodes a real file from `shared/data`. */
function decodeReal(file: string, decode: DecodeInput): Promise<DecodedFeed> {
  const path = file.startsWith("/") ? file : join(sharedData, file);
  const part: FeedPart = { name: basename(path), contentType: null, bytes: statSync(path).size, path, open: () => createReadStream(path) };
  return decodeParts([part], decode);
}

/** Non-blank rows without header, as Python's csv module counts them with the given delimiter. */
const rowsByFile = {
  "aids/aap_export.csv": 200,
  "aids/aides_v1.csv": 2088,
  "aids/aides_v3.csv": 2822,
  "aids/culture_unmatched_scraped.csv": 233,
  "aids/first_ademe_mt.csv": 149,
  "aids/schema_dispositif_exemple_complet.csv": 1,
  "aids/tee_data_gouv_export_2025-10.csv": 190,
  "template/aid_import_template.csv": 1,
  "subsidies/bom.csv": 1,
  "subsidies/cd49_conventions.csv": 75,
  "subsidies/cd85_201901.csv": 6,
  "subsidies/cd85_201904.csv": 4,
  "subsidies/cd85_201905.csv": 1,
  "subsidies/cd85_201906.csv": 35,
  "subsidies/cd85_201907.csv": 8,
  "subsidies/dgcl_dotations_2024.csv": 22114,
  "subsidies/fonds_vert_2023_at_excel_export.csv": 10782,
  "subsidies/fonds_vert_2023_source.csv": 10782,
  "subsidies/fundingproviders-grants_2_grants_cp1252.csv": 2,
  "subsidies/pdl_agregees_native_encoding.csv": 18719,
  "subsidies/scdl_exemple-duplicate-column.csv": 29,
  "subsidies/scdl_exemple_invalide_erreurs_cellules.csv": 29,
  "subsidies/scdl_exemple_invalide_erreurs_colonnes.csv": 29,
  "subsidies/scdl_exemple_valide.csv": 29,
  "subsidies/api-subventions/SCDL.csv": 4,
  "subsidies/api-subventions/SCDL_SECOND_IMPORT.csv": 9,
  "subsidies/api-subventions/SCDL_ONE_MISSING_MANDATORY.csv": 4,
  "subsidies/api-subventions/le-compte-asso-export-tests.csv": 1,
  "subsidies/api-subventions/test-csv-invalid.csv": 38,
  "subsidies/api-subventions/test-csv-valid.csv": 38,
  "robustness/messytables-horror/begrotingsanalyse-2011.csv": 41,
  "robustness/messytables-horror/characters.csv": 382,
  "robustness/messytables-horror/complex.csv": 3,
  "robustness/messytables-horror/example.tsv": 140,
  "robustness/messytables-horror/excel_pasting.csv": 18,
  "robustness/messytables-horror/long.csv": 3999,
  "robustness/messytables-horror/mixedGLB.csv": 135,
  "robustness/messytables-horror/null.csv": 9,
  "robustness/messytables-horror/simple.csv": 6,
  "robustness/messytables-horror/simple.psv": 28,
  "robustness/messytables-horror/simple.ssv": 6,
  "robustness/messytables-horror/simple.zip": 6,
  "robustness/messytables-horror/skip_initials.csv": 2,
  "robustness/messytables-horror/small.csv": 0,
  "robustness/messytables-horror/spanish_chars.csv": 115,
  "robustness/messytables-horror/sparse_with_column_errors.csv": 2200,
  "robustness/messytables-horror/utf-16le_encoded.csv": 327,
  "robustness/messytables-horror/utf8bom.csv": 0,
  "robustness/messytables-horror/weird_head_padding.csv": 83,
  "robustness/frictionless-data/accent.csv": 2,
  "robustness/frictionless-data/blank-cells.csv": 5,
  "robustness/frictionless-data/blank-rows-multiple.csv": 2,
  "robustness/frictionless-data/capital-invalid.csv": 10,
  "robustness/frictionless-data/doublequote.csv": 5,
  "robustness/frictionless-data/empty.csv": 0,
  "robustness/frictionless-data/encoding-issue-274.csv": 507,
  "robustness/frictionless-data/invalid.csv": 3,
  "robustness/frictionless-data/issue-1004-data1.csv": 5,
  "robustness/frictionless-data/issue-1066-smallcellsizewithdeviation.csv": 12,
  "robustness/frictionless-data/issue-1341.csv": 99,
  "robustness/frictionless-data/issue-493.csv": 9,
  "robustness/frictionless-data/latin1.csv": 2,
  "robustness/frictionless-data/skip-rows.csv": 4,
  "robustness/frictionless-data/table-with-accents.csv": 638,
  "robustness/frictionless-data/table.csv": 9,
  "robustness/frictionless-data/without-headers-extra.csv": 2,
};

describe.skipIf(!hasSharedData)(`real CSV files${whySkipped}`, () => {
  it.each(Object.entries(rowsByFile))("%s: numbers of records and broken records are %i", async (file, rows) => {
    const decoded = await decodeReal(file, { format: "csv" });
    expect(decoded.error).toBeNull();
    expect(decoded.records.length + decoded.broken.length).toBe(rows);
  });

  it("every other CSV of the corpora is read to the end", async () => {
    for (const path of sharedFiles("robustness/frictionless-data", ".csv"))
      expect((await decodeReal(path, { format: "csv" })).error, path).toBeNull();
  });

  it("csv-spectrum: the values that its authors expect", async () => {
    const paths = sharedFiles("robustness/csv-spectrum/csvs", ".csv");
    expect(paths).toHaveLength(12);
    for (const path of paths) {
      const expected = JSON.parse(readFileSync(path.replace("/csvs/", "/json/").replace(/csv$/, "json"), "utf8"));
      const values = valuesOf(await decodeReal(path, { format: "csv" }));
      // Its authors expect one object, with a telephone number that is not in the file.
      if (path.endsWith("location_coordinates.csv")) expect(values).toEqual([{ ...expected, "Contact Phone Number": "2095257564" }]);
      else expect(values, path).toEqual(expected);
    }
  });

  it("Pays de la Loire: 108 rows with invalid bytes, one issue each; the other accents are right", async () => {
    const decoded = await decodeReal("subsidies/pdl_agregees_native_encoding.csv", { format: "csv" });
    expect(decoded.issues.filter((issue) => issue.code === "wrong-encoding")).toHaveLength(108);
    expect(decoded.records[0]?.values.nomAttribuant).toBe("Département de Loire-Atlantique");
  });

  it("Vendée: amounts with an unquoted decimal comma are broken rows, not shifted columns", async () => {
    const decoded = await decodeReal("subsidies/cd85_201905.csv", { format: "csv" });
    expect(issuesOf(decoded)).toEqual(["too-many-cells row 2"]);
  });
});

describe.skipIf(!hasSharedData)(`JSONTestSuite${whySkipped}`, () => {
  const folder = join(sharedData, "robustness/JSONTestSuite/test_parsing");
  const names = hasSharedData ? readdirSync(folder) : [];

  it.each(names)("%s", async (name) => {
    for (const chunk of [1, 65_536]) {
      if (chunk === 1 && statSync(join(folder, name)).size > 10_000) continue;
      const decoded = await decodeBytes(readFileSync(join(folder, name)), { format: "json" }, { chunk });
      const isRead = decoded.error === null && decoded.broken.length === 0;
      if (name.startsWith("y_")) expect(isRead).toBe(true);
      if (name.startsWith("n_")) expect(isRead).toBe(false);
    }
  });
});

describe.skipIf(!hasSharedData)(`real JSON files${whySkipped}`, () => {
  const files: [string, string, number, number][] = [
    ["eu/eu_ft_portal_grants_2026-08-14.json", "grants", 723, 0],
    ["aids/AT_aides_full_2021-11.json", "", 473, 0],
    ["aids/iledefrance_raw.json", "", 100, 0],
    ["aids/tee_programs_large.json", "", 260, 0],
    ["publishers/ademe_agir_data.json", "ListeDispositifs", 5, 0],
    ["publishers/departement_drome_data.json", "results", 3, 0],
    ["publishers/departement_manche_data.json", "aides", 10, 0],
    ["publishers/ministere_de_la_culture_data.json", "results", 3, 0],
    ["publishers/welcom_europe_data.json", "", 2, 0],
    ["subsidies/fundingproviders-grants_malformed.json", "grants", 3, 1],
  ];
  it.each(files)("%s", async (file, path, records, broken) => {
    const decoded = await decodeReal(file, { format: "json", recordPath: path === "results" ? [path, ""] : path });
    expect(decoded.error).toBeNull();
    expect([decoded.records.length, decoded.broken.length]).toEqual([records, broken]);
  });
});

describe.skipIf(!hasSharedData)(`real XML files${whySkipped}`, () => {
  const activities: [string, number][] = [
    ["2.01-example-annotated.xml", 1],
    ["IATIfromGF.xml", 7],
    ["complex_example_dfid.xml", 57],
    ["many_activities.xml", 2],
    ["single_activity.xml", 1],
  ];
  it.each(activities)("IATI %s", async (name, count) => {
    const decoded = await decodeReal(`xml/${name}`, { format: "xml", recordPath: "/iati-activities/iati-activity" });
    expect(decoded.error).toBeNull();
    expect(decoded.records).toHaveLength(count);
    for (const record of decoded.records) expect(Object.keys(record.values), record.locator).toContain("@default-currency");
  });

  it("defusedxml's attacks are refused", async () => {
    const attacks = ["cyclic", "dtd_element", "external", "external_file", "quadratic", "xmlbomb", "xmlbomb2"];
    for (const name of attacks) {
      const decoded = await decodeReal(`robustness/defusedxml-attacks/${name}.xml`, { format: "xml", recordPath: "/root" });
      expect(decoded.error?.code, name).toBe("forbidden-xml");
      expect(decoded.records).toEqual([]);
    }
    expect((await decodeReal("robustness/defusedxml-attacks/dtd.xml", { format: "xml", recordPath: "/html" })).error?.code).toBe(
      "html-page",
    );
  });
});

describe.skipIf(!hasSharedData)(`files without a decoder${whySkipped}`, () => {
  it.each([".xls", ".ods", ".xlsx", ".html"])("%s is refused with its type", async (ending) => {
    const paths = sharedFiles("robustness/messytables-horror", ending);
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths)
      expect((await decodeReal(path, { format: "csv" })).error?.code, path).toMatch(/^(?:unsupported-file|html-page)$/);
  });
});
