import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import Papa from "papaparse";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LiveAid } from "../../../src/catalogue/published/live-aids.ts";
import type { LoadedConnector } from "../../../src/kit/loaded-connector.ts";
import { type DispositifAideRow, dispositifAideColumns } from "../../../src/publish/exports/dispositif-aide-schema.ts";
import { validateDispositifAide } from "../../../src/publish/exports/validate-dispositif-aide.ts";
import { writeOpenData } from "../../../src/publish/open-data/make-open-data.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { inMemory } from "../../support/dump-in-memory.ts";
import { importLiveAids } from "../../support/live-aids.ts";
import { hasSharedData, sharedData, whySkipped } from "../../support/shared-data.ts";
import { workbookFaults } from "../../support/workbook-faults.ts";

const connector = "transition-ecologique-entreprises";
const other = "region-ile-de-france";
const uuid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;

async function connectors(): Promise<readonly LoadedConnector[]> {
  return (await readConnectors(["."])).connectors;
}

/** Returns every file of a dump of the catalogue, with its metadata. */
async function dumped(catalogue: TestCatalogue) {
  const { keep, files } = inMemory();
  const made = await writeOpenData({ catalogue, connectors: await connectors() }, keep);
  const text = (name: string) => files.get(name)?.toString() ?? "";
  return { ...made, kept: files, text, rows: rowsOf(text("aides.csv")), records: recordsOf(text("aides.jsonl")) };
}

async function pagesOf(catalogue: TestCatalogue): Promise<LiveAid[][]> {
  const pages: LiveAid[][] = [];
  for await (const page of catalogue.openData.liveAids()) pages.push(page);
  return pages;
}

function rowsOf(csv: string): DispositifAideRow[] {
  return Papa.parse<DispositifAideRow>(csv, { header: true, skipEmptyLines: true }).data;
}

function recordsOf(lines: string): Record<string, unknown>[] {
  expect(lines === "" || lines.endsWith("\n")).toBe(true);
  return lines
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function sheetOf(workbook: Buffer | undefined): Promise<unknown[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(workbook as unknown as ArrayBuffer);
  expect(await workbookFaults(workbook ?? Buffer.of())).toEqual([]);
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the files of open data, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    it("contain exactly the live aids under an open licence", async () => {
      await importLiveAids(catalogue, connector, [
        { externalId: uuid("a"), name: "Aide ouverte", importShareLicence: "odbl" },
        { externalId: "1", name: "Aide sans code INSEE", perimeters: [{ scale: "continent", code: "EU", name: "Europe" }] },
        { externalId: "2", name: "Aide hors licence", importShareLicence: "agreement" },
        { externalId: "3", name: "Aide inconnue", importShareLicence: "unknown" },
        { externalId: "4", name: "Aide à relire", status: "reviewable" },
        { externalId: "5", name: "Aide en brouillon", status: "draft" },
        { externalId: "6", name: "Aide rejetée", status: "deleted" },
        { externalId: "7", name: "Aide fusionnée", status: "merged" },
        { externalId: "8", name: "Aide retirée", withdrawnAt: "2026-01-02" },
      ]);
      const { rows, records, text, kept, facts } = await dumped(catalogue);
      expect(rows.map(({ titre }) => titre)).toEqual(["Aide ouverte"]);
      expect(records.map(({ name }) => name).sort()).toEqual(["Aide ouverte", "Aide sans code INSEE"]);
      const sheet = await sheetOf(kept.get("aides.xlsx"));
      expect(
        sheet
          .slice(1)
          .map(([, title]) => title)
          .sort(),
      ).toEqual(["Aide ouverte", "Aide sans code INSEE"]);
      expect(facts).toMatchObject({ aids: 2, inNationalSchema: 1, leftOut: { licence: 2, "perimeter-without-insee-code": 1 } });
      expect(text("left-out.csv")).toContain('"tous","licence","Ni licence ouverte, ni base légale confirmée","2"\n');
      for (const [name, bytes] of kept)
        expect(`${name} ${bytes.toString("latin1")}`).not.toMatch(/hors licence|inconnue[^"]|relire|brouillon|fusionn|retir/);
    });

    it("contain no names, addresses or numbers of persons, whatever the connector's contact setting", async () => {
      const person = "Mme Claire Dupont, 06 12 34 56 78, claire.dupont@exemple.fr";
      await importLiveAids(catalogue, connector, [
        {
          externalId: uuid("a"),
          name: "Aide de Mme Claire Dupont",
          nameInitial: "Voir M. Jean Durand",
          description: `<p>Le toit.</p><p>${person}</p><p>Écrire à accueil@exemple.fr</p>`,
          eligibility: `<p>Communes.</p><ul><li>${person}</li></ul>`,
          projectExamples: `<p>${person}</p>`,
          contact: `<p>Service habitat : habitat@exemple.fr</p><p>${person}</p>`,
          contactEmail: "claire.dupont@exemple.fr",
          contactPhone: "06 12 34 56 78",
          contactDetail: "Mme Claire Dupont",
          originUrl: "https://exemple.fr/?de=claire.dupont%40exemple.fr",
          subventionComment: "Voir avec Mme Claire Dupont",
          financers: [
            { name: "Région Exemple", siren: null },
            { name: "Mme Claire Dupont", siren: null },
          ],
          programs: ["Programme de claire.dupont@exemple.fr"],
          importDataMention: "Données de M. Jean Durand",
          originUrlText: "Écrire à Mme Claire Dupont",
          keywords: ["Mme Claire Dupont"],
          financerSuggestion: "Mme Claire Dupont",
          outOfScope: "Vu avec Mme Claire Dupont",
        },
      ]);
      const { text, kept, records } = await dumped(catalogue);
      const sheet = JSON.stringify(await sheetOf(kept.get("aides.xlsx")));
      for (const written of [sheet, ...["aides.csv", "aides.jsonl", "sources.csv", "left-out.csv"].map(text)]) {
        expect(written).not.toMatch(/dupont|durand|06 12/i);
      }
      expect(records).toHaveLength(1);
      expect(text("aides.csv")).toContain("accueil\\@exemple.fr");
      expect(text("aides.jsonl")).toContain("habitat@exemple.fr");
      expect(sheet).toContain("Le toit.");
    });

    it("rows and records are sorted by identifier, each identifier once", async () => {
      await importLiveAids(catalogue, connector, [
        { externalId: uuid("c") },
        { externalId: uuid("A").toUpperCase() },
        { externalId: "17" },
      ]);
      await importLiveAids(catalogue, other, [{ externalId: uuid("a") }, { externalId: uuid("b") }]);
      const { rows, records, facts } = await dumped(catalogue);
      const keys = rows.map(({ id }) => id.toLowerCase());
      expect(keys).toEqual([...keys].sort());
      expect(new Set(keys).size).toBe(4);
      expect(facts.leftOut).toEqual({ "duplicate-id": 1 });
      expect(records.map(({ aid_id: id }) => id)).toHaveLength(5);
      expect(new Set(records.map(({ id }) => id)).size).toBe(5);
      expect(records.every(({ id }) => Number.isInteger(id))).toBe(true);
    });

    it("each record equals the API's for reusers", async () => {
      await importLiveAids(catalogue, connector, [
        { externalId: uuid("a"), contact: "<p>Mme Claire Dupont<br>habitat@exemple.fr</p>" },
        { externalId: "17", name: "Aide de Mme Claire Dupont" },
      ]);
      const { records } = await dumped(catalogue);
      const api = await testApi(catalogue, { connectors: await connectors() });
      expect(records).toHaveLength(2);
      for (const record of records)
        expect((await api.get(`/api/aids/by-id/${record.id}/`)).json).toEqual({ ...record, is_live: expect.any(Boolean) });
    });

    it("pages rendered by a thread equal those rendered one by one, in the same order", async () => {
      const many = Array.from({ length: 620 }, (_, index) => ({
        externalId: `${index}`,
        name: `Aide ${index}`,
        contact: "<p>Mme Claire Dupont, accueil@exemple.fr</p>",
      }));
      await importLiveAids(catalogue, connector, many);
      const { rows, records, text, kept } = await dumped(catalogue);
      const names = (await pagesOf(catalogue)).flat().map(({ aid }) => aid.name);
      expect(names).toHaveLength(620);
      expect(rows.map(({ titre }) => titre)).toEqual(names);
      expect(records.map(({ name }) => name)).toEqual(names);
      expect((await sheetOf(kept.get("aides.xlsx"))).slice(1).map(([, title]) => title)).toEqual(names);
      expect(text("aides.jsonl")).not.toContain("Dupont");
    });

    it("the workbook contains no formula, and long texts are cut at Excel's limit", async () => {
      await importLiveAids(catalogue, connector, [
        { externalId: uuid("a"), name: '=HYPERLINK("https://exemple.fr")', description: `<p>+33</p><p>${"long ".repeat(8000)}</p>` },
      ]);
      const { kept } = await dumped(catalogue);
      const [headings = [], row = []] = await sheetOf(kept.get("aides.xlsx"));
      expect(row[headings.indexOf("Titre")]).toBe(`'=HYPERLINK("https://exemple.fr")`);
      expect(String(row[headings.indexOf("Description")])).toMatch(/^'\+33/);
      expect(String(row[headings.indexOf("Description")])).toHaveLength(32_767);
    });

    it("the workbook says « Permanente » only where somebody does", async () => {
      await importLiveAids(catalogue, connector, [{ externalId: uuid("a"), recurrence: "ongoing", submissionDeadline: null }]);
      const { kept } = await dumped(catalogue);
      const [headings = [], row = []] = await sheetOf(kept.get("aides.xlsx"));
      expect(row[headings.indexOf("Récurrence")]).toBe("Sans date limite annoncée");
    });

    it("sources have publisher, licence, number of aids, last update and attribution", async () => {
      await importLiveAids(catalogue, connector, [
        { externalId: uuid("a"), sourceUpdatedDate: "2025-10-06", importDataMention: "Source : exemple" },
        { externalId: uuid("b"), sourceUpdatedDate: "2026-01-02", importDataMention: "Source : exemple" },
      ]);
      const { text, facts } = await dumped(catalogue);
      const publisher = (await connectors()).find(({ definition }) => definition.id === connector)?.definition.publisher.name;
      const [source] = Papa.parse<Record<string, string>>(text("sources.csv"), { header: true, skipEmptyLines: true }).data;
      expect(source).toEqual({
        producteur: publisher,
        licence: "Licence ouverte 2.0",
        adresse_licence: "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        aides: "2",
        aides_schema_national: "2",
        derniere_mise_a_jour: "2026-01-02",
        mention: "Source : exemple",
        base_legale: "",
        adresse_base_legale: "",
        base_legale_confirmee_le: "",
      });
      expect([facts.updatedFrom, facts.updatedTo]).toEqual(["2025-10-06", "2026-01-02"]);
    });

    it("aids that a confirmed legal basis lets out are in files of their own", async () => {
      await importLiveAids(catalogue, connector, [
        { externalId: uuid("a"), name: "Sous licence" },
        { externalId: uuid("b"), name: "Sur base légale", importShareLicence: "unknown" },
        { externalId: uuid("c"), name: "Accord", importShareLicence: "agreement" },
      ]);
      const given = { connector, basis: "crpa" as const, page: "https://exemple.fr/mentions", seen: "2026-11-01", answers: {}, note: null };
      await catalogue.reuseBases.confirm(given, "Marie", new Date("2026-11-25T03:00:00Z"));
      const { text, rows, records, facts } = await dumped(catalogue);
      expect(rows.map(({ titre }) => titre)).toEqual(["Sous licence"]);
      expect(records.map(({ name }) => name)).toEqual(["Sous licence"]);
      expect(rowsOf(text("aides-base-legale.csv")).map(({ titre }) => titre)).toEqual(["Sur base légale"]);
      expect(recordsOf(text("aides-base-legale.jsonl"))).toMatchObject([
        { name: "Sur base légale", reuse_basis: { basis: "crpa", page: "https://exemple.fr/mentions", confirmed: "2026-11-25" } },
      ]);
      expect(facts).toMatchObject({ aids: 1, inNationalSchema: 1, onBasis: { aids: 1, inNationalSchema: 1 }, leftOut: { licence: 1 } });
      const sources = Papa.parse<Record<string, string>>(text("sources.csv"), { header: true, skipEmptyLines: true }).data;
      expect(sources.map(({ licence, base_legale }) => [licence, base_legale])).toEqual([
        ["Licence ouverte 2.0", ""],
        ["Inconnue", "crpa"],
      ]);
      expect(text("SHA256SUMS")).toContain("aides-base-legale.csv");
    });

    it("SHA256SUMS matches every other file, and an empty catalogue gives complete files", async () => {
      const { kept, text, rows, records } = await dumped(catalogue);
      const sums = text("SHA256SUMS").trimEnd().split("\n");
      expect(sums).toHaveLength(kept.size - 1);
      for (const sum of sums) {
        const [sha256 = "", name = ""] = sum.split("  ");
        expect(
          createHash("sha256")
            .update(kept.get(name) ?? "")
            .digest("hex"),
        ).toBe(sha256);
      }
      expect([rows, records, (await sheetOf(kept.get("aides.xlsx"))).length]).toEqual([[], [], 1]);
    });

    it.skipIf(!hasSharedData)(`aides.csv is valid against the published schema, column by column${whySkipped}`, async () => {
      await importLiveAids(catalogue, connector, [{ externalId: uuid("a") }, { externalId: "17", startDate: null, name: "=1+1" }]);
      const { rows, text } = await dumped(catalogue);
      const file = join(sharedData, "schemas/schema-dispositif-aide/schema__core__schema-core.json");
      const schema = JSON.parse(readFileSync(file, "utf8")) as { fields: { name: string; constraints?: Constraints }[] };
      expect(Object.keys(rows[0] ?? {})).toEqual(schema.fields.map(({ name }) => name));
      expect(text("aides.csv").split("\n")[0]).toBe(dispositifAideColumns.map(({ name }) => `"${name}"`).join(","));
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        expect(validateDispositifAide(row)).toBeUndefined();
        for (const { name, constraints = {} } of schema.fields)
          expect(broken(row[name as keyof DispositifAideRow], constraints)).toEqual([]);
      }
    });
  });
}

interface Constraints {
  readonly required?: boolean;
  readonly pattern?: string;
  readonly maxLength?: number;
}

function broken(value: string, { required, pattern, maxLength }: Constraints): string[] {
  if (value === "") return required ? ["required"] : [];
  return [
    ...(pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value) ? [`pattern ${pattern}`] : []),
    ...(maxLength !== undefined && [...value].length > maxLength ? ["maxLength"] : []),
  ];
}
